import { newId } from './id.js';
import { tab } from './tab.js';

/**
 * A question and its answer.
 *
 * @typedef {object} Turn
 * @property {string} id
 * @property {string} key the Idempotency-Key of its question: sent again after a reload, it is the same run
 * @property {number} [attempt] how often it has been asked, this time included; once unless given
 * @property {string} [by] the tab that asks
 * @property {string} question
 * @property {'open' | 'done' | 'stopped' | 'failed'} state `open` while a run may be at work
 * @property {string} text the answer so far
 * @property {string} [thinking] the model's reasoning
 * @property {string} [url] the run's, once the server has named it
 * @property {string} [after] the id of the last event in `text`: reading goes on there
 * @property {number} [firstText] milliseconds from the question to the first text
 * @property {{ inputTokens?: number, outputTokens?: number }} [usage]
 * @property {string} [stopReason]
 * @property {Failure} [error]
 */

/** @typedef {{ code: string, message: string, retryable: boolean, requestId?: string }} Failure */

/** What a turn is before its answer; spelled out, so that asking again forgets the last one. */
export const blank = Object.freeze({
  state: /** @type {const} */ ('open'), text: '', thinking: undefined, url: undefined, after: undefined, firstText: undefined, usage: undefined, stopReason: undefined, error: undefined,
});

/**
 * What a turn that is asked once more gets. The key follows from the turn: two tabs that ask again at once, before
 * either has heard of the other, ask under the same key, and the server answers both with one run.
 *
 * @param {Turn} turn
 */
export function nextAttempt({ id, attempt = 1 }) {
  return { attempt: attempt + 1, key: `${id}-${attempt + 1}` };
}

/**
 * @param {string} question
 * @returns {Turn}
 */
export const newTurn = (question) => ({ ...blank, id: newId(), key: newId(), by: tab, question });
