import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ask, attach } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, run, wire } from '../support/wire.js';

useFakeClock(0);

const stoppedAt = (number, chars) => wire([['done', { stop_reason: 'stopped', chars, output_tokens: 1 }]], { first: number });

function question(options) {
  const network = createNetwork();
  return { network, answer: ask('/ask/stream', {}, { fetch: network.fetch, csrfToken: () => 't1', ...options }) };
}

/** A question with an answer under way. */
async function start(options) {
  const { network, answer } = question(options);
  const post = await network.next();
  post.open();
  post.write(wire(answerOf(['Wa']).slice(0, 2), { first: 1 }));
  await flushPromises();
  return { network, answer, post };
}

async function following(network) {
  await flushPromises();
  mock.timers.tick(0);
  return network.next();
}

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

for (const [what, status, headers] of [['a sign-in page', 200, { 'content-type': 'text/html' }], ['a redirect that is not followed', 302, {}], ['a 500', 500, {}], ['a 520', 520, {}]]) {
  test(`${what} in answer to the DELETE confirms nothing, and it is sent again`, async () => {
    const { network, answer } = await start();
    let confirmed = false;
    const stopping = answer.stop().then(() => (confirmed = true));
    (await network.next()).refuse(status, headers);
    const second = await following(network);
    assert.deepEqual([second.method, confirmed], ['DELETE', false]);
    second.refuse(202);
    await stopping;
    answer.close();
  });
}

for (const [what, prepare] of [
  ['the read-on GET waits on Retry-After', async (network) => {
    (await following(network)).refuse(503, { 'retry-after': '25' });
  }],
  ['a DELETE was told to wait, too', async (network) => {
    (await following(network)).refuse(429, { 'retry-after': '60' });
  }],
]) {
  test(`a confirmed stop ends the answer at once: ${what}`, async () => {
    const { network, answer, post } = await start();
    post.break();
    await prepare(network);
    await flushPromises();
    const stopping = answer.stop();
    (await network.next()).refuse(202);
    await stopping;
    const { state, text } = await answer.finished; // the clock has not moved
    assert.deepEqual([state, text, network.calls.length], ['stopped', 'Wa', 3]);
  });
}

for (const [what, respond] of [['refused', (get) => get.refuse(502)], ['cut', (get) => get.fail()], ['gone', (get) => get.refuse(404)]]) {
  test(`a confirmed stop ends the answer when GETs are ${what}`, async () => {
    const { network, answer, post } = await start();
    post.break();
    respond(await following(network));
    if (what === 'gone') return assert.equal((await answer.finished).state, 'failed');
    await flushPromises();
    const stopping = answer.stop();
    (await network.next()).refuse(202);
    await stopping;
    respond(await network.next());
    assert.equal((await answer.finished).state, 'stopped');
  });
}

test('a confirmed stop waits no longer than two seconds for an end that does not come', async () => {
  const { network, answer } = await start();
  const stopping = answer.stop();
  (await network.next()).refuse(202);
  await stopping;
  mock.timers.tick(2000);
  assert.equal((await answer.finished).state, 'stopped');
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
