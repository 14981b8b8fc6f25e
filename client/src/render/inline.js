import { createElement } from './dom.js';
import { parseSafeUrl, showsTarget, targetOf } from './links.js';
import { decodeReferences, showBidiControls } from './text.js';

/** @typedef {{ type: string, raw: string, [name: string]: any }} Token a token of the lexer */

/**
 * The settings that the application may change.
 *
 * @typedef {object} Settings
 * @property {readonly string[]} images origins that images may come from
 * @property {number} headingLevel the level that first-level headings get
 * @property {{ copy: string, copied: string }} labels
 */

/**
 * Renders inline tokens. HTML and anything unknown is shown as source text.
 *
 * @param {readonly Token[] | undefined} tokens
 * @param {Settings} settings
 * @returns {(Node | string)[]}
 */
export const renderInline = (tokens, settings) => tokens?.map((token) => renderToken(token, settings)) ?? [];

/**
 * @param {Token} token
 * @param {Settings} settings
 * @returns {Node | string}
 */
function renderToken(token, settings) {
  const { type, raw, text } = token;
  if (type === 'text') return showBidiControls(decodeReferences(text));
  if (type === 'escape') return showBidiControls(text);
  if (/^(?:strong|em|del)$/.test(type)) return createElement(/** @type {'em'} */ (type), {}, ...renderInline(token.tokens, settings));
  if (type === 'codespan') return createElement('code', {}, showBidiControls(text));
  if (type === 'link') return renderLink(token, settings);
  if (type === 'image') return renderImage(token, settings);
  if (type === 'br' || /^<br *\/?>$/i.test(raw)) return createElement('br');
  if (type === 'checkbox') return token.checked ? '☑ ' : '☐ ';
  return showBidiControls(raw);
}

/**
 * @param {Token} token
 * @param {Settings} settings
 */
function renderLink({ href, text, tokens, autolink }, settings) {
  const label = document.createDocumentFragment();
  label.append(...(autolink ? [showBidiControls(text)] : renderInline(tokens, settings)));
  const url = parseSafeUrl(autolink ? href : decodeReferences(href));
  return url ? createLink(label, url) : label;
}

/**
 * Creates a link that shows where it leads. Its contents are isolated, so that right-to-left text cannot move the target.
 *
 * @param {Node | string} label
 * @param {URL} url
 */
function createLink(label, url) {
  const { href } = url;
  const text = createElement('bdi', {}, label);
  const element = createElement('a', {
    className: 'tf-link', href, title: href, rel: 'noopener noreferrer nofollow', target: '_blank', referrerPolicy: 'no-referrer',
  }, text);
  if (!showsTarget(text.textContent ?? '', url)) element.append(' ', createElement('bdi', { className: 'tf-target' }, `(${targetOf(url)})`));
  return element;
}

/**
 * Images are shown only from allowed origins, because an image's URL alone can leak a secret.
 *
 * @param {Token} token
 * @param {Settings} settings
 */
function renderImage({ href, text, raw }, { images }) {
  const url = parseSafeUrl(decodeReferences(href));
  if (!url) return showBidiControls(raw);
  const alt = showBidiControls(decodeReferences(text));
  if (!images.includes(url.origin)) return createLink(alt || url.href, url);
  // `src` comes last because it starts the request.
  return createElement('img', { className: 'tf-image', referrerPolicy: 'no-referrer', loading: 'lazy', alt, src: url.href });
}
