import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { ask } from '../src/index.js';
import { createNetwork, flushPromises } from './network.js';
import { answerOf, wire } from './wire.js';

const events = answerOf(['Wa', 'ter', ', fall', 'ing.']);

/** The answer's events of these numbers. */
export const part = (from, to) => wire(events.slice(from - 1, to), { first: from });

/** The answer's events from this number to its end. */
export const rest = (from) => part(from, events.length);

/** An answer, "Water, falling.", whose first two events have been read. */
export async function startReading(options) {
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
export async function comesAfter(milliseconds, { calls }) {
  const before = calls.length;
  await flushPromises();
  mock.timers.tick(milliseconds - 1);
  await flushPromises();
  assert.equal(calls.length, before, `a request came before ${milliseconds} ms`);
  mock.timers.tick(1);
  await flushPromises();
  assert.equal(calls.length, before + 1, `no request came after ${milliseconds} ms`);
}

/** Lets time pass in steps, and answers every request after the first; returns how long it took until the answer ended. */
export async function untilEnd(network, answer, respond) {
  const begin = Date.now();
  for (let answered = 1; answer.state === 'reconnecting' && Date.now() - begin < 600_000; ) {
    mock.timers.tick(500);
    await flushPromises();
    for (; answered < network.calls.length; answered++) respond(network.calls[answered]);
    await flushPromises();
  }
  return Date.now() - begin;
}
