import { make, makeButton, makeIcon } from '../dom.js';

/** @typedef {import('./turn.js').Failure} Failure */

const lost = 'This answer cannot be read on: the server was restarted, or it no longer keeps the answer. '
  + 'What had arrived is kept here. Retry asks the question again.';

/**
 * What went wrong, in words for the reader, and small enough to be kept.
 *
 * @param {import('/client/index.js').TokenfallError} error
 * @returns {Failure}
 */
export function describe({ code, status, message, retryable, requestId, problem }) {
  if (status === 404) return { code, message: lost, retryable: true };
  // Why a question is refused is said by title and detail together.
  const title = status === 400 ? problem?.title : undefined;
  return { code, message: title && title !== message ? `${title}. ${message}` : message, retryable, requestId };
}

/**
 * @param {Failure} failure
 * @param {() => void} retry asks the same question again
 * @param {boolean} live whether it happened just now; then it is read aloud
 */
export function makeFailure({ message, retryable, requestId }, retry, live) {
  const box = make('div', 'error', makeIcon('warning'), make('p', '', message));
  if (live) box.setAttribute('role', 'alert');
  if (requestId) box.append(make('p', 'request', `Request ${requestId}`));
  if (retryable) box.append(makeButton('Retry', retry));
  return box;
}
