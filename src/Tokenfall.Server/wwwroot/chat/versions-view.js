import { make, makeButton } from '../dom.js';

/** Switches between the versions of a question or an answer: "‹ 2 / 3 ›". Hidden while there is only one. */
export class VersionsView {
  #choose;
  #index = 0;
  #count = 1;
  #label = make('span', 'position');
  #previous;
  #next;
  element;

  /**
   * @param {'question' | 'answer'} what
   * @param {(index: number) => void} choose
   */
  constructor(what, choose) {
    this.#choose = choose;
    this.#previous = makeButton(`Previous ${what}`, () => this.#move(-1), { icon: 'previous' });
    this.#next = makeButton(`Next ${what}`, () => this.#move(1), { icon: 'next' });
    this.element = make('span', 'versions', this.#previous, this.#label, this.#next);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-label', `Versions of this ${what}`);
    this.show(0, 1);
  }

  /** @param {number} index of the version that is shown @param {number} count */
  show(index, count) {
    [this.#index, this.#count] = [index, count];
    this.element.hidden = count < 2;
    this.#label.textContent = `${index + 1} / ${count}`;
    this.#previous.disabled = index === 0;
    this.#next.disabled = index === count - 1;
  }

  /** Moves the focus to the buttons, because those that had it have been replaced. @param {boolean} forward */
  focus(forward) {
    const [wanted, other] = forward ? [this.#next, this.#previous] : [this.#previous, this.#next];
    (wanted.disabled ? other : wanted).focus();
  }

  /** @param {number} step */
  #move(step) {
    const index = this.#index + step;
    if (index >= 0 && index < this.#count) this.#choose(index);
  }
}
