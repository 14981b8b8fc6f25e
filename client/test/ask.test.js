import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ask, TokenfallError } from '../src/index.js';
import { openEvents, serve, writeBytes } from '../support/server.js';
import { answerOf, run, wire } from '../support/wire.js';

const texts = ['Héllo ', '→ ', '😶‍🌫️', '\n\n', 'a\r\nb'];

for (const [name, lineEnd] of [['LF', '\n'], ['CRLF', '\r\n'], ['CR', '\r']]) {
  test(`an answer written byte by byte arrives whole, with ${name} line ends`, async (t) => {
    const { url } = await serve(t, async (response) => {
      openEvents(response);
      await writeBytes(response, `: ${lineEnd}${lineEnd}${wire(answerOf(texts), { first: 1, lineEnd })}`);
      response.end();
    });
    const answer = ask(url, { prompt: 'Hi' });
    assert.equal(answer.state, 'connecting');
    const { state, text, usage, stopReason, error } = await answer.finished;
    assert.deepEqual({ state, text, usage, stopReason, error }, {
      state: 'done',
      text: texts.join(''),
      usage: { inputTokens: 12, outputTokens: 39 },
      stopReason: 'end_turn',
      error: undefined,
    });
    assert.equal(answer.id, run);
    assert.equal(answer.lastEventId, `${run}.7`);
  });
}

test('a stream that just ends is a failure that keeps the text', async (t) => {
  const { url } = await serve(t, (response) => {
    openEvents(response);
    response.end(wire([['start', { run }], ['delta', { text: 'Hal' }]]) + 'event: done\ndata: {}\n');
  });
  const { state, text, error } = await ask(url, {}).finished;
  assert.ok(error instanceof TokenfallError);
  assert.deepEqual([state, text, error.code, error.retryable], ['failed', 'Hal', 'truncated', true]);
});

test('a connection that breaks is a failure that keeps the text', async (t) => {
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  const { url } = await serve(t, (response) => {
    openEvents(response);
    response.write(wire([['start', { run }], ['delta', { text: 'Hal' }]]));
    arrived.then(() => response.destroy());
  });
  const { state, text, error } = await ask(url, {}, { onText: () => arrive() }).finished;
  assert.deepEqual([state, text, error?.code], ['failed', 'Hal', 'truncated']);
  assert.ok(error.cause instanceof Error);
});

test('no response at all is a network failure', async (t) => {
  const { url } = await serve(t, (response) => response.destroy());
  const { state, error } = await ask(url, {}, { retries: 0 }).finished;
  assert.deepEqual([state, error?.code, error?.retryable], ['failed', 'network', true]);
});

test('after the terminal event the client closes a connection that the server keeps open', async (t) => {
  let close;
  const closed = new Promise((resolve) => (close = resolve));
  const { url } = await serve(t, (response) => {
    openEvents(response);
    response.write(wire(answerOf(['a'])));
    once(response, 'close').then(close);
  });
  assert.equal((await ask(url, {}).finished).state, 'done');
  await closed;
});

test('close lets the connection go and is not a failure', async (t) => {
  let close;
  const closed = new Promise((resolve) => (close = resolve));
  const { url } = await serve(t, (response) => {
    openEvents(response);
    response.write(wire([['delta', { text: 'Hal' }]]));
    once(response, 'close').then(close);
  });
  const answer = ask(url, {}, { onText: (_, given) => given.close() });
  const { state, text } = await answer.finished;
  await closed;
  assert.deepEqual([state, text, answer.error], ['closed', 'Hal', undefined]);
});

test('an answer closed at once is never asked for', async () => {
  let calls = 0;
  const answer = ask('/ask', {}, { fetch: async () => calls++, headers: async () => ({}) });
  answer.close();
  assert.equal((await answer.finished).state, 'closed');
  await new Promise(setImmediate);
  assert.equal(calls, 0);
});

test('an event over the limit is a failure', async (t) => {
  const { url } = await serve(t, (response) => {
    openEvents(response);
    response.write(`data: ${'x'.repeat(100)}`);
  });
  const { state, error } = await ask(url, {}, { maxEventSize: 64 }).finished;
  assert.deepEqual([state, error?.code], ['failed', 'too_large']);
});

test('a fetch that throws instead of rejecting is a network failure', async () => {
  const cause = new TypeError('not a URL');
  const { error } = await ask('/ask', {}, { retries: 0, fetch: () => { throw cause; } }).finished;
  assert.deepEqual([error?.code, error?.cause], ['network', cause]);
});
