/** Notices that a connection has fallen silent. One timer, moved only when it fires: a chunk costs a time stamp. */
export class Watchdog {
  #last = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #patience;
  #bark;

  /**
   * @param {number} patience milliseconds of silence
   * @param {() => void} bark called once, when they have passed
   */
  constructor(patience, bark) {
    this.#patience = patience;
    this.#bark = bark;
    this.#arm();
  }

  /** Milliseconds since something arrived. By the clock: timers sleep while a phone does. */
  get silence() {
    return Date.now() - this.#last;
  }

  arrived() {
    this.#last = Date.now();
  }

  end() {
    clearTimeout(this.#timer);
  }

  #arm() {
    this.#timer = setTimeout(() => {
      if (this.silence >= this.#patience) this.#bark();
      else this.#arm();
    }, this.#patience - this.silence);
  }
}
