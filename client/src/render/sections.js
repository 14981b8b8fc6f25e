import { make } from './dom.js';

const blocksOfSection = 40;
const charactersOfSection = 16384;
const charactersOfLine = 80;

/**
 * The finished blocks of an answer, in sections that the browser neither lays out nor paints while they are out of sight.
 * Per block that would cost more than it saves.
 */
export class Sections {
  #parent;
  #characters = 0;
  #lines = 0;
  /** The section that grows. */
  last;
  /** Its last finished block; nothing when it has none. @type {Node | null} */
  end = null;

  /** @param {Element} parent */
  constructor(parent) {
    this.#parent = parent;
    this.last = this.#begin();
  }

  /**
   * Everything in the last section is finished.
   *
   * @param {number} characters of the new blocks
   * @param {number} lines of the new blocks
   */
  finish(characters, lines) {
    this.#characters += characters;
    this.#lines += lines + characters / charactersOfLine;
    this.end = this.last.lastChild;
    if (this.last.childElementCount < blocksOfSection && this.#characters < charactersOfSection) return;
    const { style } = this.last;
    style.contentVisibility = 'auto';
    // A guess, until the section has been in sight.
    style.containIntrinsicBlockSize = `auto ${Math.ceil(this.#lines)}lh`;
    this.#characters = this.#lines = 0;
    this.end = null;
    this.last = this.#begin();
  }

  #begin() {
    const section = make('div', 'tf-section');
    section.style.display = 'flow-root'; // as later, when it is contained: nothing moves then
    this.#parent.append(section);
    return section;
  }
}
