/** The cost at which a part is split. */
export const maxCost = 8192;

const costOfMark = 8;
const marks = '*_~`@\\';

/**
 * Estimates the cost of a line. Some marks take lexers quadratic time, or create many elements from few characters.
 *
 * @param {string} text
 */
export function costOf(text) {
  let cost = text.length + 16;
  for (const character of text) if (marks.includes(character)) cost += costOfMark;
  return cost;
}

/**
 * Returns where a line that is too long must be split, or 0 if it need not be.
 *
 * @param {string} text
 * @param {number} from
 * @param {number} end
 */
export function splitPosition(text, from, end) {
  if ((end - from) * (costOfMark + 1) < maxCost) return 0;
  let cost = 0;
  for (let i = from; i < end; i++) {
    cost += marks.includes(text[i]) ? costOfMark + 1 : 1;
    if (cost < maxCost) continue;
    return i - (text.charCodeAt(i) >> 10 === 55 ? 1 : 0); // never inside a surrogate pair
  }
  return 0;
}

/** @param {string} line @returns {number} columns of indentation */
export function indentOf(line) {
  return line.replace(/ {0,3}\t/g, '    ').search(/\S|$/);
}

/**
 * @param {string} line
 * @param {number} columns of indentation to remove, as far as there are any
 */
export const stripIndent = (line, columns) => line.replace(new RegExp(`^ {0,${columns}}`), '');
