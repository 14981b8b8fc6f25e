import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { attach } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { comesAfter, rest, startReading, untilEnd } from '../support/reading.js';
import { run } from '../support/wire.js';

useFakeClock(0.5);

const html = { 'content-type': 'text/html' };
for (const [what, status, headers] of [
  ['a 500', 500, {}], ['a 501', 501, {}], ['a 520', 520, {}], ['a 525', 525, {}], ['an HTML page', 200, html], ['JSON', 200, { 'content-type': 'application/json' }],
  ['a response without a type', 200, {}], ['an empty 204', 204, {}], ['a partial response', 206, html], ['a redirect that is not followed', 302, html],
  ['a firewall\'s 400', 400, html], ['a 405', 405, html], ['a 418', 418, html], ['a 451', 451, html], ['a 511', 511, html],
]) {
  test(`${what} in answer to a GET says nothing about the run, which is read on`, async () => {
    const { network, answer, post } = await startReading();
    post.break();
    await comesAfter(500, network);
    (await network.next()).refuse(status, headers);
    if (status === 204) (await network.next()).refuse(status, headers); // the first one may mean that the run has ended
    await comesAfter(1000, network);
    const get = await network.next();
    get.open();
    get.write(rest(3));
    const { state, text } = await answer.finished;
    assert.deepEqual([state, text], ['done', 'Water, falling.']);
  });
}

test('headers that cannot be had while the network is away are asked for again', async () => {
  let offline = false;
  const { network, answer, post } = await startReading({ headers: async () => { if (offline) throw new TypeError('no token'); return {}; } });
  offline = true;
  post.break();
  await flushPromises();
  mock.timers.tick(500);
  await flushPromises();
  assert.deepEqual([answer.state, network.calls.length], ['reconnecting', 1]);
  offline = false;
  await comesAfter(1000, network);
  answer.close();
});

test('headers that never come do not hold up the next attempt', async () => {
  let hang = false;
  const { network, answer, post } = await startReading({ headers: () => (hang ? new Promise(() => {}) : {}) });
  hang = true;
  post.break();
  await flushPromises();
  mock.timers.tick(500);
  await flushPromises();
  hang = false;
  mock.timers.tick(10_000);
  await comesAfter(1000, network);
  answer.close();
});

for (const [what, respond] of [
  ['connections are refused', (call) => call.fail()], ['a proxy says 502', (call) => call.refuse(502)], ['nothing is answered', () => {}],
  ['a captive portal answers', (call) => call.refuse(200, html)],
]) {
  test(`a run is tried to be reached for longer than the server waits for its reader, often enough: ${what}`, async () => {
    const { network, answer, post } = await startReading();
    post.break();
    await flushPromises();
    const times = [];
    const taken = await untilEnd(network, answer, (call) => (times.push(Date.now()), respond(call)));
    assert.ok(taken >= 90_000 && taken < 180_000, `${taken} ms`);
    const gaps = times.slice(1).map((time, i) => time - times[i]);
    assert.ok(Math.max(...gaps) <= 26_000 + 1000, `${gaps}`);
    const { state, text, resumable } = await answer.finished;
    assert.deepEqual([state, text, resumable], ['failed', 'Wa', true]);
  });
}

test('a proxy that asks for a minute does not keep the reader away for longer than the run waits', async () => {
  mock.method(Math, 'random', () => 1);
  const { network, answer, post } = await startReading();
  post.break();
  await flushPromises();
  const begin = Date.now();
  const times = [];
  await untilEnd(network, answer, (call) => {
    times.push(Date.now() - begin);
    if (times.at(-1) < 30_000) return call.fail();
    if (times.at(-1) < 60_000) return call.refuse(503, { 'retry-after': '60' });
    call.open();
    call.write(rest(3));
  });
  assert.equal(answer.state, 'done');
  assert.ok(times.at(-1) < 90_000, `${times}`);
});

test('an outage of 60 s is survived, however long the backoff has grown', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await flushPromises();
  const begin = Date.now();
  const taken = await untilEnd(network, answer, (call) => {
    if (Date.now() - begin < 60_000) return call.fail();
    call.open();
    call.write(rest(3));
  });
  assert.deepEqual([answer.state, answer.text], ['done', 'Water, falling.']);
  assert.ok(taken < 80_000, `${taken} ms`);
});

test('time in which the machine slept is not time in which it tried', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await comesAfter(500, network);
  for (const wait of [1000, 2000, 4000]) {
    mock.timers.setTime(Date.now() + 3_600_000); // timers and network were frozen for an hour
    await flushPromises();
    (await network.next()).fail();
    await comesAfter(wait, network);
    assert.equal(answer.state, 'reconnecting');
  }
  answer.close();
});

test('long silences with heartbeats, cut again and again, are not failures to connect', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  for (let i = 0; i < 12; i++) {
    await flushPromises();
    mock.timers.tick(8000);
    const get = await network.next();
    get.open();
    for (let beats = 0; beats < 4; beats++) {
      await flushPromises();
      mock.timers.tick(15_000);
      get.write(': \n\n');
    }
    await flushPromises();
    get.break();
  }
  await flushPromises();
  assert.equal(answer.state, 'reconnecting');
  answer.close();
});

test('a GET that is not answered at once is replaced', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await comesAfter(500, network);
  const get = await network.next();
  mock.timers.tick(10_000);
  await comesAfter(1000, network);
  assert.equal(get.signal.aborted, true);
  answer.close();
});

test('an answer that has not been connected yet is connecting, not reconnecting', async () => {
  const network = createNetwork();
  const states = [];
  const answer = attach(`/ask/stream/${run}`, { fetch: network.fetch, onState: (state) => states.push(state) });
  (await network.next()).refuse(502);
  await comesAfter(500, network);
  (await network.next()).open();
  await flushPromises();
  assert.deepEqual([states, answer.state], [['thinking'], 'thinking']);
  answer.close();
});
