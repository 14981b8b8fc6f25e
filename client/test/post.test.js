import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ask } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, run, wire } from '../support/wire.js';

useFakeClock(0);

/** The next request, once the wait before it is over. */
async function following(network) {
  await flushPromises();
  mock.timers.tick(0);
  return network.next();
}

test('a POST that got no response is repeated under the same key with the same body', async () => {
  const network = createNetwork();
  const body = { prompt: 'Hi' };
  const answer = ask('/ask/stream', body, { fetch: network.fetch });
  const first = await network.next();
  body.prompt = 'changed meanwhile';
  assert.ok(first.headers['idempotency-key'].length >= 22);
  assert.equal(first.headers['tokenfall-resume'], '1');
  first.fail();
  const second = await following(network);
  assert.deepEqual([second.method, second.body, second.headers], ['POST', '{"prompt":"Hi"}', first.headers]);
  second.open();
  second.write(wire(answerOf(['a']), { first: 1 }));
  assert.equal((await answer.finished).text, 'a');
});

test('two questions have two keys, and one of one\'s own is kept', async () => {
  const network = createNetwork();
  const keys = [];
  for (const headers of [{}, {}, { 'idempotency-key': 'mine' }]) {
    const answer = ask('/ask/stream', {}, { fetch: network.fetch, headers });
    keys.push((await network.next()).headers['idempotency-key']);
    answer.close();
  }
  assert.equal(new Set(keys).size, 3);
  assert.equal(keys[2], 'mine');
});

test('a POST without a response is repeated for longer than the server waits for its reader, because its run may have begun', async () => {
  mock.method(Math, 'random', () => 0.5);
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const begin = Date.now();
  for (let failed = 0; answer.state === 'connecting' && Date.now() - begin < 600_000; mock.timers.tick(500)) {
    await flushPromises();
    for (; failed < network.calls.length; failed++) network.calls[failed].fail();
    await flushPromises();
  }
  const { state, error, url, resumable } = await answer.finished;
  assert.deepEqual([state, error.code, error.retryable, url, resumable], ['failed', 'network', true, undefined, true]);
  assert.ok(Date.now() - begin >= 90_000 && Date.now() - begin < 180_000, `${Date.now() - begin} ms`);
  assert.equal(new Set(network.calls.map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('a POST without a response is given up after as many repetitions as are allowed', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch, retries: 3 });
  for (let i = 0; i < 4; i++) (await following(network)).fail();
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.code, network.calls.length], ['failed', 'network', 4]);
});

test('a POST that hangs without a response is repeated, too', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const first = await network.next();
  mock.timers.tick(40_000);
  const second = await following(network);
  assert.deepEqual([first.signal.aborted, second.headers['idempotency-key']], [true, first.headers['idempotency-key']]);
  answer.close();
});

for (const status of [400, 401, 403, 404, 500]) {
  test(`a POST that was answered with ${status} is not repeated`, async () => {
    const network = createNetwork();
    const answer = ask('/ask/stream', {}, { fetch: network.fetch });
    (await network.next()).refuse(status, { 'retry-after': '1' });
    const { state, error, resumable } = await answer.finished;
    assert.deepEqual([state, error.status, error.retryAfter, resumable, network.calls.length], ['failed', status, 1, false, 1]);
    assert.equal(await answer.accepted, undefined);
  });
}

for (const status of [502, 504, 520, 524]) {
  test(`a ${status} is a gateway's: the POST may have arrived, and is repeated under the same key`, async () => {
    const network = createNetwork();
    const answer = ask('/ask/stream', {}, { fetch: network.fetch });
    const first = await network.next();
    first.refuse(status);
    const second = await following(network);
    assert.deepEqual([second.method, second.headers['idempotency-key']], ['POST', first.headers['idempotency-key']]);
    second.open();
    second.write(wire(answerOf(['a']), { first: 1 }));
    assert.equal((await answer.finished).text, 'a');
  });
}

test('a response that is cut before it has named the run is repeated under the same key: the run exists', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const post = await network.next();
  post.open('');
  post.write(': \n\n');
  await flushPromises();
  assert.equal(answer.state, 'thinking');
  post.break();
  const second = await following(network);
  assert.deepEqual([second.method, second.headers['idempotency-key']], ['POST', post.headers['idempotency-key']]);
  second.open();
  second.write(wire(answerOf(['a']), { first: 1 }));
  assert.equal((await answer.finished).text, 'a');
});

test('an answer cut after events that name no run is a failure, because repeating it would repeat text', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const post = await network.next();
  post.open('');
  post.write(wire([['delta', { text: 'a' }]]));
  await flushPromises();
  post.break();
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.code, network.calls.length], ['failed', 'truncated', 1]);
});

test('where the Location cannot be seen, the first event names the run', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  const post = await network.next();
  post.open('');
  post.write(wire([['start', { run }]], { first: 1 }));
  assert.equal(await answer.accepted, `/ask/stream/${run}`);
  answer.close();
});

test('an address that cannot be asked is told apart from a network that is down', async () => {
  const { error } = await ask('http://[', {}).finished;
  assert.deepEqual([error.code, error.retryable], ['request', false]);
});
