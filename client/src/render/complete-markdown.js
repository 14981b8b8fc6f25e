/**
 * Completes Markdown that breaks off anywhere, so that it can be shown. Unfinished constructs are closed (emphasis, code),
 * shown without their marks (a link's text), or withheld until it is clear what they become (a table's header, a line that is
 * only marks).
 *
 * @param {string} source
 * @param {boolean} inCode whether it breaks off inside a fenced block
 */
export function completeMarkdown(source, inCode) {
  const text = withoutLast(source, /^[-+*_=#>|:`~\s\d.)]*(?:\[[ x]?\]?\s*)?$|^\s*(?:`{3,}[^`]*|~{3,}.*)$/i);
  if (inCode) return text;
  // A first row that starts with a pipe: the table has no second line yet.
  const known = /(?:^|(?:^|\n)[^|\n]*\n)\s*\|.*\n?$/.test(text) ? withoutLast(text.trimEnd(), /\|/) : text;
  const line = known.slice(known.lastIndexOf('\n') + 1);
  // The last inline text: a table cell, or what follows a blank line or the start of a block.
  const start = /^\s*\|/.test(line)
    ? known.lastIndexOf('|') + 1
    : /^[^]*(?:\n[ \t]*\n|\n(?=[ \t]*(?:[-*+>#]|\d{1,9}[.)] )))/.exec(known)?.[0].length ?? 0;
  const inline = known.slice(start);
  // HTML and indented code are shown as written.
  return /^(?:\s*<[a-z!/?]| {4}|\t)/i.test(inline) ? known : known.slice(0, start) + completeInline(inline);
}

/**
 * @param {string} text
 * @param {RegExp} pattern the last line is removed if it matches
 */
function withoutLast(text, pattern) {
  const start = text.lastIndexOf('\n') + 1;
  return pattern.test(text.slice(start)) ? text.slice(0, start) : text;
}

/** @param {string} source */
function completeInline(source) {
  // A run of marks may grow, and a character reference or a URL may be incomplete.
  let text = source.replace(/(?:\\?[*_~`]+|\\|!|&#?\w{0,8}|<(?:https?:[^\s>]*|[a-z]{0,5}))$/i, '').trimEnd();
  /** @type {string[]} */
  const open = [];
  /** @type {number[]} */
  const brackets = [];
  const mark = /\\[^]|`+|\*+|_+|~~|!?\[|\]/g;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const { 0: run, index } = match;
    const from = mark.lastIndex;
    if (run[0] === '`') {
      const end = text.indexOf(run, from);
      if (end < 0) return text + run + open.join('');
      mark.lastIndex = end + run.length;
    } else if (run.endsWith('[')) {
      brackets.push(index);
    } else if (run === ']' && brackets.length) {
      const close = text[from] === '(' ? ')' : text[from] === '[' ? ']' : '';
      const end = close ? text.indexOf(close, from + 1) : from < text.length ? from : -1;
      if (end < 0) text = text.slice(0, index); // the target is incomplete: keep only the label
      else brackets.pop();
      mark.lastIndex = end + close.length;
      if (end < 0) break;
    } else if (run[0] !== '\\') {
      toggleEmphasis(run, text[index - 1] ?? ' ', text[from] ?? ' ', open);
    }
  }
  const start = brackets.pop() ?? -1;
  if (text[start] === '!') text = text.slice(0, start);
  else if (start >= 0 && text.length - start < 200) text = text.slice(0, start) + text.slice(start + 1);
  // A bare URL is not a link until it is complete.
  return text.replace(/\b(https?(?=:)|www(?=\.)|\w(?=@))(\S+)$/i, '$1\\$2') + open.join('');
}

/**
 * Opens or closes emphasis at a run of marks: a simplified form of CommonMark's rules (section 6.2).
 *
 * @param {string} run
 * @param {string} before
 * @param {string} after
 * @param {string[]} open the open marks, innermost first
 */
function toggleEmphasis(run, before, after, open) {
  if (run[0] === '_' && /^[\p{L}\p{N}]{2}/u.test(before + after)) return;
  let left = run.length;
  while (before.trim() && open[0]?.[0] === run[0] && open[0].length <= left) left -= open.shift()?.length ?? 0;
  if (left > 0 && left < 4 && after.trim()) open.unshift(run.slice(0, left));
}
