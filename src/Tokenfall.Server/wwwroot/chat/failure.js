import { make, makeButton, makeIcon } from '../dom.js';

/** @typedef {import('./turn.js').Failure} Failure */

const runLost = 'The rest of this answer is no longer available: the server was restarted, or has deleted the answer. '
  + 'The text received so far is kept here. Retry asks the question again.';

const abandoned = 'The server ended this answer, because nobody was reading it for too long. The text received so far is kept here. '
  + 'Retry asks the question again.';

const unreachable = 'The server cannot be reached. The answer may have gone on: Retry looks for the rest of it first.';

/** What is shown of a question whose page was closed before it knew the run. @type {Failure} */
export const unconfirmed = Object.freeze({
  code: 'unconfirmed',
  message: 'The page was closed before the server had confirmed this question. Retry asks it again, or continues its answer if that has begun.',
  retryable: true,
});

/** Whether the server no longer has the run. @param {import('/client/index.js').TokenfallError} [error] */
export const isGone = (error) => error?.status === 404 || error?.status === 410;

/**
 * Describes an error for the user, small enough to be stored with the turn.
 *
 * @param {import('/client/index.js').TokenfallError} error
 * @param {boolean} mayGoOn whether there is a run that may still be there
 * @returns {Failure}
 */
export function toFailure(error, mayGoOn) {
  const { code, status, message, retryable, requestId, problem } = error;
  if (isGone(error)) return { code, message: runLost, retryable: true };
  if (code === 'abandoned') return { code, message: abandoned, retryable: true };
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
