import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ask } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, run, wire } from '../support/wire.js';

const page = new EventTarget();
Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });

useFakeClock(0);

const named = (reader) => ({ 'tokenfall-reader': reader });
const events = answerOf(['Wa', 'ter']);

async function start(options) {
  const network = createNetwork();
  const answer = ask('/ask/stream?tenant=a', {}, { fetch: network.fetch, csrfToken: () => 't1', ...options });
  const post = await network.next();
  post.open(undefined, named('r1'));
  post.write(wire(events.slice(0, 2), { first: 1 }));
  await flushPromises();
  return { network, answer, post };
}

async function expectGoodBye(network, reader = 'r1') {
  const call = await network.next();
  assert.deepEqual([call.method, call.url, call.keepalive], ['DELETE', `/ask/stream/${run}/readers/${reader}`, true]);
  return call;
}

test('close says good-bye in the name of this reader', async () => {
  const { network, answer } = await start({ headers: { authorization: 'Bearer a' } });
  answer.close();
  const call = await expectGoodBye(network);
  assert.equal(call.headers.authorization, 'Bearer a');
  call.refuse(204);
});

test('leaving the loop and aborting the signal say good-bye, too', async () => {
  const first = await start();
  for await (const _ of first.answer) break;
  await expectGoodBye(first.network);
  const controller = new AbortController();
  const second = await start({ signal: controller.signal });
  controller.abort();
  await expectGoodBye(second.network);
});

test('a page that is left says good-bye, and goes on reading if it is only kept in the cache', async () => {
  const { network, answer, post } = await start();
  page.dispatchEvent(new Event('pagehide'));
  await expectGoodBye(network);
  post.write(wire(events.slice(2), { first: 3 }));
  assert.equal((await answer.finished).state, 'done');
});

test('a reader that reconnects names its earlier connection, and says good-bye in its new name', async () => {
  const { network, answer, post } = await start();
  post.break();
  const get = await following(network);
  assert.equal(get.headers['tokenfall-reader'], 'r1');
  get.open(undefined, named('r2'));
  await flushPromises();
  answer.close();
  await expectGoodBye(network, 'r2');
});

test('a good-bye while there is no connection ends the wait for the last one', async () => {
  const { network, answer, post } = await start();
  post.break();
  await flushPromises();
  answer.close();
  await expectGoodBye(network);
});

for (const [what, end] of [
  ['that has ended', async ({ answer, post }) => {
    post.write(wire(events.slice(2), { first: 3 }));
    await answer.finished;
  }],
  ['that was stopped', async ({ network, answer }) => {
    const stopping = answer.stop();
    (await network.next()).refuse(202);
    await stopping;
  }],
]) {
  test(`of a run ${what} nobody takes leave`, async () => {
    const started = await start();
    await end(started);
    const before = started.network.calls.length;
    started.answer.close();
    page.dispatchEvent(new Event('pagehide'));
    await flushPromises();
    assert.equal(started.network.calls.length, before);
  });
}

test('a good-bye that fails is nobody\'s failure', async () => {
  const { network, answer } = await start();
  answer.close();
  (await expectGoodBye(network)).fail();
  await flushPromises();
  assert.equal(answer.state, 'closed');
});

test('without a reader\'s name, as from another origin that does not expose it, there is no good-bye', async () => {
  const network = createNetwork();
  const answer = ask('/ask/stream', {}, { fetch: network.fetch });
  (await network.next()).open();
  await flushPromises();
  answer.close();
  await flushPromises();
  assert.equal(network.calls.length, 1);
});

async function following(network) {
  await flushPromises();
  mock.timers.tick(0);
  return network.next();
}
