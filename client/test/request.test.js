import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../src/ask.js';
import { openEvents, serve } from '../support/server.js';
import { answerOf, wire } from '../support/wire.js';

/** The one request that a question makes, as the server sees it. */
async function requestOf(t, body, options) {
  const { url, requests } = await serve(t, (response) => {
    openEvents(response);
    response.end(wire(answerOf([])));
  });
  assert.equal((await ask(url, body, options).finished).state, 'done');
  return requests[0];
}

test('an object is posted as JSON, asking for an event stream', async (t) => {
  const { method, headers, body } = await requestOf(t, { prompt: 'Héllo' });
  assert.equal(method, 'POST');
  assert.equal(headers.accept, 'text/event-stream');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(body, '{"prompt":"Héllo"}');
});

test('an array is posted as JSON, and a content type of one\'s own is kept', async (t) => {
  const { headers, body } = await requestOf(t, [1], { headers: { 'Content-Type': 'application/vnd.ask+json' } });
  assert.deepEqual([headers['content-type'], body], ['application/vnd.ask+json', '[1]']);
});

test('a form is posted as it is', async (t) => {
  const form = new FormData();
  form.set('prompt', 'Hi');
  const { headers, body } = await requestOf(t, form);
  assert.match(headers['content-type'], /^multipart\/form-data; boundary=/);
  assert.match(body, /name="prompt"\r\n\r\nHi\r\n/);
});

test('URLSearchParams are posted as they are', async (t) => {
  const { headers, body } = await requestOf(t, new URLSearchParams({ prompt: 'a&b' }));
  assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/);
  assert.equal(body, 'prompt=a%26b');
});

test('headers and the CSRF token are sent, given as values', async (t) => {
  const { headers } = await requestOf(t, {}, { headers: { 'Idempotency-Key': 'k1' }, csrfToken: 't1' });
  assert.deepEqual([headers['idempotency-key'], headers['x-csrf-token']], ['k1', 't1']);
});

test('headers and the CSRF token are sent, given as functions', async (t) => {
  const { headers } = await requestOf(t, {}, { headers: async () => ({ authorization: 'Bearer b1' }), csrfToken: async () => 't2' });
  assert.deepEqual([headers.authorization, headers['x-csrf-token']], ['Bearer b1', 't2']);
});

test('no CSRF header is sent without a token', async (t) => {
  const { headers } = await requestOf(t, {});
  assert.ok(!('x-csrf-token' in headers));
});

for (const [options, expected] of [[{}, 'same-origin'], [{ credentials: 'include' }, 'include']]) {
  test(`credentials are ${expected} for ${JSON.stringify(options)}, and nothing is cached`, async (t) => {
    t.mock.method(Math, 'random', () => 0);
    let init;
    const answer = ask('/ask', {}, { ...options, retries: 0, fetch: async (_, given) => ((init = given), Promise.reject(new TypeError())) });
    await answer.finished;
    const { credentials, cache } = new Request('http://localhost', init);
    assert.deepEqual([credentials, cache], [expected, 'no-store']);
  });
}

test('a fetch given in the options is not called as their method', async () => {
  let self = 'unset';
  await ask('/ask', {}, { async fetch() { self = this; return new Response(); } }).finished;
  assert.equal(self, undefined);
});

for (const [what, body, options] of [
  ['headers that reject', {}, { headers: async () => { throw new Error('signed out'); } }],
  ['a token that throws', {}, { csrfToken: () => { throw new Error('signed out'); } }],
  ['a body that is no JSON', { big: 1n }, {}],
]) {
  test(`${what}: a failure, and nothing is sent`, async () => {
    let calls = 0;
    const { state, error } = await ask('/ask', body, { ...options, fetch: async () => calls++ }).finished;
    assert.deepEqual([state, error?.code, error?.retryable, calls], ['failed', 'request', false, 0]);
    assert.ok(error.cause instanceof Error);
  });
}
