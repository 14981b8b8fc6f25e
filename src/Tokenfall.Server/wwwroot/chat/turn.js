import { abandonedFailure } from './failure.js';

/**
 * @typedef {object} Question
 * @property {string} id
 * @property {string} [parent] the id of the answer that it follows; none for a first question
 * @property {string} text
 * @property {boolean} stored whether the server has it
 * @property {Turn[]} turns one for each of its answers, oldest first
 * @property {Turn} [chosen] the one that the reader has switched to; the newest by default
 */

/**
 * A question with one of its answers.
 *
 * @typedef {object} Turn
 * @property {Question} question
 * @property {string} [id] of the answer, and of its run; unknown until the server has accepted the question
 * @property {'open' | 'done' | 'stopped' | 'failed'} state `open` while its run may be active
 * @property {string} text the answer so far
 * @property {string} [thinking] the model's reasoning
 * @property {string} [url] the run's URL, once known
 * @property {string} [after] the id of the last event in `text`, where reading continues
 * @property {number} [firstText] milliseconds from the question to the first text
 * @property {{ inputTokens?: number, outputTokens?: number, quality?: string }} [usage]
 * @property {string} [stopReason]
 * @property {boolean} [resumable] whether its run may still be there although reading it has failed
 * @property {boolean} [gone] whether the server no longer had its run when this page wanted to read it
 * @property {Failure} [error]
 */

/** @typedef {{ code: string, message: string, retryable: boolean, requestId?: string }} Failure */

/** @param {Question} question @returns {Turn} a turn that is not answered yet */
export const createTurn = (question) => ({ question, state: 'open', text: '' });

/** A turn whose reading failed, made readable again. */
export const reopened = Object.freeze({ state: /** @type {const} */ ('open'), resumable: undefined, error: undefined });

/**
 * The turn's idempotency key: the same for everyone who asks this question for its n-th answer, so that a repeated request, and
 * two tabs that ask again at the same time, get one run.
 *
 * @param {Turn} turn
 */
export const keyOf = ({ question }) => `${question.id}-${question.turns.filter(({ id }) => id).length}`;

/**
 * The fields of an answer as the server stores it.
 *
 * @param {any} message
 * @returns {Omit<Turn, 'question'>}
 */
export function fromMessage({ id, parts, state, stream, ...end }) {
  const textOf = (/** @type {string} */ type) => (parts ?? []).filter((/** @type {any} */ part) => part.type === type).map((/** @type {any} */ part) => part.text).join('');
  return {
    id,
    state: state === 'writing' ? 'open' : state === 'abandoned' ? 'failed' : state,
    text: textOf('text'),
    thinking: textOf('reasoning') || undefined,
    url: stream,
    usage: { inputTokens: end.input_tokens, outputTokens: end.output_tokens, quality: end.usage },
    stopReason: end.stop_reason,
    error: state === 'abandoned' ? abandonedFailure : state === 'failed' ? { code: end.code, message: end.message, retryable: end.retryable } : undefined,
  };
}
