import { make } from '../dom.js';
import { TurnView } from './turn-view.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** The turns of a conversation on the page: those of the branch that is shown. */
export class TurnList {
  element = make('div');
  /** @type {Map<Turn, TurnView>} */
  #views = new Map();
  #actions;

  /** @param {import('./turn-view.js').TurnActions} actions */
  constructor(actions) {
    this.#actions = actions;
  }

  /** @param {Turn | undefined} turn @returns {TurnView | undefined} */
  of(turn) {
    return turn && this.#views.get(turn);
  }

  /** Shows the conversation. Turns that are on the page already are left alone. @param {import('./conversation.js').Conversation} conversation */
  show(conversation) {
    const { turns } = conversation;
    for (const [turn, view] of this.#views) {
      if (turns.includes(turn)) continue;
      view.element.remove();
      if (turn.state !== 'open') this.#views.delete(turn); // an answer that arrives is drawn where nobody looks, too
    }
    let previous;
    for (const turn of turns) {
      const view = this.#views.get(turn) ?? new TurnView(turn, this.#actions);
      this.#views.set(turn, view);
      view.showVersions(conversation.versionsOf(turn.question));
      const isInPlace = view.element.parentElement === this.element && view.element.previousElementSibling === (previous ?? null);
      if (!isInPlace && previous) previous.after(view.element);
      else if (!isInPlace) this.element.prepend(view.element);
      previous = view.element;
    }
  }
}
