import { attemptTimeout, firstDelay, maxDelay, maxResumeRetryAfter } from './timing.js';

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
     * @param {number} failures in a row
     * @returns {number} a random part of a delay, in milliseconds
     */
    jitter: (failures) => Math.random() * Math.min(backoff.base * 2 ** Math.min(failures - 1, maxDoublings), Math.max(backoff.base, maxDelay)),

    /**
     * @param {{ time?: number, count?: number, attemptTime?: number, longestAsked?: number }} limits milliseconds without a connection,
     *   and failures, neither of which is counted while the browser is offline; milliseconds that an attempt takes, and those that
     *   `Retry-After` may ask for
     * @returns {Attempts}
     */
    attempts({ time = Infinity, count = Infinity, attemptTime = attemptTimeout, longestAsked = maxResumeRetryAfter }) {
      let failures = 0;
      let lostTime = 0;
      let planned = 0; // the delay before the next attempt
      /** @type {number | undefined} */
      let lostSince;

      function opened() {
        // By the clock, but not more than the delay and the attempt take: a sleeping machine makes no attempts.
        if (lostSince !== undefined && isOnline()) lostTime += Math.min(Date.now() - lostSince, planned + attemptTime);
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
          const asked = Math.min((error.retryAfter ?? 0) * 1000, longestAsked);
          planned = asked + backoff.jitter(failures);
          await backoff.delay(planned, asked > 0);
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
