import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { useFakeClock } from '../support/fake-clock.js';
import { flushPromises } from '../support/network.js';
import { following, question, start, stoppedAt } from '../support/stopping.js';
import { run, wire } from '../support/wire.js';

useFakeClock(0);

test('a POST whose response was lost is repeated under its key to learn the run, which is then stopped', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  await flushPromises();
  post.fail();
  const second = await following(network);
  assert.deepEqual([second.method, second.headers['idempotency-key']], ['POST', post.headers['idempotency-key']]);
  second.open();
  const call = await network.next();
  assert.equal(`${call.method} ${call.url}`, `DELETE /ask/stream/${run}`);
  call.refuse(202);
  await stopping;
  second.write(wire([['start', { run }]], { first: 1 }) + stoppedAt(2, 0));
  assert.equal((await answer.finished).state, 'stopped');
});

test('a POST that hangs does not hold up a stop', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  await flushPromises();
  mock.timers.tick(10_000);
  await flushPromises();
  const second = await following(network);
  assert.deepEqual([post.signal.aborted, second.method], [true, 'POST']);
  second.open();
  (await network.next()).refuse(202);
  await stopping;
  answer.close();
});

test('stop rejects if the POST may have arrived and the server cannot be reached', async () => {
  const { network, answer } = question();
  (await network.next()).fail();
  await flushPromises();
  const stopping = answer.stop();
  for (let i = 0; i < 3; i++) (await following(network)).fail();
  await assert.rejects(stopping, { code: 'network' });
  const { state, resumable } = await answer.finished;
  assert.deepEqual([state, resumable], ['failed', true]);
});

test('stop rejects if the run of a lost POST cannot be learned, because the repeated one is refused', async () => {
  const { network, answer } = question();
  (await network.next()).fail();
  await flushPromises();
  const stopping = answer.stop();
  (await following(network)).refuse(401);
  await assert.rejects(stopping, { status: 401 });
  assert.equal((await answer.finished).state, 'failed');
});

test('stop after close, with the POST unanswered, repeats it to learn the run', async () => {
  const { network, answer } = question();
  const post = await network.next();
  answer.close();
  await flushPromises();
  const stopping = answer.stop();
  const second = await following(network);
  assert.deepEqual([second.method, second.headers['idempotency-key']], ['POST', post.headers['idempotency-key']]);
  second.open();
  const call = await network.next();
  call.refuse(202);
  await stopping;
  await flushPromises();
  assert.deepEqual([call.method, second.signal.aborted, answer.state], ['DELETE', true, 'closed']);
});

test('stop after the question was given up repeats the POST to learn the run', async () => {
  const { network, answer } = question({ retries: 1 });
  for (let i = 0; i < 2; i++) (await following(network)).fail();
  await answer.finished;
  const stopping = answer.stop();
  (await following(network)).open();
  const call = await network.next();
  call.refuse(202);
  await stopping;
  assert.deepEqual([call.method, answer.state], ['DELETE', 'failed']);
});

test('the POST that is repeated long after the question was given up has time to be answered', async () => {
  const { network, answer } = question({ retries: 1 });
  for (let i = 0; i < 2; i++) (await following(network)).fail();
  await answer.finished;
  mock.timers.tick(60_000);
  const stopping = answer.stop();
  const post = await following(network);
  mock.timers.tick(5000);
  assert.equal(post.signal.aborted, false);
  post.open();
  (await network.next()).refuse(202);
  await stopping;
});

test('a run that the response does not name is learned from its first event, and stopped', async () => {
  const { network, answer } = question();
  const post = await network.next();
  const stopping = answer.stop();
  post.open('');
  await flushPromises();
  post.write(wire([['start', { run }]], { first: 1 }));
  const call = await network.next();
  assert.equal(`${call.method} ${call.url}`, `DELETE /ask/stream/${run}`);
  call.refuse(202);
  await stopping;
  answer.close();
});

test('stop rejects if a gateway answered for a server that may have got the question', async () => {
  const { network, answer } = question();
  (await network.next()).refuse(504);
  await flushPromises();
  const stopping = answer.stop();
  (await following(network)).refuse(401);
  await assert.rejects(stopping, { status: 401 });
  assert.equal((await answer.finished).resumable, true);
});
