import { columnsBefore, costOf, cutAt, maxCost, strip } from './lines.js';

/**
 * Is told what the text turned out to be.
 *
 * @typedef {object} Sink
 * @property {(markdown: string) => void} flow Markdown that stands on its own, so that it can be lexed without the rest
 * @property {(language: string) => void} open a code block begins: it can be long, so it is given line by line
 * @property {(text: string) => void} code
 * @property {() => void} close
 */

/**
 * A fenced block. Inside a list item the fence is indented, and the item is its frame.
 *
 * @typedef {object} Fence
 * @property {string} marks
 * @property {string} language
 * @property {number} indent columns that are not part of the code
 * @property {number} within the content's column of the list item around it, or 0
 */

/** @typedef {ReturnType<typeof createSplitter>} Splitter */

/**
 * Cuts Markdown, however it arrives, into parts that never change again. Where it cuts depends on the text alone, never on
 * how it arrived.
 *
 * It cuts where Markdown itself has a border that needs no look ahead: at a blank line in front of a line that cannot
 * belong to the list above, at headings and fences. And it cuts by force what grows too long, because an unfinished part is
 * lexed at every frame, and a lexer takes quadratic time for some texts.
 *
 * @param {Sink} sink
 */
export function createSplitter(sink) {
  let input = '';
  let position = 0;
  let ended = false;
  let flow = ''; // the unfinished part, without its last line
  let cost = 0;
  let blank = false; // whether the last line was blank
  let previous = ''; // the line before, unless it was blank
  let list = 0; // the column where the content of the last list item begins; 0 outside of lists
  let columns = 0; // of the table whose rows are coming
  let head = ''; // its first two lines, which a piece cut by force begins with
  /** @type {Fence | undefined} */
  let inner; // a fence inside a list item
  /** @type {Fence | undefined} */
  let code; // the block that is being given line by line

  /**
   * @param {string} line
   * @param {string} end empty when the line goes on in the next piece
   */
  function take(line, end) {
    if (code && takeCode(code, line, end)) return;
    if (!line.trim()) {
      if (flow) flow += '\n';
      blank = true;
      columns = 0;
      previous = '';
      return;
    }
    const indent = columnsBefore(line);
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
    if (cost + costOf(line) > (list && !item ? 1.5 : 1) * maxCost) force();
    if (code) return take(line, end);
    if (item) list = content ? marker.length : marker.trimEnd().length + 1;
    // A fence inside an item must not be cut off its end.
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
      // A wide table makes a cell for each column in the shortest of rows: it stays text.
      if (columns > 64) line = `\\${line}`;
    }
    flow += line + end;
    cost += costOf(line) + columns * 12;
    blank = false;
    previous = line;
    if (!end) finish();
  }

  /** Cuts in front of a line that would make the part too long. What it is goes on in the next part. */
  function force() {
    const [fence, column, width, rows] = [inner, list, columns, head];
    finish();
    list = column;
    if (width) [flow, columns, head] = [rows, width, rows];
    if (fence) open(fence);
  }

  /** The part is complete, if there is one. */
  function finish() {
    if (flow) sink.flow(flow);
    flow = previous = '';
    cost = list = columns = 0;
    blank = false;
    inner = undefined;
  }

  /** @param {Fence} fence */
  function open(fence) {
    code = fence;
    sink.open(fence.language);
  }

  /**
   * @param {Fence} fence
   * @param {string} line
   * @param {string} end
   * @returns {boolean} whether the line belongs to the block
   */
  function takeCode(fence, line, end) {
    const left = fence.within && line.trim() && columnsBefore(line) < fence.within;
    if (left || (end && closes(fence, line))) {
      code = undefined;
      sink.close();
    } else {
      sink.code(strip(line, fence.indent) + end);
    }
    return !left;
  }

  return {
    /** @param {string} text */
    push(text) {
      input = input.slice(position) + text.replaceAll('\r', ''); // a lexer takes every CR for a line end
      position = 0;
    },

    /** No more text: the last line is one, though nothing ends it. */
    end() {
      ended = true;
    },

    /**
     * Reads one more line.
     *
     * @returns {boolean} whether there was one
     */
    next() {
      const from = position;
      const found = input.indexOf('\n', from);
      const end = found < 0 ? input.length : found;
      const piece = cutAt(input, from, end);
      if (piece) {
        position = piece;
        take(input.slice(from, piece), '');
      } else if (found >= 0 || (ended && from < end)) {
        position = Math.min(end + 1, input.length);
        take(input.slice(from, end), '\n');
      } else if (ended && (flow || code)) {
        if (code) sink.close();
        code = undefined;
        finish();
      } else {
        return false;
      }
      return true;
    },

    /** Whether the unfinished part is code, which has no marks to be completed. */
    get inCode() {
      return Boolean(code ?? inner);
    },

    /** The unfinished part: of a code block the unfinished line, otherwise Markdown. */
    get rest() {
      const line = input.slice(position);
      return code ? strip(line, code.indent) : flow + line;
    },
  };
}

/**
 * @param {Fence} fence
 * @param {string} line
 */
function closes({ marks, within }, line) {
  const text = line.trim();
  return text.startsWith(marks) && text === marks[0].repeat(text.length) && columnsBefore(line) < within + 4;
}
