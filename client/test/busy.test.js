import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ask } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, wire } from '../support/wire.js';

useFakeClock(0.5);

/** A question that the server has no room for. */
async function startBusy(status = 429, headers = { 'retry-after': '7' }) {
  const network = createNetwork();
  const states = [];
  const answer = ask('/ask/stream', { prompt: 'Hi' }, { fetch: network.fetch, onState: (state, { retryAt }) => states.push([state, retryAt]) });
  const post = await network.next();
  const begin = Date.now();
  post.refuse(status, headers);
  await flushPromises();
  return { network, answer, states, post, begin };
}

for (const [status, headers, seconds] of [[429, { 'retry-after': '7' }, 7], [503, { 'retry-after': '2' }, 2], [503, {}, 5], [429, {}, 5]]) {
  test(`a ${status} with ${JSON.stringify(headers)} is asked again after ${seconds} s and up to one more, under the same key`, async () => {
    const { network, answer, states, post, begin } = await startBusy(status, headers);
    assert.deepEqual([answer.state, states], ['busy', [['busy', begin + seconds * 1000 + 500]]]);
    mock.timers.tick(seconds * 1000 + 499);
    await flushPromises();
    assert.equal(network.calls.length, 1);
    mock.timers.tick(1);
    const second = await network.next();
    assert.deepEqual([second.method, second.headers['idempotency-key']], ['POST', post.headers['idempotency-key']]);
    second.open();
    second.write(wire(answerOf(['a']), { first: 1 }));
    assert.equal((await answer.finished).state, 'done');
    assert.equal(answer.retryAt, undefined);
  });
}

test('a server that stays busy is asked five times in all, and every wait is reported', async () => {
  const { network, answer, states } = await startBusy();
  for (const jitter of [500, 1000, 2000, 4000]) {
    mock.timers.tick(7000 + jitter);
    (await network.next()).refuse(429, { 'retry-after': '7' });
    await flushPromises();
  }
  const { state, error, resumable } = await answer.finished;
  assert.deepEqual([state, error.status, resumable, network.calls.length], ['failed', 429, false, 5]);
  assert.deepEqual(states.map(([name]) => name), ['busy', 'busy', 'busy', 'busy', 'failed']);
});

test('a Retry-After of more than a minute is for the caller to decide', async () => {
  const { answer } = await startBusy(429, { 'retry-after': '61' });
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.retryAfter], ['failed', 61]);
});

test('a refusal that time does not lift, such as a spent budget, is not waited for', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const problem = JSON.stringify({ code: 'budget_exceeded', detail: 'The budget of this month is spent.', retryable: false });
  (await network.next()).refuse(429, { 'content-type': 'application/problem+json' }, problem);
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.code, error.retryable, network.calls.length], ['failed', 'budget_exceeded', false, 1]);
});

test('retry asks at once', async () => {
  const { network, answer } = await startBusy();
  answer.retry();
  assert.equal((await network.next()).method, 'POST');
  answer.close();
});

test('stop ends the wait, and the answer with what the server said', async () => {
  const { network, answer } = await startBusy();
  await answer.stop();
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.status, network.calls.length], ['failed', 429, 1]);
});

test('close ends the wait', async () => {
  const { network, answer } = await startBusy();
  answer.close();
  mock.timers.tick(60_000);
  await flushPromises();
  assert.deepEqual([answer.state, network.calls.length], ['closed', 1]);
});

test('stop of a busy wait whose first POST was lost does not claim that nothing runs', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  (await network.next()).fail();
  await flushPromises();
  mock.timers.tick(500);
  (await network.next()).refuse(503, { 'retry-after': '7' });
  await flushPromises();
  const stopping = answer.stop();
  (await network.next()).refuse(503);
  await assert.rejects(stopping, { status: 503 });
});
