/**
 * Makes Markdown that breaks off anywhere fit to be shown: what is half there is closed (emphasis, code), shown without its
 * marks (a link's text), or held back until it is known what it becomes (a table's head, a line of nothing but marks).
 *
 * @param {string} source
 * @param {boolean} inCode whether it breaks off within a fenced block
 */
export function mend(source, inCode) {
  const line = source.slice(source.lastIndexOf('\n') + 1);
  // Nothing but marks, or the beginning of a fence: what it is shows with the next character.
  const unknown = /^[-+*_=#>|:`~\s\d.)]*(?:\[[ x]?\]?\s*)?$/i.test(line) || /^\s*(?:`{3,}[^`]*|~{3,}.*)$/.test(line);
  const text = unknown ? source.slice(0, source.length - line.length) : source;
  if (inCode) return text;
  const known = withoutTableHead(text);
  const start = lastBlock(known);
  const inline = known.slice(start);
  // HTML is shown as it is, and so is code by indentation.
  return /^\s*<[a-z!/?]/i.test(inline) || /^(?: {4}|\t)/.test(inline) ? known : known.slice(0, start) + mendInline(inline);
}

/**
 * A row that begins with a pipe, and is the first: the table has no second line yet.
 *
 * @param {string} text
 */
function withoutTableHead(text) {
  const [last, previous = ''] = text.trimEnd().split('\n').reverse();
  return /^\s*\|/.test(last) && !previous.includes('|') ? text.slice(0, text.trimEnd().length - last.length) : text;
}

/**
 * Where the inline text begins that is last: behind a blank line, or in a line that begins a block of its own.
 *
 * @param {string} text
 */
function lastBlock(text) {
  let end = text.length;
  for (;;) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (/^\s*\|/.test(line)) return start + line.lastIndexOf('|') + 1;
    if (start === 0 || /^\s*(?:[-*+>]|#{1,6} |\d{1,9}[.)] )/.test(line) || /\n[ \t]*\n$/.test(text.slice(0, start))) return start;
    end = start - 1;
  }
}

/** @param {string} source */
function mendInline(source) {
  // A run of marks may grow, and a character reference or an address may be half.
  const text = source.replace(/(?:\\?[*_~`]+|\\|!|&#?\w{0,8}|<(?:https?:[^\s>]*|[a-z]{0,5}))$/i, '');
  /** @type {string[]} */
  const open = [];
  /** @type {number[]} */
  const brackets = [];
  const mark = /\\[\s\S]|`+|\*+|_+|~~|!?\[|\]/g;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const [run] = match;
    const { index } = match;
    if (run[0] === '`') {
      const end = endOfCode(text, mark.lastIndex, run);
      if (end < 0) return text.trimEnd() + run + open.reverse().join('');
      mark.lastIndex = end;
    } else if (run.endsWith('[')) {
      brackets.push(index);
    } else if (run === ']') {
      const start = brackets.pop();
      if (start === undefined) continue;
      const end = endOfTarget(text, mark.lastIndex);
      if (end < 0) return close(withoutLink(text, start, index), open);
      mark.lastIndex = end;
    } else if (run[0] !== '\\') {
      weigh(run, text[index - 1] ?? ' ', text[mark.lastIndex] ?? ' ', open);
    }
  }
  const start = brackets.pop() ?? -1;
  const label = start >= 0 && text.length - start < 200;
  return close(label ? withoutLink(text, start, text.length) : text, open);
}

/**
 * A bare address is no link until it is whole; then everything that is open is closed.
 *
 * @param {string} text
 * @param {string[]} open
 */
function close(text, open) {
  const address = text.trimEnd().replace(/\b(https?)(:\S*)$|\b(www)(\.\S*)$|(\w)(@[\w.-]*)$/i, '$1$3$5\\$2$4$6');
  return address + open.reverse().join('');
}

/**
 * @param {string} text
 * @param {number} start of the bracket, or the image's exclamation mark
 * @param {number} end of what is between the brackets
 */
function withoutLink(text, start, end) {
  return text.slice(0, start) + (text[start] === '!' ? '' : text.slice(start + 1, end));
}

/**
 * @param {string} text
 * @param {number} from
 * @param {string} run of backticks, as many as must end it
 * @returns {number} where the code span ends, or -1
 */
function endOfCode(text, from, run) {
  const ticks = /`+/g;
  ticks.lastIndex = from;
  for (let match = ticks.exec(text); match; match = ticks.exec(text)) if (match[0] === run) return ticks.lastIndex;
  return -1;
}

/**
 * @param {string} text
 * @param {number} from behind the closing bracket
 * @returns {number} where the link's target ends, which may be at once; -1 when it may still come
 */
function endOfTarget(text, from) {
  if (from === text.length) return -1;
  const end = text[from] === '(' ? ')' : text[from] === '[' ? ']' : '';
  if (!end) return from;
  const at = text.indexOf(end, from + 1);
  return at < 0 && text.length - from > 2000 ? from : at < 0 ? -1 : at + 1;
}

/**
 * Decides what a run of marks does to the emphasis that is open: a simple form of CommonMark's rules, 6.2.
 *
 * @param {string} run
 * @param {string} before
 * @param {string} after
 * @param {string[]} open
 */
function weigh(run, before, after, open) {
  const word = /[\p{L}\p{N}]/u;
  const inWord = run[0] === '_' && word.test(before) && word.test(after);
  if (inWord) return;
  let left = run.length;
  if (/\S/.test(before)) {
    for (let top = open.at(-1); top?.[0] === run[0] && top.length <= left; top = open.at(-1)) {
      left -= top.length;
      open.pop();
    }
  }
  if (left > 0 && left < 4 && /\S/.test(after)) open.push(run.slice(0, left));
}
