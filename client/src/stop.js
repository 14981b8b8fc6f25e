import { TokenfallError } from './errors.js';
import { prepareRequest } from './request.js';
import { responseError } from './response.js';
import { attemptTimeout, maxRetryAfter, retryTime } from './timing.js';

// 404 and 410: nothing is left to stop. A 200 would be a sign-in page, or another page that is not the server's.
const confirmations = [202, 204, 404, 410];

/**
 * Stops a run on the server.
 *
 * @param {import('./connection.js').ConnectionOptions} options
 * @param {ReturnType<typeof import('./backoff.js').createBackoff>} backoff
 * @param {object} run
 * @param {() => string | undefined} run.runUrl
 * @param {() => boolean} run.isOver whether its terminal event was read
 * @param {() => Promise<void>} run.learnRun resolves once its URL is known or nothing runs; throws if it may run but cannot be found
 * @param {() => void} run.onConfirmed
 */
export function createStop(options, backoff, { runUrl, isOver, learnRun, onConfirmed }) {
  let confirmed = false;
  let waiting = false;
  /** @type {Promise<void> | undefined} */
  let stopping;

  async function stop() {
    if (!runUrl()) await learnRun();
    const url = runUrl();
    if (!url) return; // nothing runs
    const attempts = backoff.attempts({ time: options.retryTime ?? retryTime, longestAsked: maxRetryAfter });
    while (!confirmed && !isOver()) {
      await sendDelete(url).catch((/** @type {TokenfallError} */ error) => {
        const mayPass = error.retryable || (error.status ?? 0) >= 500;
        if (!mayPass || (error.retryAfter ?? 0) * 1000 > maxRetryAfter) throw error;
        return attempts.wait(error);
      });
    }
  }

  /** @param {string} url */
  async function sendDelete(url) {
    // keepalive lets the request complete even if the page is closed right after.
    const send = await prepareRequest(url, () => ({ method: 'DELETE', keepalive: true }), options, AbortSignal.timeout(attemptTimeout));
    const response = await send();
    if (!confirmations.includes(response.status)) {
      if (response.status >= 400) throw await responseError(response);
      throw new TokenfallError('refused', `The server did not confirm the stop: status ${response.status}.`, { status: response.status, retryable: true });
    }
    confirmed = true;
    onConfirmed();
  }

  return {
    /** @returns {Promise<void>} resolves when the server has confirmed, or nothing runs (any more); rejects otherwise */
    stop() {
      waiting = true;
      return (stopping ??= stop().finally(() => {
        waiting = false;
        stopping = undefined;
      }));
    },
    isWaiting: () => waiting,
    isConfirmed: () => confirmed,
  };
}
