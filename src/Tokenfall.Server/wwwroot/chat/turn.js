import { newId } from './id.js';
import { tabId } from './tab.js';

/**
 * A question and its answer.
 *
 * @typedef {object} Turn
 * @property {string} id
 * @property {string} key the Idempotency-Key of its question: with it, asking again after a reload attaches to the same run
 * @property {number} [attempt] how often it has been asked, this time included; 1 by default
 * @property {string} [by] the id of the tab that asks it
 * @property {string} question
 * @property {'open' | 'done' | 'stopped' | 'failed'} state `open` while its run may be active
 * @property {string} text the answer so far
 * @property {string} [thinking] the model's reasoning
 * @property {string} [url] the run's URL, once known
 * @property {string} [after] the id of the last event in `text`, where reading continues
 * @property {number} [firstText] milliseconds from the question to the first text
 * @property {{ inputTokens?: number, outputTokens?: number, quality?: string }} [usage]
 * @property {string} [stopReason]
 * @property {boolean} [resumable] whether its run may still be there although reading it has failed
 * @property {Failure} [error]
 */

/** @typedef {{ code: string, message: string, retryable: boolean, requestId?: string }} Failure */

/** A turn without an answer. Every field is spelled out, so that asking again clears the previous answer. */
export const unanswered = Object.freeze({
  state: /** @type {const} */ ('open'), text: '', thinking: undefined, url: undefined, after: undefined, firstText: undefined, usage: undefined, stopReason: undefined, resumable: undefined, error: undefined,
});

/**
 * The fields of a turn that is asked again. The key is derived from the turn, so that two tabs that ask again at the same time
 * use the same key, and the server answers both with one run.
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
export const newTurn = (question) => ({ ...unanswered, id: newId(), key: newId(), by: tabId, question });
