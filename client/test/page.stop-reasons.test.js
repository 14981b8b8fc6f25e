import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteOf } from '../../src/Tokenfall.Server/wwwroot/chat/stop-reasons.js';

test('a whole answer needs no words', () => {
  for (const reason of ['end_turn', 'stop_sequence', undefined, null]) assert.equal(noteOf(reason), undefined);
});

test('every reason that cuts an answer short has words of its own', () => {
  const reasons = ['stopped', 'abandoned', 'max_tokens', 'model_context_window_exceeded', 'refusal', 'pause_turn', 'tool_use', 'unknown'];

  const words = reasons.map(noteOf);

  assert.equal(new Set(words).size, reasons.length);
  for (const [i, text] of words.entries()) assert.ok(text && !text.includes('_') && !text.includes('ended early ('), reasons[i]);
});

test('a reason that is not known is named', () => {
  assert.match(noteOf('compaction_needed'), /compaction needed/);
});

test('a reason that is a name of every object is one that is not known', () => {
  assert.match(noteOf('constructor'), /\(constructor\)/);
});
