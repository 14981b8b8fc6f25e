import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { attach } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { following, question, start, stoppedAt } from '../support/stopping.js';
import { run, wire } from '../support/wire.js';

useFakeClock(0);

test('stop is a DELETE of the run, and the answer ends when the server says so', async () => {
  const { network, answer, post } = await start();
  const stopping = answer.stop();
  const call = await network.next();
  assert.deepEqual([call.method, call.url, call.headers['x-csrf-token']], ['DELETE', `/ask/stream/${run}`, 't1']);
  call.refuse(202);
  await stopping;
  assert.equal(answer.state, 'streaming');
  post.write(stoppedAt(3, 2));
  const { state, text, usage, error } = await answer.finished;
  assert.deepEqual([state, text, usage.outputTokens, error], ['stopped', 'Wa', 1, undefined]);
});

test('stop before anything was sent sends nothing', async () => {
  let give;
  const { network, answer } = question({ headers: () => new Promise((resolve) => (give = resolve)) });
  const stopping = answer.stop();
  give({});
  await stopping;
  const { state } = await answer.finished;
  await flushPromises();
  assert.deepEqual([state, network.calls.length], ['stopped', 0]);
});

test('stop while the POST is on its way waits for the run\'s name, and then stops the run', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  await flushPromises();
  assert.deepEqual([post.signal.aborted, network.calls.length], [false, 1]);
  post.open();
  const call = await network.next();
  assert.equal(`${call.method} ${call.url}`, `DELETE /ask/stream/${run}`);
  call.refuse(202);
  await stopping;
  post.write(wire([['start', { run }]], { first: 1 }) + stoppedAt(2, 0));
  assert.equal((await answer.finished).state, 'stopped');
});

test('stop holds also when the answer is closed before the server has named the run', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  await flushPromises();
  answer.close();
  assert.deepEqual([answer.state, post.signal.aborted], ['closed', false]);
  post.open();
  (await network.next()).refuse(202);
  await stopping;
  await flushPromises();
  assert.equal(post.signal.aborted, true);
});

test('a POST that was refused leaves nothing to stop', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  post.refuse(429);
  await stopping;
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error.status, network.calls.length], ['failed', 429, 1]);
});

test('a DELETE that fails in a way that may pass is tried again', async () => {
  const { network, answer } = await start();
  const stopping = answer.stop();
  (await network.next()).fail();
  (await following(network)).refuse(503);
  const third = await following(network);
  assert.equal(third.method, 'DELETE');
  third.refuse(204);
  await stopping;
  answer.close();
});

test('a DELETE that is refused rejects, the answer goes on, and stop may be tried again', async () => {
  let token = 'stale';
  const { network, answer, post } = await start({ csrfToken: () => token });
  const refused = answer.stop();
  (await network.next()).refuse(400);
  await assert.rejects(refused, { name: 'TokenfallError', status: 400 });
  post.write(wire([['delta', { text: 'ter' }]], { first: 3 }));
  await flushPromises();
  assert.deepEqual([answer.state, answer.text], ['streaming', 'Water']);
  token = 'fresh';
  const stopping = answer.stop();
  const second = await network.next();
  assert.equal(second.headers['x-csrf-token'], 'fresh');
  second.refuse(202);
  await stopping;
  answer.close();
});

test('stop while reconnecting stops the run, and reads its end at once', async () => {
  mock.method(Math, 'random', () => 0.5);
  const { network, answer, post } = await start();
  post.break();
  await flushPromises();
  const stopping = answer.stop();
  const call = await network.next();
  call.refuse(202);
  await stopping;
  const get = await network.next(); // the clock has not moved
  assert.deepEqual([call.method, get.method], ['DELETE', 'GET']);
  get.open();
  get.write(stoppedAt(3, 2));
  assert.equal((await answer.finished).state, 'stopped');
});

test('an answer whose end cannot be read any more is stopped, once the server has confirmed it', async () => {
  const { network, answer, post } = await start();
  const stopping = answer.stop();
  (await network.next()).refuse(202);
  await stopping;
  post.break();
  (await following(network)).refuse(404);
  const { state, text, error } = await answer.finished;
  assert.deepEqual([state, text, error], ['stopped', 'Wa', undefined]);
});

test('stop works after close, and in a tab that has attached', async () => {
  const { network, answer } = await start();
  answer.close();
  const stopping = answer.stop();
  const call = await network.next();
  call.refuse(202);
  await stopping;
  assert.deepEqual([call.method, answer.state], ['DELETE', 'closed']);

  const other = createNetwork();
  const attached = attach(`/ask/stream/${run}`, { fetch: other.fetch });
  await other.next();
  const stoppingToo = attached.stop();
  const second = await other.next();
  second.refuse(202);
  await stoppingToo;
  assert.equal(`${second.method} ${second.url}`, `DELETE /ask/stream/${run}`);
  attached.close();
});

test('of an answer that has ended nothing is left to stop', async () => {
  const { network, answer, post } = await start();
  post.write(wire([['done', { chars: 2 }]], { first: 3 }));
  await answer.finished;
  await answer.stop();
  assert.equal(network.calls.length, 1);
});

test('a DELETE on its way outlives the connection that is read', async () => {
  const { network, answer, post } = await start();
  const stopping = answer.stop();
  const call = await network.next();
  post.break();
  await flushPromises();
  answer.close();
  assert.equal(call.signal.aborted, false);
  call.refuse(202);
  await stopping;
});
