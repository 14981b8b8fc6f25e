import { make, makeButton } from '../dom.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** A turn's question, which can be edited in place. */
export class QuestionView {
  element = make('div', 'question');
  #turn;
  #send;
  #versions;
  #edit = makeButton('Edit', () => this.edit(), { icon: 'edit' });

  /**
   * @param {Turn} turn
   * @param {(turn: Turn, text: string) => void} send asks the edited question
   * @param {Element} versions switches between the questions in this place
   */
  constructor(turn, send, versions) {
    this.#turn = turn;
    this.#send = send;
    this.#versions = versions;
    this.#show();
  }

  /** Opens the editor. Enter sends the question, Escape cancels. */
  edit() {
    const field = make('textarea', '', this.#turn.question.text);
    field.setAttribute('aria-label', 'Edit your question');
    const cancel = () => {
      this.#show();
      this.#edit.focus();
    };
    const form = make('form', 'edit', field, make('div', 'buttons',
      make('span', 'hint', 'The earlier question and its answers are kept.'),
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
    this.element.replaceChildren(make('h2', 'bubble', this.#turn.question.text), this.#edit, this.#versions);
  }
}

const touch = matchMedia('(pointer: coarse)');

/**
 * Whether a key press sends the question. Enter does, except on touch screens, which have no Shift+Enter for a new line, and while
 * an input method is composing. (Safari ends the composition before this event, but the key code is 229.)
 *
 * @param {KeyboardEvent} event
 */
export function isSend(event) {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && !touch.matches;
}
