import { announce, byId, make, makeButton } from './dom.js';

/** A message at the edge of the page that goes by itself. Its time stands still while the pointer or the focus is on it. */
export class Toast {
  #element;
  #onEnd;
  #timer = 0;
  #duration;

  /**
   * @param {string} message
   * @param {{ action?: string, onAction?: () => void, onEnd?: () => void, duration?: number }} [options] `onEnd` is called when the time is over or
   *   the message is closed, but not after the action; `duration` in milliseconds
   */
  constructor(message, { action, onAction, onEnd = () => {}, duration = 8000 } = {}) {
    this.#onEnd = onEnd;
    this.#duration = duration;
    this.#element = make('div', 'toast', make('p', '', message));
    if (action) this.#element.append(makeButton(action, () => this.#finish(onAction)));
    this.#element.append(makeButton('Close', () => this.end(), { icon: 'close' }));
    for (const type of ['pointerenter', 'focusin']) this.#element.addEventListener(type, () => clearTimeout(this.#timer));
    for (const type of ['pointerleave', 'focusout']) this.#element.addEventListener(type, () => this.#start());
    byId('toasts').append(this.#element);
    announce(message);
    this.#start();
  }

  /** Ends it now. */
  end() {
    this.#finish(this.#onEnd);
  }

  /** Does what its button does. */
  act() {
    this.#element.querySelector('button')?.click();
  }

  #start() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), this.#duration);
  }

  /** Removes it without doing anything. */
  remove() {
    clearTimeout(this.#timer);
    this.#element.remove();
  }

  /** @param {(() => void) | undefined} callback */
  #finish(callback) {
    if (!this.#element.isConnected) return;
    this.remove();
    callback?.();
  }
}

/** @param {string} message what did not work @param {unknown} error why */
export const showErrorToast = (message, error) => new Toast(`${message} ${error instanceof Error ? error.message : error}`);
