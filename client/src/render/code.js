import { make } from './dom.js';
import { visible } from './text.js';

const linesOfPart = 50;
const lengthOfPart = 4096;
const widestLine = 400;

/** @typedef {ReturnType<typeof createCodeBlock>} CodeBlock */

/**
 * A code block that grows line by line, with its language and a button that copies it. Its text lies in parts of which the
 * browser skips those that are out of sight; so a line costs the same whether it is the tenth or the ten thousandth.
 *
 * @param {string} language
 * @param {import('./inline.js').Rules} rules
 */
export function createCodeBlock(language, { labels }) {
  // Half a command must not be copied by mistake.
  const button = make('button', { className: 'tf-copy', type: 'button', disabled: true }, labels.copy);
  const code = make('code');
  // As wide as its longest line, wherever that is.
  code.style.cssText = 'display: block; width: max-content; min-width: 100%';
  const element = make(
    'div',
    { className: 'tf-code' },
    make('div', { className: 'tf-code-bar' }, make('span', { className: 'tf-language' }, visible(language.slice(0, 40))), button),
    make('pre', { dir: 'ltr', tabIndex: 0 }, code), // it scrolls, so the keyboard must reach it
  );
  /** @type {HTMLElement} */
  let part;
  /** @type {Text} */
  let text;
  let length = 0; // of the part's complete lines
  let lines = 0;
  let columns = 0;

  function begin() {
    text = document.createTextNode('');
    part = make('span', { className: 'tf-part' }, text);
    length = lines = columns = 0;
    // A line of a megabyte would be painted whole, though a screen's width of it can be seen.
    part.style.cssText = `display: block; max-width: ${widestLine}ch; white-space: pre-wrap; overflow-wrap: anywhere`;
    code.append(part);
  }

  /** @param {string} end goes behind the complete lines */
  const write = (end) => text.replaceData(length, text.length - length, end);

  begin();
  return {
    element,

    /** @param {string} line with its end, unless it goes on */
    append(line) {
      if (lines >= linesOfPart || length > lengthOfPart) {
        write('');
        part.style.cssText += `; content-visibility: auto; contain-intrinsic-size: auto ${columns}ch auto ${lines}lh`;
        begin();
      }
      const shown = visible(line);
      write(shown);
      length += shown.length;
      columns = Math.min(widestLine, Math.max(columns, shown.length));
      lines += Math.ceil(shown.length / widestLine);
    },

    /** @param {string} line the last one, unfinished; replaced by what comes next */
    preview(line) {
      // It may be the fence that ends the block.
      write(/^\s*(?:`+|~+)$/.test(line) ? '' : visible(line));
    },

    /** The block is complete. */
    close() {
      write('');
      text.data = text.data.replace(/\n$/, '');
      button.disabled = false;
    },
  };
}

/**
 * Copies the code whose button was pressed: as it is seen, and without a line end that would run it in a terminal.
 *
 * @param {Event} event
 * @param {import('./inline.js').Rules} rules
 */
export async function copyCode({ target }, { labels }) {
  const button = /** @type {Element} */ (target).closest('.tf-copy');
  if (!button) return;
  const code = /** @type {Element} */ (button.parentElement?.nextElementSibling);
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = labels.copied;
    setTimeout(() => (button.textContent = labels.copy), 2000);
  } catch {
    getSelection()?.selectAllChildren(code); // the browser does not let a page copy here: the reader can
  }
}
