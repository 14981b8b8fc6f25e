import { announce, make, makeButton } from '../dom.js';

/** @typedef {import('./answer-view.js').AnswerView} AnswerView */

/** The wait before a busy server is asked again. The user sees a countdown, and can retry at once or stop. */
export class RetryCountdown {
  /** @type {Promise<boolean>} resolves to whether to ask again */
  finished;
  /** @type {(retry: boolean) => void} */
  #resolve = () => {};
  #timer = 0;

  /**
   * @param {AnswerView} view shows the countdown
   * @param {number} seconds
   */
  constructor(view, seconds) {
    const secondsLeft = make('span', 'countdown', String(seconds));
    const retryNow = makeButton('Retry now', () => this.end(true));
    const endTime = performance.now() + seconds * 1000;
    this.finished = new Promise((resolve) => (this.#resolve = resolve));
    this.#timer = setInterval(() => {
      const left = Math.ceil((endTime - performance.now()) / 1000);
      secondsLeft.textContent = String(Math.max(left, 0));
      if (left <= 0) this.end(true);
    }, 250);
    view.setState('busy', [' Retrying in ', secondsLeft, ' s.'], retryNow);
    announce(`The server is busy. Retrying in ${seconds} seconds.`);
  }

  /** @param {boolean} retry whether to ask again */
  end(retry) {
    clearInterval(this.#timer);
    this.#resolve(retry);
  }
}
