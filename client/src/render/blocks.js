import { createCodeBlock } from './code.js';
import { createElement } from './dom.js';
import { renderInline } from './inline.js';
import { showBidiControls } from './text.js';

/** @typedef {import('./inline.js').Token} Token */
/** @typedef {import('./inline.js').Settings} Settings */

/**
 * Renders block tokens.
 *
 * @param {readonly Token[] | undefined} tokens
 * @param {Settings} settings
 * @param {boolean} open whether the last block may still grow
 * @returns {(Node | string)[]}
 */
export const renderBlocks = (tokens, settings, open) =>
  tokens?.flatMap((token, index) => renderBlock(token, settings, open && index === tokens.length - 1)) ?? [];

/**
 * @param {Token} token
 * @param {Settings} settings
 * @param {boolean} open
 * @returns {Node | string | (Node | string)[]}
 */
function renderBlock(token, settings, open) {
  const { type, tokens } = token;
  if (type === 'heading') return renderText(/** @type {'h1'} */ (`h${Math.min(6, token.depth + settings.headingLevel - 1)}`), tokens, settings);
  if (type === 'paragraph') return renderText('p', tokens, settings);
  if (type === 'blockquote') return createElement('blockquote', {}, ...renderBlocks(tokens, settings, open));
  if (type === 'list') return renderList(token, settings, open);
  if (type === 'table') return renderTable(token, settings);
  if (type === 'code') return renderCode(token, settings, open);
  if (type === 'hr') return createElement('hr');
  if (type === 'text' || type === 'checkbox') return renderInline(tokens ?? [token], settings); // the contents of a tight list's items
  if (type === 'space' || type === 'def') return [];
  // HTML, and tokens of lexer extensions.
  return createElement('p', { className: 'tf-source', dir: 'auto' }, showBidiControls(token.raw.trimEnd()));
}

/**
 * @param {'h1' | 'p' | 'th' | 'td'} name
 * @param {readonly Token[]} tokens
 * @param {Settings} settings
 */
const renderText = (name, tokens, settings) => createElement(name, { dir: 'auto' }, ...renderInline(tokens, settings));

/**
 * @param {Token} token
 * @param {Settings} settings
 * @param {boolean} open
 */
function renderList({ ordered, start, items }, settings, open) {
  const entries = items.map((/** @type {Token} */ item, /** @type {number} */ index) => createElement(
    'li',
    { ...(item.task && { className: 'tf-task' }), dir: 'auto' },
    ...renderBlocks(item.tokens, settings, open && index === items.length - 1),
  ));
  return ordered ? createElement('ol', { start }, ...entries) : createElement('ul', {}, ...entries);
}

/**
 * @param {Token} token
 * @param {Settings} settings
 */
function renderTable({ header, rows }, settings) {
  const body = rows.map((/** @type {Token[]} */ cells) => renderRow(cells, 'td', settings));
  const element = createElement('table', {}, createElement('thead', {}, renderRow(header, 'th', settings)), createElement('tbody', {}, ...body));
  return createElement('div', { className: 'tf-table', tabIndex: 0 }, element); // it scrolls, so it must be reachable by keyboard
}

/**
 * @param {readonly Token[]} cells
 * @param {'th' | 'td'} name
 * @param {Settings} settings
 */
function renderRow(cells, name, settings) {
  return createElement('tr', {}, ...cells.map(({ tokens, align }) => {
    const cell = renderText(name, tokens ?? [], settings);
    cell.style.textAlign = align ?? '';
    return cell;
  }));
}

/**
 * @param {Token} token
 * @param {Settings} settings
 * @param {boolean} open
 */
function renderCode({ lang, text }, settings, open) {
  const block = createCodeBlock((lang ?? '').split(' ')[0], settings);
  block.append(text);
  if (!open) block.close();
  return block.element;
}
