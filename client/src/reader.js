/**
 * One iteration over an answer's text. It holds only what has not been taken yet, joined into one string.
 *
 * @typedef {object} TextReader
 * @property {(text: string) => void} push
 * @property {(failure?: { reason: unknown }) => void} end no more text: what is pending is still given, then the iteration ends,
 *   or throws the failure's reason
 * @property {AsyncIterableIterator<string>} iterator
 */

/**
 * @param {string} pending what has arrived already
 * @param {() => void} leave called when the reader goes before the end
 * @returns {TextReader}
 */
export function createReader(pending, leave) {
  let ended = false;
  /** @type {{ reason: unknown } | undefined} */
  let failure;
  /** @type {Promise<void> | undefined} */
  let change;
  let wake = () => {};

  function changed() {
    change = undefined;
    wake();
  }

  /** @param {{ reason: unknown }} [why] */
  function end(why) {
    ended = true;
    failure = why;
    changed();
  }

  return {
    end,
    push(text) {
      pending += text;
      changed();
    },
    iterator: {
      async next() {
        while (!pending && !ended) await (change ??= new Promise((resolve) => (wake = resolve)));
        const value = pending;
        pending = '';
        if (value) return { value, done: false };
        const why = failure;
        failure = undefined;
        if (why) throw why.reason;
        return { value: undefined, done: true };
      },
      async return() {
        pending = '';
        end();
        leave();
        return this.next();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
