import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, mock, test } from 'node:test';
import { ask, attach } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, run, wire } from '../support/wire.js';

const events = answerOf(['Wa', 'ter', ', fall', 'ing.']);
const part = (from, to) => wire(events.slice(from - 1, to), { first: from });
const rest = (from) => part(from, events.length);

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

/** An answer whose first two events have been read. */
async function start(options) {
  const network = createNetwork();
  const states = [];
  const answer = ask('/ask/stream', { prompt: 'Hi' }, { fetch: network.fetch, onState: (state) => states.push(state), ...options });
  const post = await network.next();
  post.open();
  post.write(part(1, 2));
  await flushPromises();
  return { network, answer, states, post };
}

/** Moves the clock, and sees that the next request is made then and not a millisecond before. */
async function comesAfter(milliseconds, { calls }) {
  const before = calls.length;
  await flushPromises();
  mock.timers.tick(milliseconds - 1);
  await flushPromises();
  assert.equal(calls.length, before, `a request came before ${milliseconds} ms`);
  mock.timers.tick(1);
  await flushPromises();
  assert.equal(calls.length, before + 1, `no request came after ${milliseconds} ms`);
}

for (const how of ['break', 'end']) {
  test(`after a cut (${how}) the run is read on from its last event`, async () => {
    const { network, answer, states, post } = await start();
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
  const { network, answer, post } = await start();
  post.write('retry: 99999999999999\n\n');
  await flushPromises();
  post.break();
  await comesAfter(30_000, network);
  answer.close();
});

test('waits double from the stream\'s retry up to sixteen times, jittered from nothing to all of it', async () => {
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start({ retries: 2 });
  post.break();
  for (const wait of [500, 1000]) {
    await comesAfter(wait, network);
    (await network.next()).fail();
  }
  const { state, text, error } = await answer.finished;
  assert.deepEqual([state, text, error.code, error.retryable], ['failed', 'Wa', 'network', true]);
});

test('while the browser is offline it does not give up, and goes on as soon as it is online', async () => {
  const { network, answer, post } = await start({ retries: 1 });
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
    const { network, answer, post } = await start();
    post.break();
    await comesAfter(500, network);
    (await network.next()).refuse(status, { 'retry-after': '7' });
    await flushPromises();
    happens('online'); // does not shorten what the server asked for
    await comesAfter(8000, network);
    answer.close();
  });
}

test('a Retry-After of more than a minute is a minute: the run is waited for no longer', async () => {
  const { network, answer, post } = await start();
  post.break();
  await comesAfter(500, network);
  (await network.next()).refuse(503, { 'retry-after': '3600' });
  await comesAfter(61_000, network);
  answer.close();
});

for (const status of [401, 403, 404, 410]) {
  test(`a ${status} while reading on is the end, with a typed error`, async () => {
    const { network, answer, post } = await start();
    post.break();
    await comesAfter(500, network);
    (await network.next()).refuse(status);
    const { state, text, error, resumable } = await answer.finished;
    assert.deepEqual([state, text, error.code, error.status, resumable], ['failed', 'Wa', 'refused', status, status < 404]);
    assert.equal(network.calls.length, 2);
  });
}

const html = { 'content-type': 'text/html' };
for (const [what, status, headers] of [
  ['a 500', 500, {}], ['a 501', 501, {}], ['a 520', 520, {}], ['a 525', 525, {}], ['an HTML page', 200, html], ['JSON', 200, { 'content-type': 'application/json' }],
  ['a response without a type', 200, {}], ['an empty 204', 204, {}], ['a partial response', 206, html], ['a redirect that is not followed', 302, html],
  ['a firewall\'s 400', 400, html], ['a 405', 405, html], ['a 418', 418, html], ['a 451', 451, html], ['a 511', 511, html],
]) {
  test(`${what} in answer to a GET says nothing about the run, which is read on`, async () => {
    const { network, answer, post } = await start();
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
  const { network, answer, post } = await start({ headers: async () => { if (offline) throw new TypeError('no token'); return {}; } });
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
  const { network, answer, post } = await start({ headers: () => (hang ? new Promise(() => {}) : {}) });
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

/** Lets time pass in steps, and answers every request; returns how long it took until the answer ended. */
async function untilEnd(network, answer, respond) {
  const begin = Date.now();
  for (let answered = 1; answer.state === 'reconnecting' && Date.now() - begin < 600_000; ) {
    mock.timers.tick(500);
    await flushPromises();
    for (; answered < network.calls.length; answered++) respond(network.calls[answered]);
    await flushPromises();
  }
  return Date.now() - begin;
}

for (const [what, respond] of [
  ['connections are refused', (call) => call.fail()], ['a proxy says 502', (call) => call.refuse(502)], ['nothing is answered', () => {}],
  ['a captive portal answers', (call) => call.refuse(200, html)],
]) {
  test(`a run is tried to be reached for longer than the server waits for its reader, often enough: ${what}`, async () => {
    const { network, answer, post } = await start();
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

test('an outage of 60 s is survived, however long the backoff has grown', async () => {
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start();
  post.break();
  await comesAfter(500, network);
  mock.timers.setTime(Date.now() + 3_600_000); // timers and network were frozen for an hour
  await flushPromises();
  (await network.next()).fail();
  await comesAfter(1000, network);
  assert.equal(answer.state, 'reconnecting');
  answer.close();
});

test('long silences with heartbeats, cut again and again, are not failures to connect', async () => {
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start();
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

test('a run ended for want of readers is no finished answer', async () => {
  const { answer, post } = await start();
  post.write(wire([['done', { stop_reason: 'abandoned', chars: 2 }]], { first: 3 }));
  const { state, text, stopReason, error, resumable } = await answer.finished;
  assert.deepEqual([state, text, stopReason, error.code, error.retryable, resumable], ['failed', 'Wa', 'abandoned', 'abandoned', true, false]);
});

test('what was read before the cut is not read twice', async () => {
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start();
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
    const { network, answer, post } = await start();
    mock.timers.tick(silence);
    happens(sign);
    await flushPromises();
    assert.deepEqual([network.calls.length, post.signal.aborted], [expected, expected === 2]);
    answer.close();
  });
}

for (const sign of ['online', 'visibilitychange', 'pageshow']) {
  test(`${sign} ends the wait before an attempt`, async () => {
    const { network, answer, post } = await start();
    post.break();
    await flushPromises();
    happens(sign);
    await flushPromises();
    assert.equal(network.calls.length, 2);
    answer.close();
  });
}

test('a page that is hidden does not connect for it', async () => {
  const { network, answer, post } = await start();
  post.break();
  await flushPromises();
  document.hidden = true;
  happens('visibilitychange');
  await flushPromises();
  assert.equal(network.calls.length, 1);
  answer.close();
});

test('nothing is left behind by an answer that was closed in a wait', async () => {
  const { network, answer, post } = await start();
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
  const { network, answer, post } = await start({ headers: () => ({ authorization: `Bearer ${++requests}` }), csrfToken: () => `t${++tokens}` });
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
