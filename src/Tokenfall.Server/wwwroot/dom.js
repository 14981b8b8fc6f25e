import { addressOf } from './base.js';

/**
 * Returns the element with an id. Pages and scripts are served together, so it exists.
 *
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {...(Node | string)} content strings are added as text, never as markup
 * @returns {any}
 */
export function make(tag, className = '', ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/**
 * @param {string} label what it does
 * @param {() => void} onClick
 * @param {{ icon?: string, className?: string }} [options] with an icon, the label becomes the tooltip and the accessible name
 * @returns {HTMLButtonElement}
 */
export function makeButton(label, onClick, { icon, className = 'quiet' } = {}) {
  const button = make('button', icon ? `${className} icon` : className, icon ? makeIcon(icon) : label);
  button.type = 'button';
  if (icon) button.title = label;
  if (icon) button.setAttribute('aria-label', label);
  button.addEventListener('click', onClick);
  return button;
}

/** @param {string} name the id of a symbol in icons.svg */
export function makeIcon(name) {
  const icon = makeSvg('svg', { 'aria-hidden': 'true' });
  icon.append(makeSvg('use', { href: `${addressOf('icons.svg')}#${name}` }));
  return icon;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
export function makeSvg(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/**
 * Announces something to screen readers.
 *
 * @param {string} message
 */
export function announce(message) {
  byId('status').textContent = message;
}

/**
 * Shows an error of the page itself.
 *
 * @param {unknown} error
 */
export function showFailure(error) {
  const failure = byId('failure');
  failure.hidden = false;
  failure.textContent = error instanceof Error ? error.message : String(error);
}
