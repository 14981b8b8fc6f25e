import { make, makeButton, makeIcon } from '../dom.js';

/** @typedef {import('./turn.js').Failure} Failure */

const runLost = 'The rest of this answer is no longer available: the server has deleted it. '
  + 'The text received so far is kept here. Retry asks the question again.';

/** What is shown of an answer that nobody was reading. @type {Failure} */
export const abandonedFailure = Object.freeze({
  code: 'abandoned',
  message: 'The server ended this answer, because nobody was reading it for too long. The text received so far is kept here. '
    + 'Retry asks the question again.',
  retryable: true,
});

/** What is shown of a question without an answer. @type {Failure} */
export const unansweredFailure = Object.freeze({ code: 'unanswered', message: 'This question has no answer. Retry asks it again.', retryable: true });

const unreachable = 'The server cannot be reached. The answer may have gone on: Retry looks for the rest of it first.';

/** Whether the server no longer has the run. @param {import('/client/index.js').TokenfallError} [error] */
export const isGone = (error) => error?.status === 404 || error?.status === 410;

/**
 * Describes an error for the user.
 *
 * @param {import('/client/index.js').TokenfallError} error
 * @param {boolean} mayGoOn whether there is a run that may still be there
 * @returns {Failure}
 */
export function toFailure(error, mayGoOn) {
  const { code, status, message, retryable, requestId, problem } = error;
  if (isGone(error)) return { code, message: runLost, retryable: true };
  if (code === 'abandoned') return abandonedFailure;
  if (mayGoOn && status !== 401 && status !== 403) return { code, message: unreachable, retryable: true, requestId };
  // A rejected question is explained by title and detail together.
  const title = status === 400 ? problem?.title : undefined;
  return { code, message: title && title !== message ? `${title}. ${message}` : message, retryable, requestId };
}

/**
 * @param {Failure} failure
 * @param {() => void} retry asks the question again
 * @param {boolean} live whether it happened just now; if so, screen readers read it
 */
export function makeFailure({ message, retryable, requestId }, retry, live) {
  const box = make('div', 'error', makeIcon('warning'), make('p', '', message));
  if (live) box.setAttribute('role', 'alert');
  if (requestId) box.append(make('p', 'request', `Request ${requestId}`));
  if (retryable) box.append(makeButton('Retry', retry));
  return box;
}
