import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { useFakeClock } from '../support/fake-clock.js';
import { flushPromises } from '../support/network.js';
import { following, start } from '../support/stopping.js';

useFakeClock(0);

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

for (const [what, respond] of [['refused', (get) => get.refuse(502)], ['cut', (get) => get.fail()]]) {
  test(`a confirmed stop ends the answer when GETs are ${what}`, async () => {
    const { network, answer, post } = await start();
    post.break();
    respond(await following(network));
    await flushPromises();
    const stopping = answer.stop();
    (await network.next()).refuse(202);
    await stopping;
    respond(await network.next());
    assert.equal((await answer.finished).state, 'stopped');
  });
}

test('a confirmed stop ends the answer when the GET on its way finds the run gone', async () => {
  const { network, answer, post } = await start();
  post.break();
  const get = await following(network);
  const stopping = answer.stop();
  (await network.next()).refuse(202);
  await stopping;
  get.refuse(404);
  assert.equal((await answer.finished).state, 'stopped');
});

for (const status of [404, 410]) {
  test(`a ${status} in answer to the DELETE says that nothing runs any more, which is what was wanted`, async () => {
    const { network, answer, post } = await start();
    const stopping = answer.stop();
    (await network.next()).refuse(status);
    await stopping;
    post.break();
    (await following(network)).refuse(status);
    assert.equal((await answer.finished).state, 'stopped');
  });

  test(`stop of an answer that has failed because its run is gone (${status}) resolves`, async () => {
    const { network, answer, post } = await start();
    post.break();
    (await following(network)).refuse(status);
    assert.equal((await answer.finished).state, 'failed');
    const stopping = answer.stop();
    (await network.next()).refuse(status);
    await stopping;
    assert.equal(answer.state, 'failed');
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
