/**
 * The element with an id. The pages and their scripts are one piece, so it is there.
 *
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {...(Node | string)} content text goes in as text, never as markup
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
 * @param {() => void} act
 * @param {{ icon?: string, className?: string }} [look] with an icon, the label is for screen readers and the tooltip
 * @returns {HTMLButtonElement}
 */
export function makeButton(label, act, { icon, className = 'quiet' } = {}) {
  const button = make('button', icon ? `${className} icon` : className, icon ? makeIcon(icon) : label);
  button.type = 'button';
  if (icon) button.title = label;
  if (icon) button.setAttribute('aria-label', label);
  button.addEventListener('click', act);
  return button;
}

/** @param {string} name of a symbol in icons.svg */
export function makeIcon(name) {
  const icon = makeSvg('svg', { 'aria-hidden': 'true' });
  icon.append(makeSvg('use', { href: `/icons.svg#${name}` }));
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
 * Tells a screen reader something that others see.
 *
 * @param {string} words
 */
export function announce(words) {
  byId('status').textContent = words;
}

/**
 * Shows that the page itself cannot work.
 *
 * @param {unknown} error
 */
export function showFailure(error) {
  const failure = byId('failure');
  failure.hidden = false;
  failure.textContent = error instanceof Error ? error.message : String(error);
}
