import { make, makeButton, makeIcon } from '../dom.js';

/** @typedef {import('./turn.js').Failure} Failure */

const runLost = 'The rest of this answer is no longer available: the server was restarted, or has deleted the answer. '
  + 'The text received so far is kept here. Retry asks the question again.';

/**
 * Describes an error for the user, small enough to be stored with the turn.
 *
 * @param {import('/client/index.js').TokenfallError} error
 * @returns {Failure}
 */
export function toFailure({ code, status, message, retryable, requestId, problem }) {
  if (status === 404) return { code, message: runLost, retryable: true };
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
