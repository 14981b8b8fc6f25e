import { attemptTimeout, firstDelay, maxDelay, maxRetryAfter } from './timing.js';

const maxDoublings = 4; // a delay is at most sixteen times the base

/**
 * A row of attempts at the same thing.
 *
 * @typedef {object} Attempts
 * @property {(error: import('./errors.js').TokenfallError) => Promise<void>} wait counts a failure, and waits until the next
 *   attempt is due. Throws the error if there should be none
 * @property {() => void} opened there is a connection again, which may still fail
 * @property {() => void} progressed forgets all failures
 */

/**
 * Delays between attempts: exponential backoff with full jitter, so that the readers of a restarted server do not all
 * reconnect at the same moment.
 */
export function createBackoff() {
  /** @type {Map<() => void, boolean>} what ends a wait, and whether the server asked for it */
  const waits = new Map();

  const backoff = {
    /** Base delay in milliseconds; the stream's `retry:` field sets it. */
    base: firstDelay,

    /**
     * @param {{ time?: number, count?: number }} limits milliseconds without a connection, and failures. Neither is counted while the
     *   browser is offline
     * @returns {Attempts}
     */
    attempts({ time = Infinity, count = Infinity }) {
      let failures = 0;
      let lostTime = 0;
      /** @type {number | undefined} */
      let lostSince;

      function opened() {
        // By the clock, but not more than an attempt takes: a sleeping machine makes none.
        if (lostSince !== undefined && isOnline()) lostTime += Math.min(Date.now() - lostSince, maxRetryAfter + attemptTimeout);
        lostSince = undefined;
      }

      return {
        opened,
        progressed() {
          failures = lostTime = 0;
          lostSince = undefined;
        },
        async wait(error) {
          opened();
          lostSince = Date.now();
          failures++;
          if (isOnline() && (failures > count || lostTime >= time)) throw error;
          const jitter = Math.random() * Math.min(backoff.base * 2 ** Math.min(failures - 1, maxDoublings), Math.max(backoff.base, maxDelay));
          const asked = Math.min((error.retryAfter ?? 0) * 1000, maxRetryAfter);
          await backoff.delay(asked + jitter, asked > 0);
        },
      };
    },

    /**
     * @param {number} milliseconds
     * @param {boolean} asked whether the server asked for it
     * @returns {Promise<void>}
     */
    delay: (milliseconds, asked) => new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waits.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      waits.set(end, asked);
    }),

    /** Whether a wait goes on that the server asked for. */
    isHeld: () => [...waits.values()].includes(true),

    /**
     * Ends all waits at once.
     *
     * @param {boolean} [force] also those that the server asked for with `Retry-After`
     */
    endWaits: (force) => waits.forEach((asked, end) => (force || !asked) && end()),
  };
  return backoff;
}

const isOnline = () => globalThis.navigator?.onLine !== false;
