import { createAnswer } from './answer.js';
import { createConnection, withoutQuery } from './connection.js';

/** @typedef {import('./events.js').AnswerOptions & import('./connection.js').ConnectionOptions} AskOptions */

/**
 * Where `attach` starts to read.
 *
 * @typedef {object} AttachPosition
 * @property {string | number} [after] id or number of the last event read; the start of the run by default
 * @property {string} [text] the text up to that event. With it, the answer holds the whole text, and its length is checked at
 *   the end
 */

/**
 * Asks a question and reads the answer as it is generated. The question is posted once; if the connection is lost, the same
 * run is read from where it left off. Only a POST that was not answered, or that a busy server did not accept, is sent again, with
 * the same `Idempotency-Key`.
 *
 * It returns at once and never throws: problems end the answer as `failed`, with a `TokenfallError` in `answer.error`.
 *
 * @param {string | URL} url the endpoint, such as `/ask/stream`
 * @param {unknown} body objects and arrays are sent as JSON; FormData, URLSearchParams, strings and Blobs as they are
 * @param {AskOptions} [options]
 * @returns {import('./answer.js').Answer}
 */
export function ask(url, body, options = {}) {
  return createAnswer(options, (observer) => createConnection({ url: String(url), body }, options, observer));
}

/**
 * Reads a run that already exists, after a reload or in a second tab. Nothing is posted.
 *
 * It returns at once and never throws: problems end the answer as `failed`, with a `TokenfallError` in `answer.error`.
 *
 * @param {string | URL} url the run's URL: `answer.url`, such as `/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA`
 * @param {AskOptions & AttachPosition} [options]
 * @returns {import('./answer.js').Answer}
 */
export function attach(url, { after = '', text, ...options } = {}) {
  const runUrl = String(url);
  const id = withoutQuery(runUrl).split('/').pop() ?? '';
  const number = Number(String(after).split('.').pop());
  const initial = { id, url: runUrl, text: text ?? '', lastEventId: number ? `${id}.${number}` : '' };
  const hasWholeText = !number || text !== undefined;
  return createAnswer(options, (observer) => createConnection({ runUrl, id, number }, options, observer), initial, hasWholeText);
}
