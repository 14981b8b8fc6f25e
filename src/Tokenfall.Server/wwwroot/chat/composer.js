import { byId, makeIcon } from '../dom.js';
import { isSend } from './question-view.js';

const settling = 400; // milliseconds

/** The box to write in, with one button beside it: it sends, and while an answer is written it stops. */
export class Composer {
  #field = byId('prompt');
  #button = byId('send');
  #running = false;
  #flipped = -Infinity;
  #acts;

  /** @param {{ send: (question: string) => void, stop: () => void, editLast: () => void }} acts */
  constructor(acts) {
    this.#acts = acts;
    byId('ask').addEventListener('submit', (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.#send();
    });
    this.#button.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      event.preventDefault();
      // The second half of a double click, and a press that was on its way while the button changed, were meant for what it was.
      if (event.detail > 1 || (!this.#running && event.timeStamp - this.#flipped < settling)) return;
      if (this.#running) acts.stop();
      else this.#send();
    });
    this.#field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (isSend(event)) this.#send();
      else if (event.key === 'ArrowUp' && !this.#field.value) acts.editLast();
      else return;
      event.preventDefault();
    });
  }

  /** What is being written. */
  get draft() {
    return this.#field.value;
  }

  set draft(text) {
    this.#field.value = text;
  }

  /** Whether an answer is being written: then the button stops it. */
  get running() {
    return this.#running;
  }

  set running(running) {
    if (running === this.#running) return;
    this.#running = running;
    this.#flipped = performance.now();
    this.#button.setAttribute('aria-label', running ? 'Stop' : 'Send');
    this.#button.title = running ? 'Stop (Esc)' : 'Send';
    this.#button.replaceChildren(makeIcon(running ? 'stop' : 'send'));
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  /** Says why a question was not taken, beside the box that it is in again. */
  refuse(/** @type {string} */ words) {
    byId('refusal').textContent = words;
  }

  #send() {
    const question = this.draft.trim();
    if (this.#running || !question) return;
    this.draft = '';
    this.refuse('');
    this.#acts.send(question);
  }
}
