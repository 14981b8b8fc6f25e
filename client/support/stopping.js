import { mock } from 'node:test';
import { ask } from '../src/index.js';
import { createNetwork, flushPromises } from './network.js';
import { answerOf, wire } from './wire.js';

/** The end of a run that was stopped. */
export const stoppedAt = (number, chars) => wire([['done', { stop_reason: 'stopped', chars, output_tokens: 1 }]], { first: number });

/** A question that has not been answered yet. */
export function question(options) {
  const network = createNetwork();
  return { network, answer: ask('/ask/stream', {}, { fetch: network.fetch, csrfToken: () => 't1', ...options }) };
}

/** A question with an answer under way. */
export async function start(options) {
  const { network, answer } = question(options);
  const post = await network.next();
  post.open();
  post.write(wire(answerOf(['Wa']).slice(0, 2), { first: 1 }));
  await flushPromises();
  return { network, answer, post };
}

/** The next request, once the wait before it is over. */
export async function following(network) {
  await flushPromises();
  mock.timers.tick(0);
  return network.next();
}
