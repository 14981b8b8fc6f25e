/**
 * The element with an id. The pages and their scripts are one piece, so it is there.
 *
 * @param {string} id
 * @returns {any}
 */
export const byId = (id) => document.getElementById(id);

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function make(tag, className, text = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
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
