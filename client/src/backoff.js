const doublings = 4; // so that a wait is at most sixteen times the first
const longestRetryAfter = 60; // seconds; a longer one is for the caller to decide on

/**
 * Waits between attempts: exponential backoff with full jitter, so that the readers of a server that restarts do not all come
 * back at once.
 */
export function createBackoff() {
  /** @type {Set<(always?: boolean) => void>} */
  const waiting = new Set();
  const backoff = {
    /** Milliseconds; the stream's `retry:` sets it. */
    base: 1000,

    /**
     * Resolves when it is time for the next attempt.
     *
     * @param {unknown} error why there has to be one
     * @param {number} failures how many there have been, this one included
     * @param {number} retries how many there may be
     * @returns {Promise<void>}
     * @throws the error, when there is to be no other attempt
     */
    next(error, failures, retries) {
      const { retryable, retryAfter = 0 } = /** @type {import('./errors.js').TokenfallError} */ (error);
      if (!retryable || failures > retries || retryAfter > longestRetryAfter) throw error;
      const most = backoff.base * 2 ** Math.min(failures - 1, doublings);
      return new Promise((resolve) => {
        const end = (always = false) => {
          if (retryAfter && !always) return;
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, retryAfter * 1000 + Math.random() * most, true);
        waiting.add(end);
      });
    },

    /** Ends the waits; those that the server asked for only with `always`. @param {boolean} [always] */
    wake: (always) => waiting.forEach((end) => end(always)),
  };
  return backoff;
}
