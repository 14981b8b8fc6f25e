import { createAnswer } from './answer.js';
import { createLink, plain } from './link.js';

/** @typedef {import('./answer.js').AnswerOptions & import('./link.js').LinkOptions} AskOptions */

/**
 * @typedef {object} Position
 * @property {string | number} [after] id or number of the last event read; from the start unless given
 * @property {string} [text] the text up to there. With it the answer is whole, and its length is checked at the end
 */

/**
 * Asks, and reads the answer as it is written. The question is posted once: after a cut the run that it started is read on.
 * Only a POST that got no response at all is repeated, under the same `Idempotency-Key`.
 *
 * @param {string | URL} url
 * @param {unknown} body an object becomes JSON; FormData and URLSearchParams go as they are
 * @param {AskOptions} [options]
 * @returns {import('./answer.js').Answer}
 */
export function ask(url, body, options = {}) {
  return createAnswer(options, (sink) => createLink(String(url), options, sink, body));
}

/**
 * Reads a run that is there already: after a reload, in a second tab. Nothing is posted.
 *
 * @param {string | URL} url the run's own: `answer.url`, such as `/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA`
 * @param {AskOptions & Position} [options]
 * @returns {import('./answer.js').Answer}
 */
export function attach(url, { after = '', text, ...options } = {}) {
  const address = String(url);
  const id = plain(address).split('/').pop() ?? '';
  const number = Number(String(after).split('.').pop());
  const known = { id, url: address, text: text ?? '', lastEventId: number ? `${id}.${number}` : '' };
  return createAnswer(options, (sink) => createLink(address, options, sink, undefined, number), known, !number || text !== undefined);
}
