import { byId } from '../dom.js';
import { TurnView } from './turn-view.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** The turns on the page, in the order of the conversation. */
export class TurnList {
  /** @type {Map<Turn, TurnView>} */
  #views = new Map();
  #actions;

  /** @param {{ askAgain: (turn: Turn) => void, edit: (turn: Turn, question: string) => void }} actions */
  constructor(actions) {
    this.#actions = actions;
  }

  /** @param {Turn | undefined} turn @returns {TurnView | undefined} */
  of(turn) {
    return turn && this.#views.get(turn);
  }

  /**
   * Shows these turns. Those that are on the page already are left alone.
   *
   * @param {Turn[]} turns
   * @param {boolean} trimmed whether older turns were dropped
   */
  show(turns, trimmed) {
    for (const [turn, view] of this.#views) {
      if (turns.includes(turn)) continue;
      view.element.remove();
      this.#views.delete(turn);
    }
    for (const turn of turns) {
      if (this.#views.has(turn)) continue;
      const view = new TurnView(turn, this.#actions);
      this.#views.set(turn, view);
      byId('turns').append(view.element);
    }
    byId('empty').hidden = turns.length > 0;
    byId('new').hidden = turns.length === 0;
    byId('trimmed').hidden = !trimmed;
  }
}
