import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { ask, attach } from '../src/index.js';
import { openEvents, serve } from '../support/server.js';
import { answerOf, run, wire } from '../support/wire.js';

// Waits between attempts are random parts of a second and more: here they are over at once.
beforeEach(() => mock.method(Math, 'random', () => 0));

const events = answerOf(['Wa', 'ter', ', fall', 'ing.']);

/** A run's endpoint: reads go on where the request says; `cut` says after how many events a response ends, and how. */
const serveRun = (t, cut) => serve(t, (response, { method, headers }) => {
  if (method === 'DELETE') return response.writeHead(202).end();
  const after = Number(headers['last-event-id']?.split('.')[1] ?? 0);
  openEvents(response, { location: method === 'POST' ? `/ask/stream/${run}` : undefined });
  return cut(response, after, (count) => wire(events.slice(after, after + count), { first: after + 1 }));
});

for (const [how, end] of [['a reset', (response) => response.destroy()], ['a clean end', (response) => response.end()]]) {
  test(`an answer cut by ${how} after every event is read on to its end, with one POST`, async (t) => {
    const { url, requests } = await serveRun(t, (response, _, next) => response.write(next(1), () => setImmediate(() => end(response))));
    const { state, text } = await ask(url, { prompt: 'Hi' }).finished;
    assert.deepEqual([state, text], ['done', 'Water, falling.']);
    assert.deepEqual(requests.map(({ method, headers }) => `${method} ${headers['last-event-id'] ?? ''}`), [
      'POST ', ...[1, 2, 3, 4, 5].map((n) => `GET ${run}.${n}`),
    ]);
    assert.deepEqual(new Set(requests.slice(1).map((request) => request.url)), new Set([`/ask/stream/${run}`]));
  });
}

test('a run is attached to from its start, and from an event of it', async (t) => {
  const { url, requests } = await serveRun(t, (response, _, next) => response.end(next(99)));
  const whole = attach(`${url}/${run}`);
  assert.equal((await whole.finished).text, 'Water, falling.');
  assert.deepEqual([whole.id, whole.url, whole.lastEventId], [run, `${url}/${run}`, `${run}.6`]);
  for (const after of [3, '3', `${run}.3`]) {
    const { state, text } = await attach(`${url}/${run}`, { after }).finished; // its length cannot be checked
    assert.deepEqual([state, text], ['done', ', falling.']);
    assert.equal((await attach(`${url}/${run}`, { after, text: 'Water' }).finished).text, 'Water, falling.');
    assert.equal((await attach(`${url}/${run}`, { after, text: 'Wate' }).finished).error?.code, 'incomplete');
  }
  assert.deepEqual(new Set(requests.map(({ method }) => method)), new Set(['GET']));
});

test('an answer attached to with no text is whole when the caller says that there was none', async (t) => {
  const { url } = await serveRun(t, (response, _, next) => response.end(next(99)));
  const { error } = await attach(`${url}/${run}`, { after: 2, text: '' }).finished;
  assert.equal(error?.code, 'incomplete');
});

test('stop ends the run on the server, and the answer as the server says', async (t) => {
  let stopped;
  const { url, requests } = await serve(t, (response, { method }) => {
    if (method === 'DELETE') {
      response.writeHead(202).end();
      stopped.end(wire([['done', { stop_reason: 'stopped', chars: 2 }]], { first: 3 }));
      return;
    }
    stopped = response;
    openEvents(response, { location: `/ask/stream/${run}` });
    response.write(wire(events.slice(0, 2), { first: 1 }));
  });
  const answer = ask(url, {}, { csrfToken: () => 't1', onText: (_, given) => void given.stop() });
  const { state, text } = await answer.finished;
  assert.deepEqual([state, text], ['stopped', 'Wa']);
  const { method, url: path, headers } = requests.at(-1);
  assert.deepEqual([method, path, headers['x-csrf-token']], ['DELETE', `/ask/stream/${run}`, 't1']);
});
