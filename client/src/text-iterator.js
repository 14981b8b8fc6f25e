/**
 * One iteration over an answer's text. It holds only the text that has not been consumed, joined into one string.
 *
 * @typedef {object} TextIterator
 * @property {(text: string) => void} push
 * @property {(failure?: { reason: unknown }) => void} end no more text will come: the iteration yields what is pending, then
 *   ends or throws the failure's reason
 * @property {AsyncIterableIterator<string>} iterator
 */

/**
 * @param {string} pending the text received so far
 * @param {() => void} onReturn called when the consumer leaves before the end
 * @returns {TextIterator}
 */
export function createTextIterator(pending, onReturn) {
  let ended = false;
  /** @type {{ reason: unknown } | undefined} */
  let failure;
  /** @type {Promise<void> | undefined} */
  let change;
  let resolveChange = () => {};

  function changed() {
    change = undefined;
    resolveChange();
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
        while (!pending && !ended) await (change ??= new Promise((resolve) => (resolveChange = resolve)));
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
        onReturn();
        return this.next();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
