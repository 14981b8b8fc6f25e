import { createCodeBlock } from './code.js';
import { make } from './dom.js';
import { inline } from './inline.js';
import { visible } from './text.js';

/** @typedef {import('./inline.js').Token} Token */
/** @typedef {import('./inline.js').Rules} Rules */

/**
 * Block tokens as elements.
 *
 * @param {readonly Token[] | undefined} tokens
 * @param {Rules} rules
 * @param {boolean} open whether the last one may still grow
 * @returns {(Node | string)[]}
 */
export const blocks = (tokens, rules, open) =>
  tokens?.flatMap((token, index) => block(token, rules, open && index === tokens.length - 1)) ?? [];

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 * @returns {Node | string | (Node | string)[]}
 */
function block(token, rules, open) {
  const { type, tokens } = token;
  if (type === 'heading') return lines(/** @type {'h1'} */ (`h${Math.min(6, token.depth + rules.headingLevel - 1)}`), tokens, rules);
  if (type === 'paragraph') return lines('p', tokens, rules);
  if (type === 'blockquote') return make('blockquote', {}, ...blocks(tokens, rules, open));
  if (type === 'list') return list(token, rules, open);
  if (type === 'table') return table(token, rules);
  if (type === 'code') return code(token, rules, open);
  if (type === 'hr') return make('hr');
  if (type === 'text' || type === 'checkbox') return inline(tokens ?? [token], rules); // what a tight list's item contains
  if (type === 'space' || type === 'def') return [];
  // HTML, and what an extension of the lexer may give.
  return make('p', { className: 'tf-source', dir: 'auto' }, visible(token.raw.trimEnd()));
}

/**
 * @param {'h1' | 'p' | 'th' | 'td'} name
 * @param {readonly Token[]} tokens
 * @param {Rules} rules
 */
const lines = (name, tokens, rules) => make(name, { dir: 'auto' }, ...inline(tokens, rules));

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 */
function list({ ordered, start, items }, rules, open) {
  const entries = items.map((/** @type {Token} */ item, /** @type {number} */ index) => make(
    'li',
    { ...(item.task && { className: 'tf-task' }), dir: 'auto' },
    ...blocks(item.tokens, rules, open && index === items.length - 1),
  ));
  return ordered ? make('ol', { start }, ...entries) : make('ul', {}, ...entries);
}

/**
 * @param {Token} token
 * @param {Rules} rules
 */
function table({ header, rows }, rules) {
  const body = rows.map((/** @type {Token[]} */ cells) => row(cells, 'td', rules));
  const all = make('table', {}, make('thead', {}, row(header, 'th', rules)), make('tbody', {}, ...body));
  return make('div', { className: 'tf-table', tabIndex: 0 }, all); // it scrolls, so the keyboard must reach it
}

/**
 * @param {readonly Token[]} cells
 * @param {'th' | 'td'} name
 * @param {Rules} rules
 */
function row(cells, name, rules) {
  return make('tr', {}, ...cells.map(({ tokens, align }) => {
    const cell = lines(name, tokens ?? [], rules);
    cell.style.textAlign = align ?? '';
    return cell;
  }));
}

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 */
function code({ lang, text }, rules, open) {
  const block = createCodeBlock((lang ?? '').split(' ')[0], rules);
  block.append(text);
  if (!open) block.close();
  return block.element;
}
