import { announce, make, makeButton } from '../dom.js';

/** Shows how long it takes until a busy server is asked again. The user can ask at once. */
export class RetryCountdown {
  #timer = 0;

  /**
   * @param {import('./answer-view.js').AnswerView} view shows the countdown
   * @param {number} retryAt when the server is asked again, in milliseconds since 1970
   * @param {() => void} retry asks at once
   */
  constructor(view, retryAt, retry) {
    const seconds = Math.ceil((retryAt - Date.now()) / 1000);
    const secondsLeft = make('span', 'countdown', String(seconds));
    this.#timer = setInterval(() => {
      secondsLeft.textContent = String(Math.max(Math.ceil((retryAt - Date.now()) / 1000), 0));
    }, 250);
    view.setState('busy', [' Retrying in ', secondsLeft, ' s.'], makeButton('Retry now', retry));
    announce(`The server is busy. Retrying in ${seconds} seconds.`);
  }

  end() {
    clearInterval(this.#timer);
  }
}
