import { announce, make, makeButton } from '../dom.js';

/** @typedef {import('./answer-view.js').AnswerView} AnswerView */

/** The wait for a server that has no room now: the reader sees the seconds go, and may cut them short or give up. */
export class Busy {
  /** @type {Promise<boolean>} resolves to whether to ask again */
  over;
  /** @type {(again: boolean) => void} */
  #end = () => {};
  #timer = 0;

  /**
   * @param {AnswerView} view shows the wait
   * @param {number} seconds
   */
  constructor(view, seconds) {
    const left = make('span', 'left', String(seconds));
    const now = makeButton('Retry now', () => this.end(true));
    const due = performance.now() + seconds * 1000;
    this.over = new Promise((resolve) => (this.#end = resolve));
    this.#timer = setInterval(() => {
      const rest = Math.ceil((due - performance.now()) / 1000);
      left.textContent = String(Math.max(rest, 0));
      if (rest <= 0) this.end(true);
    }, 250);
    view.setState('busy', ['Retrying in ', left, ' s.'], now);
    announce(`The server is busy. Retrying in ${seconds} seconds.`);
  }

  /** @param {boolean} again */
  end(again) {
    clearInterval(this.#timer);
    this.#end(again);
  }
}
