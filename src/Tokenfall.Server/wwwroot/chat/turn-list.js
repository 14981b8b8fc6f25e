import { byId } from '../dom.js';
import { TurnView } from './turn-view.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** The turns on the page, in the order of the conversation. */
export class TurnList {
  /** @type {Map<Turn, TurnView>} */
  #views = new Map();
  #acts;

  /** @param {{ again: (turn: Turn) => void, change: (turn: Turn, question: string) => void }} acts */
  constructor(acts) {
    this.#acts = acts;
  }

  /** @param {Turn | undefined} turn @returns {TurnView | undefined} */
  of(turn) {
    return turn && this.#views.get(turn);
  }

  /**
   * Makes the page show these turns; those that are there already are left alone.
   *
   * @param {Turn[]} turns
   * @param {boolean} trimmed whether older ones are gone
   */
  show(turns, trimmed) {
    for (const [turn, view] of this.#views) {
      if (turns.includes(turn)) continue;
      view.element.remove();
      this.#views.delete(turn);
    }
    for (const turn of turns) {
      if (this.#views.has(turn)) continue;
      const view = new TurnView(turn, this.#acts);
      this.#views.set(turn, view);
      byId('turns').append(view.element);
    }
    byId('empty').hidden = turns.length > 0;
    byId('new').hidden = turns.length === 0;
    byId('trimmed').hidden = !trimmed;
  }
}
