import { make } from './dom.js';
import { visible } from './text.js';

const linesOfPart = 50;
const lengthOfPart = 4096;

/**
 * A code block that grows line by line, with its language and a button that copies it. Its text lies in parts of which the
 * browser skips those that are out of sight; so a line costs the same whether it is the tenth or the ten thousandth.
 */
export class CodeBlock {
  element = make('div', 'tf-code');
  #code = make('code');
  #button = make('button', 'tf-copy');
  #text = document.createTextNode('');
  #length = 0; // of the part's complete lines
  #lines = 0;
  #columns = 0;

  /**
   * @param {string} language
   * @param {import('./inline.js').Rules} rules
   */
  constructor(language, { labels }) {
    const bar = make('div', 'tf-code-bar');
    const label = make('span', 'tf-language');
    label.textContent = visible(language.slice(0, 40));
    this.#button.type = 'button';
    this.#button.disabled = true; // half a command must not be copied by mistake
    this.#button.textContent = labels.copy;
    bar.append(label, this.#button);
    const frame = make('pre');
    frame.dir = 'ltr';
    frame.tabIndex = 0; // it scrolls
    frame.append(this.#code);
    // As wide as its longest line, wherever that is.
    this.#code.style.display = 'inline-block';
    this.#code.style.minWidth = '100%';
    this.element.append(bar, frame);
    this.#begin();
  }

  /** @param {string} text with the line's end, unless the line goes on */
  append(text) {
    if (this.#lines >= linesOfPart || this.#length > lengthOfPart) this.#seal();
    const shown = visible(text);
    this.#write(shown);
    this.#length += shown.length;
    this.#columns = Math.max(this.#columns, shown.length);
    this.#lines++;
  }

  /** @param {string} line the last one, unfinished; replaced by what comes next */
  preview(line) {
    this.#write(/^\s*(?:`+|~+)$/.test(line) ? '' : visible(line));
  }

  /** The block is complete. */
  close() {
    this.#write('');
    if (this.#text.data.endsWith('\n')) this.#text.deleteData(this.#length - 1, 1);
    this.#button.disabled = false;
  }

  /** @param {string} text behind the complete lines */
  #write(text) {
    this.#text.replaceData(this.#length, this.#text.length - this.#length, text);
  }

  #begin() {
    const part = make('span', 'tf-part');
    part.style.display = 'block';
    part.append(this.#text);
    this.#code.append(part);
  }

  #seal() {
    this.#write('');
    const { style } = /** @type {HTMLElement} */ (this.#code.lastChild);
    style.contentVisibility = 'auto';
    style.containIntrinsicSize = `auto ${this.#columns}ch auto ${this.#lines}lh`;
    this.#text = document.createTextNode('');
    this.#length = this.#lines = this.#columns = 0;
    this.#begin();
  }
}

/**
 * Copies the code whose button was pressed: as it is seen, and without a line end that would run it in a terminal.
 *
 * @param {Event} event
 * @param {import('./inline.js').Rules} rules
 */
export async function copyCode({ target }, { labels }) {
  const button = target instanceof Element ? target.closest('button.tf-copy') : null;
  const code = button?.closest('.tf-code')?.querySelector('code');
  if (!button || !code) return;
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = labels.copied;
    setTimeout(() => (button.textContent = labels.copy), 2000);
  } catch {
    getSelection()?.selectAllChildren(code); // the browser does not let a page copy here: the reader can
  }
}
