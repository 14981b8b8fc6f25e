import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupOf } from '../../src/Tokenfall.Server/wwwroot/conversations/groups.js';

const now = new Date(2026, 2, 30, 9, 30); // the day after clocks change in Europe
const at = (month, day, hour = 12, year = 2026) => groupOf(new Date(year, month - 1, day, hour), now);

test('conversations are grouped by the calendar, not by hours', () => {
  assert.deepEqual([at(3, 30, 0), at(3, 29, 23), at(3, 29, 0), at(3, 28, 23)], ['Today', 'Yesterday', 'Yesterday', 'Previous 7 days']);
  assert.deepEqual([at(3, 23), at(3, 22), at(2, 28), at(2, 27)], ['Previous 7 days', 'Previous 30 days', 'Previous 30 days', 'February']);
  assert.deepEqual([at(1, 1), at(12, 31, 12, 2025)], ['January', 'December 2025']);
});

test('a conversation of the future, as a clock that is wrong may say, is of today', () => assert.equal(at(3, 31), 'Today'));
