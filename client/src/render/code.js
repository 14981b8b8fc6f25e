import { createElement } from './dom.js';
import { showBidiControls } from './text.js';

// Limits of a part.
const maxLines = 50;
const maxLength = 4096; // characters
const maxColumns = 400;

/** @typedef {ReturnType<typeof createCodeBlock>} CodeBlock */

/**
 * Creates a code block that grows line by line, with its language and a copy button. The browser skips the parts of its text
 * that are off-screen, so a line costs the same whether it is the tenth or the ten-thousandth.
 *
 * @param {string} language
 * @param {import('./inline.js').Settings} settings
 */
export function createCodeBlock(language, { labels }) {
  // Disabled until the block is complete, so that nobody copies half a command.
  const button = createElement('button', { className: 'tf-copy', type: 'button', disabled: true }, labels.copy);
  const code = createElement('code');
  // As wide as its longest line.
  code.style.cssText = 'display: block; width: max-content; min-width: 100%';
  const element = createElement(
    'div',
    { className: 'tf-code' },
    createElement('div', { className: 'tf-code-bar' }, createElement('span', { className: 'tf-language' }, showBidiControls(language.slice(0, 40))), button),
    createElement('pre', { dir: 'ltr', tabIndex: 0 }, code), // it scrolls, so it must be reachable by keyboard
  );
  /** @type {HTMLElement} */
  let part;
  /** @type {Text} */
  let text;
  let length = 0; // of the complete lines in the part
  let lines = 0;
  let columns = 0;

  function startPart() {
    text = document.createTextNode('');
    part = createElement('span', { className: 'tf-part' }, text);
    length = lines = columns = 0;
    // Wrapped, because browsers paint a line of a megabyte whole, however little of it is on-screen.
    part.style.cssText = `display: block; max-width: ${maxColumns}ch; white-space: pre-wrap; overflow-wrap: anywhere`;
    code.append(part);
  }

  /** Replaces what follows the complete lines. @param {string} end */
  const setEnd = (end) => text.replaceData(length, text.length - length, end);

  startPart();
  return {
    element,

    /** @param {string} line with its line ending, unless the line continues */
    append(line) {
      if (lines >= maxLines || length > maxLength) {
        setEnd('');
        part.style.cssText += `; content-visibility: auto; contain-intrinsic-size: auto ${columns}ch auto ${lines}lh`;
        startPart();
      }
      const shown = showBidiControls(line);
      setEnd(shown);
      length += shown.length;
      columns = Math.min(maxColumns, Math.max(columns, shown.length));
      lines += Math.ceil(shown.length / maxColumns);
    },

    /** @param {string} line the unfinished last line, which the next call replaces */
    preview(line) {
      // It may be the fence that ends the block.
      setEnd(/^\s*(?:`+|~+)$/.test(line) ? '' : showBidiControls(line));
    },

    /** Marks the block as complete. */
    close() {
      setEnd('');
      text.data = text.data.replace(/\n$/, '');
      button.disabled = false;
    },
  };
}

/**
 * Copies the code of the button that was clicked, as displayed, and without a final line ending, which would run it in a
 * terminal.
 *
 * @param {Event} event
 * @param {import('./inline.js').Settings} settings
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
    getSelection()?.selectAllChildren(code); // the page may not copy here, but the user can
  }
}
