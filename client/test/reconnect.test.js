import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, mock, test } from 'node:test';
import { ask, attach } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { comesAfter, part, rest, startReading } from '../support/reading.js';
import { run, wire } from '../support/wire.js';

const page = new EventTarget();
Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  document: { hidden: false },
});
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
const happens = (type) => page.dispatchEvent(new Event(type));

useFakeClock(0.5);
afterEach(() => {
  document.hidden = false;
  navigator.onLine = true;
});

for (const how of ['break', 'end']) {
  test(`after a cut (${how}) the run is read on from its last event`, async () => {
    const { network, answer, states, post } = await startReading();
    assert.deepEqual([answer.id, answer.url, await answer.accepted], [run, `/ask/stream/${run}`, `/ask/stream/${run}`]);
    post[how]();
    await comesAfter(500, network);
    assert.equal(answer.state, 'reconnecting');
    const get = await network.next();
    assert.deepEqual([get.method, get.url, get.headers['last-event-id'], get.body], ['GET', `/ask/stream/${run}`, `${run}.2`, undefined]);
    get.open();
    get.write(rest(3));
    const { state, text } = await answer.finished;
    assert.deepEqual([state, text], ['done', 'Water, falling.']);
    assert.deepEqual(states, ['thinking', 'streaming', 'reconnecting', 'streaming', 'done']);
    assert.deepEqual(network.calls.map(({ method }) => method), ['POST', 'GET']);
  });
}

test('a retry of years is a minute: longer than a timer can be, it would be no wait at all', async () => {
  const { network, answer, post } = await startReading();
  post.write('retry: 99999999999999\n\n');
  await flushPromises();
  post.break();
  await comesAfter(30_000, network);
  answer.close();
});

test('waits double from the stream\'s retry up to sixteen times, jittered from nothing to all of it', async () => {
  const { network, answer, post } = await startReading();
  post.write('retry: 300\n\n');
  await flushPromises();
  post.break();
  for (const wait of [150, 300, 600, 1200, 2400, 2400]) {
    await comesAfter(wait, network);
    (await network.next()).fail();
  }
  answer.close();
});

test('an event that is new ends the row of failures, heartbeats and comments do not', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await comesAfter(500, network);
  const second = await network.next();
  second.open();
  second.write(': \n\n');
  await flushPromises();
  second.break();
  await comesAfter(1000, network);
  const third = await network.next();
  third.open();
  third.write(part(3, 3));
  await flushPromises();
  third.break();
  await comesAfter(500, network);
  answer.close();
});

test('it gives up after as many failures in a row as it may, with the last error and the text so far', async () => {
  const { network, answer, post } = await startReading({ retries: 2 });
  post.break();
  for (const wait of [500, 1000]) {
    await comesAfter(wait, network);
    (await network.next()).fail();
  }
  const { state, text, error } = await answer.finished;
  assert.deepEqual([state, text, error.code, error.retryable], ['failed', 'Wa', 'network', true]);
});

test('while the browser is offline it does not give up, and goes on as soon as it is online', async () => {
  const { network, answer, post } = await startReading({ retries: 1 });
  navigator.onLine = false;
  post.break();
  for (const wait of [500, 1000, 2000]) {
    await comesAfter(wait, network);
    (await network.next()).fail();
  }
  await flushPromises();
  navigator.onLine = true;
  happens('online');
  await flushPromises();
  assert.equal(network.calls.length, 5);
  answer.close();
});

for (const status of [408, 425, 429, 502, 503, 504]) {
  test(`a ${status} while reading on is tried again, not before its Retry-After`, async () => {
    const { network, answer, post } = await startReading();
    post.break();
    await comesAfter(500, network);
    (await network.next()).refuse(status, { 'retry-after': '7' });
    await flushPromises();
    happens('online'); // does not shorten what the server asked for
    await comesAfter(8000, network);
    answer.close();
  });
}

test('a Retry-After of more than ten seconds is ten seconds: the run does not wait that long for its reader', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await comesAfter(500, network);
  (await network.next()).refuse(503, { 'retry-after': '3600' });
  await comesAfter(11_000, network);
  answer.close();
});

for (const status of [401, 403, 404, 410]) {
  test(`a ${status} while reading on is the end, with a typed error`, async () => {
    const { network, answer, post } = await startReading();
    post.break();
    await comesAfter(500, network);
    (await network.next()).refuse(status);
    const { state, text, error, resumable } = await answer.finished;
    assert.deepEqual([state, text, error.code, error.status, resumable], ['failed', 'Wa', 'refused', status, status < 404]);
    assert.equal(network.calls.length, 2);
  });
}

