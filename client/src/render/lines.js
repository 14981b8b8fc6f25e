/** The cost at which a text is cut by force. */
export const maxCost = 8192;

const costOfMark = 8;
const marks = '*_~`@\\';

/**
 * What a line may cost: some marks take a lexer quadratic time, or make many elements of few characters.
 *
 * @param {string} text
 */
export function costOf(text) {
  let cost = text.length + 16;
  for (const character of text) if (marks.includes(character)) cost += costOfMark;
  return cost;
}

/**
 * Where a line must be cut because it is too long; 0 when it need not.
 *
 * @param {string} text
 * @param {number} from
 * @param {number} end
 */
export function cutAt(text, from, end) {
  if ((end - from) * (costOfMark + 1) < maxCost) return 0;
  let cost = 0;
  for (let i = from; i < end; i++) {
    cost += marks.includes(text[i]) ? costOfMark + 1 : 1;
    if (cost < maxCost) continue;
    return i - (text.charCodeAt(i) >> 10 === 55 ? 1 : 0); // never between the halves of a surrogate pair
  }
  return 0;
}

/** @param {string} line */
export function columnsBefore(line) {
  return line.replace(/ {0,3}\t/g, '    ').search(/\S|$/);
}

/**
 * @param {string} line
 * @param {number} columns of indentation to take away, as far as they are there
 */
export const strip = (line, columns) => line.replace(new RegExp(`^ {0,${columns}}`), '');
