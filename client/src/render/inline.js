import { make } from './dom.js';
import { namesTarget, readAddress, targetOf } from './links.js';
import { decode, visible } from './text.js';

/** @typedef {{ type: string, raw: string, [name: string]: any }} Token what a lexer makes of Markdown */

/**
 * What the host application decides.
 *
 * @typedef {object} Rules
 * @property {readonly string[]} images origins that images may come from
 * @property {number} headingLevel of a first-level heading
 * @property {{ copy: string, copied: string }} labels
 */

/**
 * Inline tokens as elements and text. What is not known, HTML first of all, is shown as it was written.
 *
 * @param {readonly Token[] | undefined} tokens
 * @param {Rules} rules
 * @returns {(Node | string)[]}
 */
export const inline = (tokens, rules) => tokens?.map((token) => content(token, rules)) ?? [];

/**
 * @param {Token} token
 * @param {Rules} rules
 * @returns {Node | string}
 */
function content(token, rules) {
  const { type, raw, text } = token;
  if (type === 'text') return visible(decode(text));
  if (type === 'escape') return visible(text);
  if (/^(?:strong|em|del)$/.test(type)) return make(/** @type {'em'} */ (type), {}, ...inline(token.tokens, rules));
  if (type === 'codespan') return make('code', {}, visible(text));
  if (type === 'link') return link(token, rules);
  if (type === 'image') return image(token, rules);
  if (type === 'br' || /^<br *\/?>$/i.test(raw)) return make('br');
  if (type === 'checkbox') return token.checked ? '☑ ' : '☐ ';
  return visible(raw);
}

/**
 * @param {Token} token
 * @param {Rules} rules
 */
function link({ href, text, tokens, autolink }, rules) {
  const label = document.createDocumentFragment();
  label.append(...(autolink ? [visible(text)] : inline(tokens, rules)));
  const url = readAddress(autolink ? href : decode(href));
  return url ? anchor(label, url) : label;
}

/**
 * A link that says where it leads. What is in it is isolated, so that text of another direction cannot move the target.
 *
 * @param {Node | string} label
 * @param {URL} url
 */
function anchor(label, url) {
  const { href } = url;
  const text = make('bdi', {}, label);
  const element = make('a', {
    className: 'tf-link', href, title: href, rel: 'noopener noreferrer nofollow', target: '_blank', referrerPolicy: 'no-referrer',
  }, text);
  if (!namesTarget(text.textContent ?? '', url)) element.append(' ', make('bdi', { className: 'tf-target' }, `(${targetOf(url)})`));
  return element;
}

/**
 * An image is shown only from an origin that the host application allows: its address alone can carry a secret away.
 *
 * @param {Token} token
 * @param {Rules} rules
 */
function image({ href, text, raw }, { images }) {
  const url = readAddress(decode(href));
  if (!url) return visible(raw);
  const alt = visible(decode(text));
  if (!images.includes(url.origin)) return anchor(alt || url.href, url);
  // The source comes last: it begins the request.
  return make('img', { className: 'tf-image', referrerPolicy: 'no-referrer', loading: 'lazy', alt, src: url.href });
}
