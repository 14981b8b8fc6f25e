const longest = 15_000; // milliseconds, unless the server asks for more

/**
 * Waits between attempts: exponential backoff with full jitter, so that the readers of a server that restarts do not all
 * come back at once.
 */
export class Backoff {
  /** Milliseconds; the stream's `retry:` sets it. */
  base = 1000;
  /** @type {Set<(always: boolean) => void>} */
  #waiting = new Set();

  /**
   * @param {number} attempt how many have failed, from 1
   * @param {number} [retryAfter] seconds that the server asked for; nothing but `wake(true)` shortens these
   * @returns {Promise<void>}
   */
  wait(attempt, retryAfter = 0) {
    const most = Math.min(this.base * 2 ** (attempt - 1), Math.max(this.base, longest));
    return new Promise((resolve) => {
      /** @param {boolean} always */
      const end = (always) => {
        if (retryAfter && !always) return;
        clearTimeout(timer);
        this.#waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, retryAfter * 1000 + Math.random() * most, true);
      this.#waiting.add(end);
    });
  }

  /** Ends the waits. @param {boolean} [always] those that the server asked for, too */
  wake(always = false) {
    for (const end of this.#waiting) end(always);
  }
}
