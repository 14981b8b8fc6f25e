import { make, makeButton } from '../dom.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** The question of a turn, which can be changed in its place. */
export class QuestionView {
  element = make('div', 'question');
  #turn;
  #send;
  #edit = makeButton('Edit', () => this.edit(), { icon: 'edit' });

  /**
   * @param {Turn} turn
   * @param {(turn: Turn, question: string) => void} send asks the changed question
   */
  constructor(turn, send) {
    this.#turn = turn;
    this.#send = send;
    this.#show();
  }

  /** Lets the reader change the question; Enter sends it, Escape leaves it as it was. */
  edit() {
    const field = make('textarea', '', this.#turn.question);
    field.setAttribute('aria-label', 'Change your question');
    const cancel = () => {
      this.#show();
      this.#edit.focus();
    };
    const form = make('form', 'edit', field, make('div', 'buttons',
      make('span', 'hint', 'The answers from here on are replaced.'),
      makeButton('Cancel', cancel),
      make('button', '', 'Send')));
    form.addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault();
      if (field.value.trim()) this.#send(this.#turn, field.value.trim());
    });
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') cancel();
      else if (isSend(event)) form.requestSubmit();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.element.replaceChildren(form);
    field.focus();
  }

  #show() {
    this.element.replaceChildren(make('h2', 'bubble', this.#turn.question), this.#edit);
  }
}

const touch = matchMedia('(pointer: coarse)');

/**
 * Whether a key press sends. Enter does, except where there is no Shift for a new line, and while an input method composes: there it
 * chooses a word. (Safari ends the composition before this event: 229 tells.)
 *
 * @param {KeyboardEvent} event
 */
export function isSend(event) {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && !touch.matches;
}
