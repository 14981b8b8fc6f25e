const maxDoublings = 4; // a delay is at most sixteen times the base
const maxRetryAfter = 60; // seconds; a longer wait is for the caller to decide

/**
 * Delays between attempts: exponential backoff with full jitter, so that the readers of a restarted server do not all
 * reconnect at the same moment.
 */
export function createBackoff() {
  /** @type {Set<(force?: boolean) => void>} */
  const waits = new Set();
  const backoff = {
    /** Base delay in milliseconds; the stream's `retry:` field sets it. */
    base: 1000,

    /**
     * Waits until the next attempt is due.
     *
     * @param {unknown} error why another attempt is needed
     * @param {number} failures failures in a row, this one included
     * @param {number} retries how many are allowed
     * @returns {Promise<void>}
     * @throws the error, if there should be no other attempt
     */
    wait(error, failures, retries) {
      const { retryable, retryAfter = 0 } = /** @type {import('./errors.js').TokenfallError} */ (error);
      if (!retryable || failures > retries || retryAfter > maxRetryAfter) throw error;
      const maxDelay = backoff.base * 2 ** Math.min(failures - 1, maxDoublings);
      return new Promise((resolve) => {
        const end = (force = false) => {
          if (retryAfter && !force) return;
          clearTimeout(timer);
          waits.delete(end);
          resolve();
        };
        const timer = setTimeout(end, retryAfter * 1000 + Math.random() * maxDelay, true);
        waits.add(end);
      });
    },

    /**
     * Ends all waits at once.
     *
     * @param {boolean} [force] also those that the server asked for with `Retry-After`
     */
    endWaits: (force) => waits.forEach((end) => end(force)),
  };
  return backoff;
}
