import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../src/ask.js';
import { createPipe } from '../support/pipe.js';
import { run, wire } from '../support/wire.js';

/** Reads an answer that consists of these events, and returns it with a log of its callbacks. */
async function read(events) {
  const pipe = createPipe();
  const log = [];
  const callbacks = ['onText', 'onThinking', 'onTool', 'onSource', 'onFile', 'onData'].map((name) => [
    name, (value, _, ...part) => log.push([name, value, ...part]),
  ]);
  const answer = ask('/ask', {}, { fetch: pipe.fetch, ...Object.fromEntries(callbacks) });
  pipe.write(wire(events, { first: 1 }));
  await answer.finished;
  return { answer, log };
}

const done = ['done', {}];

test('text is joined over parts, and callbacks learn the part', async () => {
  const { answer, log } = await read([
    ['thinking', { text: 'Hm' }], ['delta', { text: 'One.' }], ['thinking', { text: '?', part: 2 }], ['delta', { text: 'Two.', part: 2 }], ['done', { chars: 8 }],
  ]);
  assert.deepEqual([answer.state, answer.text, answer.thinking], ['done', 'One.Two.', 'Hm?']);
  assert.deepEqual(log, [['onThinking', 'Hm', 1], ['onText', 'One.', 1], ['onThinking', '?', 2], ['onText', 'Two.', 2]]);
});

test('tool events arrive in order, with their fields in camelCase and their input as it is', async () => {
  const { log } = await read([
    ['tool_input', { id: 't1', name: 'weather', text: '' }],
    ['tool_input', { id: 't1', text: '{"city_name":' }],
    ['tool_input', { id: 't1', text: '"Bern"}' }],
    ['tool_call', { id: 't1', name: 'weather', input: { city_name: 'Bern' }, provider_executed: true }],
    ['tool_result', { id: 't1', output: 'rain', error: true }],
    ['tool_call', { id: 't2', name: 'weather', input: '{"ci', incomplete: true, part: 2 }],
    done,
  ]);
  assert.deepEqual(log.map(([, tool]) => tool), [
    { type: 'tool_input', data: { id: 't1', name: 'weather', text: '' } },
    { type: 'tool_input', data: { id: 't1', text: '{"city_name":' } },
    { type: 'tool_input', data: { id: 't1', text: '"Bern"}' } },
    { type: 'tool_call', data: { id: 't1', name: 'weather', input: { city_name: 'Bern' }, providerExecuted: true } },
    { type: 'tool_result', data: { id: 't1', output: 'rain', error: true } },
    { type: 'tool_call', data: { id: 't2', name: 'weather', input: '{"ci', incomplete: true, part: 2 } },
  ]);
});

test('sources, files and data have callbacks of their own', async () => {
  const { log } = await read([
    ['source', { type: 'url', url: 'https://example.com', title: 'Example', cited_text: 'Water falls.', start: 0, end: 12 }],
    ['source', { type: 'document', document: 'notes.pdf', part: 2 }],
    ['file', { media_type: 'image/png', data: 'iVBO', name: 'fall.png' }],
    ['data', { name: 'unknown_content', value: { type: 'hologram_block' } }],
    done,
  ]);
  assert.deepEqual(log, [
    ['onSource', { type: 'url', url: 'https://example.com', title: 'Example', citedText: 'Water falls.', start: 0, end: 12 }, undefined],
    ['onSource', { type: 'document', document: 'notes.pdf', part: 2 }, undefined],
    ['onFile', { mediaType: 'image/png', data: 'iVBO', name: 'fall.png' }, undefined],
    ['onData', { name: 'unknown_content', value: { type: 'hologram_block' } }, undefined],
  ]);
});

test('events of every kind leave the text readable for an application that handles none of them', async () => {
  const { answer } = await read([
    ['tool_input', { text: '{' }], ['source', { type: 'url' }], ['delta', { text: 'Water' }], ['file', { media_type: 'a/b', url: '/f' }], ['data', { name: 'x' }],
    ['novelty', { a: 1 }], ['delta', { text: ' falls.', part: 2 }], ['done', { chars: 12 }],
  ]);
  assert.deepEqual([answer.state, answer.text], ['done', 'Water falls.']);
});

test('usage has every token count that is known, and its quality', async () => {
  const { answer } = await read([['done', {
    input_tokens: 120, cached_input_tokens: 100, cache_write_tokens: 8, output_tokens: 39, reasoning_tokens: 30, usage: 'measured', stop_reason: 'end_turn',
  }]]);
  assert.deepEqual(answer.usage, {
    inputTokens: 120, cachedInputTokens: 100, cacheWriteTokens: 8, outputTokens: 39, reasoningTokens: 30, quality: 'measured',
  });
});

test('token counts that the provider did not give are absent', async () => {
  const { answer } = await read([['done', { input_tokens: null, output_tokens: null, usage: 'unknown' }]]);
  assert.deepEqual(answer.usage, { quality: 'unknown' });
});

test('the model is the one that started, and at the end the one that answered', async () => {
  let model;
  const pipe = createPipe();
  const answer = ask('/ask', {}, { fetch: pipe.fetch, onText: (_, given) => (model = given.model) });
  pipe.write(wire([['start', { run, model: 'first' }], ['delta', { text: 'a' }], ['done', { model: 'fallback' }]], { first: 1 }));
  await answer.finished;
  assert.deepEqual([model, answer.model], ['first', 'fallback']);
});

for (const type of ['tool_input', 'source', 'file', 'data']) {
  test(`a ${type} event that is not an object is a protocol failure`, async () => {
    const { answer } = await read([[type, '[']]);
    assert.deepEqual([answer.state, answer.error?.code], ['failed', 'protocol']);
  });
}
