import { make } from './dom.js';
import { namesTarget, readAddress, readImage, targetOf } from './links.js';
import { decode, visible } from './text.js';

/** @typedef {{ type: string, raw: string, [name: string]: any }} Token what a lexer makes of Markdown */

/**
 * What the host application decides.
 *
 * @typedef {object} Rules
 * @property {readonly string[]} images origins that images may come from
 * @property {number} headingLevel of a first-level heading
 * @property {{ copy: string, copied: string, table: string, image: string, done: string, open: string }} labels
 */

/**
 * Inline tokens as elements and text nodes. What is not known, HTML first of all, is shown as it was written.
 *
 * @param {Node} parent
 * @param {readonly Token[]} tokens
 * @param {Rules} rules
 */
export function appendInline(parent, tokens, rules) {
  for (const token of tokens) parent.appendChild(inline(token, rules));
}

/**
 * @param {Token} token
 * @param {Rules} rules
 * @returns {Node}
 */
function inline(token, rules) {
  const { type, raw, text } = token;
  if (type === 'text') return write(decode(text));
  if (type === 'escape') return write(text);
  if (type === 'strong' || type === 'em' || type === 'del') return within(make(type), token.tokens, rules);
  if (type === 'codespan') return within(make('code'), [{ type: 'escape', raw, text }], rules);
  if (type === 'link') return link(token, rules);
  if (type === 'image') return image(token, rules);
  if (type === 'br' || /^<br *\/?>$/i.test(raw)) return make('br');
  if (type === 'checkbox') return checkbox(token.checked, rules);
  return write(raw);
}

/** @param {string} text */
const write = (text) => document.createTextNode(visible(text));

/**
 * @param {HTMLElement} element
 * @param {readonly Token[]} tokens
 * @param {Rules} rules
 */
function within(element, tokens, rules) {
  appendInline(element, tokens, rules);
  return element;
}

/**
 * @param {Token} token
 * @param {Rules} rules
 */
function link({ href, text, tokens = [], autolink }, rules) {
  const label = document.createDocumentFragment();
  if (autolink) label.append(write(text));
  else appendInline(label, tokens, rules);
  const url = readAddress(autolink ? href : decode(href));
  return url ? anchor(label, url) : label;
}

/**
 * A link that says where it leads. What is in it is isolated, so that text of another direction cannot move the target.
 *
 * @param {Node} label
 * @param {URL} url
 */
function anchor(label, url) {
  const element = make('a', 'tf-link');
  element.href = url.href;
  element.rel = 'noopener noreferrer nofollow ugc';
  element.referrerPolicy = 'no-referrer';
  element.target = '_blank';
  element.title = url.href;
  const text = make('bdi');
  text.append(label);
  element.append(text);
  if (!namesTarget(text.textContent ?? '', url)) {
    const target = make('bdi', 'tf-target');
    target.textContent = `(${targetOf(url)})`;
    element.append(' ', target);
  }
  return element;
}

/**
 * An image is shown only from an origin that the host application allows: its address alone can carry a secret away.
 *
 * @param {Token} token
 * @param {Rules} rules
 */
function image({ href, text, raw }, { images, labels }) {
  const address = decode(href);
  const source = readImage(address, images);
  const description = visible(decode(text));
  if (source) {
    const element = make('img', 'tf-image');
    element.referrerPolicy = 'no-referrer';
    element.loading = 'lazy';
    element.alt = description;
    element.src = source;
    return element;
  }
  const url = readAddress(address);
  return url ? anchor(document.createTextNode(description || labels.image), url) : write(raw);
}

/**
 * @param {boolean} checked
 * @param {Rules} rules
 */
function checkbox(checked, { labels }) {
  const box = make('span', 'tf-task');
  box.setAttribute('role', 'img');
  box.ariaLabel = checked ? labels.done : labels.open;
  box.textContent = checked ? '☑ ' : '☐ ';
  return box;
}
