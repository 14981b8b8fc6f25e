import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createBackoff } from '../src/backoff.js';

test('a wait that the server asked for is ended by nothing but the end', async () => {
  const backoff = createBackoff();
  let over = false;
  const waiting = backoff.attempts({ count: 1 }).wait({ retryAfter: 60 }).then(() => (over = true));
  backoff.endWaits();
  await setImmediate();
  assert.equal(over, false);
  assert.equal(backoff.isHeld(), true);
  backoff.endWaits(true);
  await waiting;
  assert.equal(backoff.isHeld(), false);
});
