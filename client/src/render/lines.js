/** The cost at which a text is cut by force; in characters, where nothing is marked. */
export const maxCost = 8192;

/**
 * What a text may cost a lexer: emphasis is what takes quadratic time.
 *
 * @param {string} text
 */
export function costOf(text) {
  let cost = text.length;
  for (let i = 0; i < text.length; i++) if (isMark(text.charCodeAt(i))) cost += 8;
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
  if ((end - from) * 9 < maxCost) return 0;
  let cost = 0;
  for (let i = from; i < end; i++) {
    cost += isMark(text.charCodeAt(i)) ? 9 : 1;
    if (cost < maxCost) continue;
    const space = text.lastIndexOf(' ', i);
    if (space > i - 80) return space + 1;
    return i - (/[\uDC00-\uDFFF]/.test(text[i]) ? 1 : 0); // never between the halves of a surrogate pair
  }
  return 0;
}

/** @param {number} code of `*`, `_` or `~` */
const isMark = (code) => code === 42 || code === 95 || code === 126;

/** @param {string} line without the CR of a CRLF, and with other CRs as spaces: a lexer takes them for line ends */
export const normalise = (line) => (line.endsWith('\r') ? line.slice(0, -1) : line).replaceAll('\r', ' ');

/** @param {string} line */
export function columnsBefore(line) {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/**
 * @param {string} line
 * @param {number} columns of indentation to take away, as far as they are there
 */
export function strip(line, columns) {
  let at = 0;
  while (at < columns && line[at] === ' ') at++;
  return line.slice(at);
}