test('a run ended for want of readers is no finished answer', async () => {
  const { answer, post } = await startReading();
  post.write(wire([['done', { stop_reason: 'abandoned', chars: 2 }]], { first: 3 }));
  const { state, text, stopReason, error, resumable } = await answer.finished;
  assert.deepEqual([state, text, stopReason, error.code, error.retryable, resumable], ['failed', 'Wa', 'abandoned', 'abandoned', true, false]);
});

test('what was read before the cut is not read twice', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await comesAfter(500, network);
  const get = await network.next();
  get.open();
  get.write(rest(1)); // a hop that ignores Last-Event-ID
  assert.equal((await answer.finished).text, 'Water, falling.');
});

test('an answer that has nothing newer is read again at its last event, to know how it ended', async () => {
  const network = createNetwork();
  const answer = attach(`/ask/stream/${run}`, { after: 6, text: 'Water, falling.', fetch: network.fetch });
  (await network.next()).refuse(204);
  const again = await network.next();
  assert.equal(again.headers['last-event-id'], `${run}.5`);
  again.open();
  again.write(rest(6));
  const { state, text, usage } = await answer.finished;
  assert.deepEqual([state, text, usage], ['done', 'Water, falling.', { inputTokens: 12, outputTokens: 39 }]);
});

test('a connection that is silent is given up, one with heartbeats is not', async () => {
  const { network, answer, post } = await startReading();
  for (let minute = 0; minute < 4; minute++) {
    mock.timers.tick(30_000);
    post.write(': \n\n');
    await flushPromises();
  }
  assert.equal(answer.state, 'streaming');
  mock.timers.tick(40_000);
  await comesAfter(500, network);
  assert.equal(post.signal.aborted, true);
  answer.close();
});

for (const [sign, silence, expected] of [
  ['online', 0, 2], ['visibilitychange', 20_001, 2], ['pageshow', 20_001, 2], ['visibilitychange', 19_000, 1], ['pageshow', 19_000, 1],
]) {
  test(`${sign} after ${silence} ms of silence ${expected === 2 ? 'connects again at once' : 'leaves the connection alone'}`, async () => {
    const { network, answer, post } = await startReading();
    mock.timers.tick(silence);
    happens(sign);
    await flushPromises();
    assert.deepEqual([network.calls.length, post.signal.aborted], [expected, expected === 2]);
    answer.close();
  });
}

for (const sign of ['online', 'visibilitychange', 'pageshow']) {
  test(`${sign} ends the wait before an attempt`, async () => {
    const { network, answer, post } = await startReading();
    post.break();
    await flushPromises();
    happens(sign);
    await flushPromises();
    assert.equal(network.calls.length, 2);
    answer.close();
  });
}

test('a page that is hidden does not connect for it', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await flushPromises();
  document.hidden = true;
  happens('visibilitychange');
  await flushPromises();
  assert.equal(network.calls.length, 1);
  answer.close();
});

test('nothing is left behind by an answer that was closed in a wait', async () => {
  const { network, answer, post } = await startReading();
  post.break();
  await flushPromises();
  answer.close();
  assert.deepEqual(['online', 'pageshow', 'visibilitychange', 'pagehide'].map((type) => getEventListeners(page, type).length), [0, 0, 0, 0]);
  mock.timers.tick(60_000);
  await flushPromises();
  assert.equal(network.calls.length, 1);
});

test('headers are asked for at every request, the CSRF token only where something is changed', async () => {
  let requests = 0;
  let tokens = 0;
  const { network, answer, post } = await startReading({ headers: () => ({ authorization: `Bearer ${++requests}` }), csrfToken: () => `t${++tokens}` });
  post.break();
  await comesAfter(500, network);
  const get = await network.next();
  assert.deepEqual([get.headers.authorization, get.headers['x-csrf-token'], post.headers['x-csrf-token']], ['Bearer 2', undefined, 't1']);
  answer.close();
});

for (const [asked, located] of [
  ['/app/ask/stream/', `/ask/stream/${run}`], // a proxy that strips a prefix
  ['/app/ask/stream?tenant=a', `https://elsewhere.example/ask/stream/${run}`],
]) {
  test(`a run lies below the address that was asked: ${asked} with Location ${located}`, async () => {
    const network = createNetwork();
    const answer = ask(asked, {}, { fetch: network.fetch });
    (await network.next()).open(located);
    assert.equal(await answer.accepted, `/app/ask/stream/${run}`);
    answer.close();
  });
}
