import { costOf, indentOf, maxCost, splitPosition, stripIndent } from './lines.js';

/**
 * Receives the parts of the text.
 *
 * @typedef {object} SplitHandlers
 * @property {(source: string) => void} markdown receives Markdown that is complete in itself, so it can be lexed without the rest
 * @property {(language: string) => void} startCode a code block begins; it can be long, so it is passed on line by line
 * @property {(text: string) => void} code receives a line of the code block
 * @property {() => void} endCode the code block ends
 */

/**
 * A fenced code block. Inside a list item the fence is indented, and ends with the item at the latest.
 *
 * @typedef {object} Fence
 * @property {string} marks
 * @property {string} language
 * @property {number} indent columns of indentation that are not part of the code
 * @property {number} within the content column of the list item around it, or 0
 */

/** @typedef {ReturnType<typeof createSplitter>} Splitter */

/**
 * Splits Markdown into parts that never change again. Where it splits depends on the text alone, never on how it arrived.
 *
 * It splits at boundaries that need no lookahead: at a blank line before a line that cannot belong to the list above, at
 * headings, and at fences. It also splits a part that has grown too long, because the unfinished part is lexed in every
 * frame, and lexers take quadratic time for some texts.
 *
 * @param {SplitHandlers} handlers
 */
export function createSplitter(handlers) {
  let input = '';
  let position = 0;
  let ended = false;
  let source = ''; // the unfinished part, without its last line
  let cost = 0;
  let blank = false; // whether the last line was blank
  let previous = ''; // the line before, unless blank
  let list = 0; // the column where the content of the last list item begins; 0 outside of lists
  let columns = 0; // of the table whose rows are coming
  let head = ''; // its first two lines, repeated when the table is split
  /** @type {Fence | undefined} */
  let inner; // a fence inside a list item
  /** @type {Fence | undefined} */
  let code; // the code block being passed on line by line

  /**
   * @param {string} line
   * @param {string} end the line ending; empty if the line continues in the next piece
   */
  function take(line, end) {
    if (code && takeCode(code, line, end)) return;
    if (!line.trim()) {
      if (source) source += '\n';
      blank = true;
      columns = 0;
      previous = '';
      return;
    }
    const indent = indentOf(line);
    const inItem = list > 0 && indent >= list;
    const [marker, content] = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?=(\S))|[ \t]*$)/.exec(line) ?? [''];
    const [fence, marks, language] = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)/.exec(line) ?? [''];
    const item = marker && !inItem;
    if (blank && !indent && !(list && marker)) finish();
    if (fence && !inItem && indent < 4) {
      finish();
      open({ marks, language, indent, within: 0 });
      return;
    }
    if (!inItem && /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line)) finish();
    if (cost + costOf(line) > (list && !item ? 1.5 : 1) * maxCost) splitOversized();
    if (code) return take(line, end);
    if (item) list = content ? marker.length : marker.trimEnd().length + 1;
    // A fence inside an item must not lose its end.
    if (!inItem) inner = undefined;
    else if (!inner) inner = fence ? { marks, language, indent: list, within: list } : undefined;
    else if (closes(inner, line)) inner = undefined;
    add(line, end);
  }

  /**
   * @param {string} line
   * @param {string} end
   */
  function add(line, end) {
    if (!columns && previous.includes('|') && /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line)) {
      columns = line.split('|').length;
      head = `${previous}\n${line}\n`;
      // In a wide table even the shortest row gets a cell per column, so it stays text.
      if (columns > 64) line = `\\${line}`;
    }
    source += line + end;
    cost += costOf(line) + columns * 12;
    blank = false;
    previous = line;
    if (!end) finish();
  }

  /** Splits before a line that would make the part too long. Lists, tables and code continue in the next part. */
  function splitOversized() {
    const [fence, column, width, rows] = [inner, list, columns, head];
    finish();
    list = column;
    if (width) [source, columns, head] = [rows, width, rows];
    if (fence) open(fence);
  }

  /** Passes the current part on, if there is one. */
  function finish() {
    if (source) handlers.markdown(source);
    source = previous = '';
    cost = list = columns = 0;
    blank = false;
    inner = undefined;
  }

  /** @param {Fence} fence */
  function open(fence) {
    code = fence;
    handlers.startCode(fence.language);
  }

  /**
   * @param {Fence} fence
   * @param {string} line
   * @param {string} end
   * @returns {boolean} whether the line belongs to the block
   */
  function takeCode(fence, line, end) {
    const leftItem = fence.within && line.trim() && indentOf(line) < fence.within;
    if (leftItem || (end && closes(fence, line))) {
      code = undefined;
      handlers.endCode();
    } else {
      handlers.code(stripIndent(line, fence.indent) + end);
    }
    return !leftItem;
  }

  return {
    /** @param {string} text */
    push(text) {
      input = input.slice(position) + text.replaceAll('\r', ''); // lexers treat every CR as a line ending
      position = 0;
    },

    /** Call it after the last text: what is left counts as a line. */
    end() {
      ended = true;
    },

    /**
     * Reads one more line.
     *
     * @returns {boolean} whether there was a line to read
     */
    next() {
      const from = position;
      const found = input.indexOf('\n', from);
      const end = found < 0 ? input.length : found;
      const piece = splitPosition(input, from, end);
      if (piece) {
        position = piece;
        take(input.slice(from, piece), '');
      } else if (found >= 0 || (ended && from < end)) {
        position = Math.min(end + 1, input.length);
        take(input.slice(from, end), '\n');
      } else if (ended && (source || code)) {
        if (code) handlers.endCode();
        code = undefined;
        finish();
      } else {
        return false;
      }
      return true;
    },

    /** Whether the unfinished part is code, which has no marks to complete. */
    get inCode() {
      return Boolean(code ?? inner);
    },

    /** The unfinished part: a code block's unfinished line, or Markdown. */
    get tail() {
      const line = input.slice(position);
      return code ? stripIndent(line, code.indent) : source + line;
    },
  };
}

/**
 * @param {Fence} fence
 * @param {string} line
 */
function closes({ marks, within }, line) {
  const text = line.trim();
  return text.startsWith(marks) && text === marks[0].repeat(text.length) && indentOf(line) < within + 4;
}
