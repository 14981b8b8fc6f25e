import { byId, makeIcon } from '../dom.js';
import { isSend } from './question-view.js';

const clickGuard = 400; // milliseconds

/** The text box with one button: it sends, or stops the answer that is being generated. */
export class Composer {
  #field = byId('prompt');
  #button = byId('send');
  #running = false;
  #changedAt = -Infinity;
  #actions;

  /** @param {{ send: (question: string) => void, stop: () => void, editLast: () => void }} actions */
  constructor(actions) {
    this.#actions = actions;
    byId('ask').addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.#send();
    });
    this.#button.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      // The second half of a double click, or a click while the button changes, was meant for what the button was before.
      if (event.detail > 1 || (!this.#running && event.timeStamp - this.#changedAt < clickGuard)) return;
      if (this.#running) actions.stop();
      else this.#send();
    });
    this.#field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (isSend(event)) this.#send();
      else if (event.key === 'ArrowUp' && !this.#field.value) actions.editLast();
      else return;
      event.preventDefault();
    });
  }

  /** The text in the box. */
  get draft() {
    return this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
  }

  /** Whether an answer is being generated, so that the button stops it. */
  get running() {
    return this.#running;
  }

  set running(running) {
    if (running === this.#running) return;
    this.#running = running;
    this.#changedAt = performance.now();
    this.#button.setAttribute('aria-label', running ? 'Stop' : 'Send');
    this.#button.title = running ? 'Stop (Esc)' : 'Send';
    this.#button.replaceChildren(makeIcon(running ? 'stop' : 'send'));
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** @param {string} message shown above the box; empty for none */
  showError(message) {
    byId('composer-error').textContent = message;
  }

  #send() {
    const question = this.draft.trim();
    if (this.#running || !question) return;
    this.draft = '';
    this.showError('');
    this.#actions.send(question);
  }
}
