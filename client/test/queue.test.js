import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { ask } from '../src/index.js';
import { useFakeClock } from '../support/fake-clock.js';
import { createNetwork, flushPromises } from '../support/network.js';
import { answerOf, run, wire } from '../support/wire.js';

useFakeClock(0);

const queuedAt = (position) => `event: queued\ndata: {"position":${position}}\nid: ${run}.0\n\n`;
const wholeAnswer = wire(answerOf(['Water']), { first: 1 });

/** An answer whose run waits in the queue. */
async function startQueued(location) {
  const network = createNetwork();
  const states = [];
  const answer = ask('/ask/stream', {}, { fetch: network.fetch, onState: (state, { position }) => states.push([state, position]) });
  const post = await network.next();
  post.open(location);
  post.write(queuedAt(3));
  await flushPromises();
  return { network, states, answer, post };
}

async function nextRequest(network) {
  await flushPromises();
  mock.timers.tick(0);
  return network.next();
}

test('a queued answer reports its position at every change, and then starts', async () => {
  const { answer, states, post } = await startQueued();
  post.write(queuedAt(3) + queuedAt(2) + wholeAnswer);
  const { state, text } = await answer.finished;
  assert.deepEqual([state, text, answer.position], ['done', 'Water', undefined]);
  assert.deepEqual(states, [
    ['thinking', undefined], ['queued', 3], ['queued', 2], ['thinking', undefined], ['streaming', undefined], ['done', undefined],
  ]);
});

test('a queued event names the run, so a lost connection resumes and never posts twice', async () => {
  const { network, answer, states, post } = await startQueued(''); // no Location
  assert.equal(await answer.accepted, `/ask/stream/${run}`);
  post.break();
  const get = await nextRequest(network);
  assert.deepEqual([get.method, get.url, get.headers['last-event-id']], ['GET', `/ask/stream/${run}`, undefined]);
  get.open();
  get.write(queuedAt(1) + wholeAnswer);
  assert.equal((await answer.finished).text, 'Water');
  assert.deepEqual(states.map(([state]) => state), ['thinking', 'queued', 'reconnecting', 'queued', 'queued', 'thinking', 'streaming', 'done']);
  assert.deepEqual(network.calls.map(({ method }) => method), ['POST', 'GET']);
});

test('stop removes a queued run from the server', async () => {
  const { network, answer, post } = await startQueued();
  const stopping = answer.stop();
  const call = await network.next();
  assert.equal(`${call.method} ${call.url}`, `DELETE /ask/stream/${run}`);
  call.refuse(202);
  await stopping;
  post.write(wire([['done', { stop_reason: 'stopped', chars: 0 }]], { first: 1 }));
  assert.equal((await answer.finished).state, 'stopped');
});

test('queued events count as progress: failures before them are forgotten', async () => {
  const { network, answer, post } = await startQueued();
  post.break();
  for (let i = 0; i < 12; i++) {
    const get = await nextRequest(network);
    get.open();
    get.write(queuedAt(1));
    await flushPromises();
    get.break();
  }
  await flushPromises();
  assert.equal(answer.state, 'reconnecting');
  answer.close();
});
