import { CodeBlock } from './code.js';
import { make } from './dom.js';
import { appendInline } from './inline.js';

/** @typedef {import('./inline.js').Token} Token */
/** @typedef {import('./inline.js').Rules} Rules */

/**
 * Block tokens as elements.
 *
 * @param {Node} parent
 * @param {readonly Token[]} tokens
 * @param {Rules} rules
 * @param {boolean} [open] whether the last one may still grow
 */
export function appendBlocks(parent, tokens, rules, open = false) {
  tokens.forEach((token, index) => {
    const node = block(token, rules, open && index === tokens.length - 1);
    if (node) parent.appendChild(node);
  });
}

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 * @returns {Node | undefined}
 */
function block(token, rules, open) {
  switch (token.type) {
    case 'space':
    case 'def':
      return undefined;
    case 'heading':
      return lines(make(/** @type {'h1'} */ (`h${Math.min(6, token.depth + rules.headingLevel - 1)}`)), token, rules);
    case 'paragraph':
      return lines(make('p'), token, rules);
    case 'blockquote': {
      const quote = make('blockquote');
      appendBlocks(quote, token.tokens ?? [], rules, open);
      return quote;
    }
    case 'list':
      return list(token, rules, open);
    case 'table':
      return table(token, rules);
    case 'code':
      return code(token, rules, open);
    case 'hr':
      return make('hr');
    case 'text':
    case 'checkbox': { // the content of a tight list's item
      const text = document.createDocumentFragment();
      appendInline(text, token.tokens ?? [token], rules);
      return text;
    }
    default: { // HTML, and what an extension of the lexer may give
      const text = make('p', 'tf-source');
      appendInline(text, [{ type: 'escape', raw: token.raw, text: token.raw.trimEnd() }], rules);
      return text;
    }
  }
}

/**
 * @template {HTMLElement} T
 * @param {T} element
 * @param {Token} token
 * @param {Rules} rules
 */
function lines(element, token, rules) {
  element.dir = 'auto';
  appendInline(element, token.tokens ?? [], rules);
  return element;
}

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 */
function list({ ordered, start, items }, rules, open) {
  const element = make(ordered ? 'ol' : 'ul');
  if (ordered && start !== 1) element.setAttribute('start', start);
  items.forEach((/** @type {Token} */ item, /** @type {number} */ index) => {
    const entry = make('li', item.task ? 'tf-task-item' : '');
    entry.dir = 'auto';
    appendBlocks(entry, item.tokens ?? [], rules, open && index === items.length - 1);
    element.append(entry);
  });
  return element;
}

/**
 * @param {Token} token
 * @param {Rules} rules
 */
function table({ header, rows }, rules) {
  const frame = make('div', 'tf-table');
  frame.role = 'region';
  frame.ariaLabel = rules.labels.table;
  frame.tabIndex = 0; // it scrolls
  const element = make('table');
  element.createTHead().append(row(header, 'th', rules));
  element.createTBody().append(...rows.map((/** @type {Token[]} */ cells) => row(cells, 'td', rules)));
  frame.append(element);
  return frame;
}

/**
 * @param {readonly Token[]} cells
 * @param {'th' | 'td'} name
 * @param {Rules} rules
 */
function row(cells, name, rules) {
  const element = make('tr');
  for (const cell of cells) {
    const field = lines(make(name), cell, rules);
    if (cell.align) field.style.textAlign = cell.align;
    element.append(field);
  }
  return element;
}

/**
 * @param {Token} token
 * @param {Rules} rules
 * @param {boolean} open
 */
function code({ lang, text }, rules, open) {
  const block = new CodeBlock(lang?.match(/^\S*/)[0] ?? '', rules);
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) block.append(line);
  if (!open) block.close();
  return block.element;
}
