/**
 * One iteration over an answer's text. It holds only what has not been taken yet, joined into one string.
 *
 * @implements {AsyncIterableIterator<string>}
 */
export class TextReader {
  #pending;
  #leave;
  #ended = false;
  /** @type {{ reason: unknown } | undefined} */
  #failure;
  /** @type {Promise<void> | undefined} */
  #change;
  #wake = () => {};

  /**
   * @param {string} text what has arrived already
   * @param {() => void} leave called when the reader goes before the end
   */
  constructor(text, leave) {
    this.#pending = text;
    this.#leave = leave;
  }

  /** @param {string} text */
  push(text) {
    this.#pending += text;
    this.#changed();
  }

  /**
   * No more text. The pending text is still given; then the iteration ends, or throws the failure's reason.
   *
   * @param {{ reason: unknown }} [failure]
   */
  end(failure) {
    this.#ended = true;
    this.#failure = failure;
    this.#changed();
  }

  /** @returns {Promise<IteratorResult<string, undefined>>} */
  async next() {
    while (!this.#pending && !this.#ended) {
      await (this.#change ??= new Promise((resolve) => (this.#wake = resolve)));
    }
    const value = this.#pending;
    this.#pending = '';
    if (value) return { value, done: false };
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.reason;
    return { value: undefined, done: true };
  }

  /** @returns {Promise<IteratorResult<string, undefined>>} */
  async return() {
    this.#pending = '';
    this.end();
    this.#leave();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  #changed() {
    this.#change = undefined;
    this.#wake();
  }
}
