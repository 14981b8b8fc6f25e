import { columnsBefore, costOf, cutAt, maxCost, normalise, strip } from './lines.js';

/**
 * What the text turned out to be. `flow` is Markdown that stands on its own, so that it can be lexed without the rest.
 * Code is given line by line, as it can be long: `open` begins a block, `code` adds to it, `close` ends it.
 *
 * @typedef {{ flow: string } | { open: string } | { code: string } | { close: true }} Part
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

/**
 * Cuts Markdown, however it arrives, into parts that never change again. Where it cuts depends on the text alone, never on
 * how it arrived.
 *
 * It cuts where Markdown itself has a border that needs no look ahead: at a blank line in front of a line that cannot
 * belong to the list above, at headings and fences. And it cuts by force what grows too long, because an unfinished part is
 * lexed at every frame, and a lexer takes quadratic time for some texts.
 */
export class Splitter {
  /** The unfinished part, without its last line. */
  #flow = '';
  #cost = 0;
  #blank = false; // whether the last line was blank
  #list = 0; // the column where the content of the last list item begins; 0 outside of lists
  #columns = 0; // of the table whose rows are coming
  /** The table's head and delimiter row, which a piece cut by force begins with. */
  #head = '';
  #previous = '';
  /** @type {Fence | undefined} */
  #inner; // a fence inside a list item
  /** @type {Fence | undefined} */
  #code; // the block that is being given line by line
  #input = '';
  #position = 0;
  #ended = false;
  /** @type {Part[]} */
  #parts = [];

  /** @param {string} text */
  push(text) {
    this.#input = this.#input.slice(this.#position) + text;
    this.#position = 0;
  }

  /** No more text: the last line is one, though nothing ends it. */
  end() {
    this.#ended = true;
  }

  /** Whether text waits to be read. It may be the beginning of a line, of which nothing is known yet. */
  get waiting() {
    return this.#position < this.#input.length;
  }

  /** Whether the unfinished part is code, which has no marks to be completed. */
  get inCode() {
    return Boolean(this.#code ?? this.#inner);
  }

  /** The unfinished part: of a code block the unfinished line, otherwise Markdown. */
  get rest() {
    const line = normalise(this.#input.slice(this.#position));
    return this.#code ? strip(line, this.#code.indent) : this.#flow + line;
  }

  /**
   * Reads one more line.
   *
   * @returns {Part[] | undefined} what it finished; nothing when there is no further line
   */
  next() {
    const from = this.#position;
    let end = this.#input.indexOf('\n', from);
    const cut = cutAt(this.#input, from, end < 0 ? this.#input.length : end);
    if (cut) {
      this.#position = cut;
      this.#take(normalise(this.#input.slice(from, cut)), '');
    } else if (end >= 0 || (this.#ended && from < this.#input.length)) {
      if (end < 0) end = this.#input.length;
      this.#position = Math.min(end + 1, this.#input.length);
      this.#take(normalise(this.#input.slice(from, end)), '\n');
    } else if (this.#ended && (this.#flow || this.#code)) {
      this.#cut();
      if (this.#code) this.#parts.push({ close: true });
      this.#code = undefined;
    } else {
      return undefined;
    }
    return this.#parts.splice(0);
  }

  /**
   * @param {string} line
   * @param {string} end empty when the line goes on in the next piece
   */
  #take(line, end) {
    if (this.#code && this.#takeCode(this.#code, line, end)) return;
    if (!line.trim()) {
      if (this.#flow) this.#flow += '\n';
      this.#blank = true;
      this.#columns = 0;
      this.#previous = '';
      return;
    }
    const indent = columnsBefore(line);
    const marker = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?=(\S))|[ \t]*$)/.exec(line);
    const inItem = this.#list > 0 && indent >= this.#list;
    const fence = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*([^\s`]*)/.exec(line);
    if (this.#blank && indent === 0 && !(this.#list && marker)) this.#cut();
    if (fence && !inItem && indent < 4) {
      this.#cut();
      this.#open({ marks: fence[1], language: fence[2], indent, within: 0 });
      return;
    }
    if (!inItem && /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line)) this.#cut();
    this.#limit(line, !this.#list || Boolean(marker && !inItem));
    if (this.#code) {
      this.#takeCode(this.#code, line, end);
      return;
    }
    if (marker && !inItem && (this.#blank || !this.#flow || this.#list || (marker[1] && /^(?:\D|1[.)])/.test(marker[0].trim())))) {
      // Content that is far from its marker is indented code, and belongs to the next column.
      const width = marker[0].trimEnd().length;
      this.#list = !marker[1] || marker[0].length - width > 4 ? width + 1 : marker[0].length;
      this.#inner = undefined;
    }
    this.#track(inItem, fence);
    this.#add(line, end);
  }

  /**
   * @param {string} line
   * @param {string} end
   */
  #add(line, end) {
    if (!this.#columns && this.#previous.includes('|') && /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line)) {
      const columns = line.split('|').length;
      // A wide table makes a cell for each column in the shortest of rows.
      if (columns > 64) line = `\\${line}`;
      else [this.#columns, this.#head] = [columns, `${this.#previous}\n${line}\n`];
    }
    this.#flow += line + end;
    this.#cost += costOf(line) + this.#columns * 8;
    this.#blank = false;
    this.#previous = line;
    if (!end) this.#cut();
  }

  /**
   * Cuts by force in front of a line that would make the part too long: in a list rather between items.
   *
   * @param {string} line
   * @param {boolean} border whether it is no list, or the line begins an item
   */
  #limit(line, border) {
    const cost = this.#cost + costOf(line);
    if (cost < (border ? maxCost : 1.5 * maxCost)) return;
    const [head, inner, list] = [this.#columns ? this.#head : '', this.#inner, this.#list];
    const columns = this.#columns;
    this.#cut();
    this.#list = list;
    if (head) [this.#flow, this.#columns, this.#head] = [head, columns, head];
    if (inner) this.#open(inner);
  }

  /**
   * Keeps track of fences inside a list item, for which the item must not be cut.
   *
   * @param {boolean} inItem
   * @param {RegExpExecArray | null} fence
   */
  #track(inItem, fence) {
    if (!inItem) this.#inner = undefined;
    else if (this.#inner) {
      if (fence && !fence[2] && fence[1].startsWith(this.#inner.marks)) this.#inner = undefined;
    } else if (fence) {
      this.#inner = { marks: fence[1], language: fence[2], indent: this.#list, within: this.#list };
    }
  }

  /** @param {Fence} fence */
  #open(fence) {
    this.#code = fence;
    this.#parts.push({ open: fence.language });
  }

  /**
   * @param {Fence} fence
   * @param {string} line
   * @param {string} end
   * @returns {boolean} whether the line belongs to the block
   */
  #takeCode(fence, line, end) {
    const left = fence.within && line.trim() && columnsBefore(line) < fence.within;
    const closed = end && closes(fence, line);
    if (left || closed) {
      this.#code = undefined;
      this.#parts.push({ close: true });
      return !left;
    }
    this.#parts.push({ code: strip(line, fence.indent) + end });
    return true;
  }

  #cut() {
    if (this.#flow.trim()) this.#parts.push({ flow: this.#flow });
    this.#flow = this.#previous = this.#head = '';
    this.#cost = this.#list = this.#columns = 0;
    this.#blank = false;
    this.#inner = undefined;
  }
}

/**
 * @param {Fence} fence
 * @param {string} line
 */
function closes({ marks, within }, line) {
  const text = line.trim();
  return text.startsWith(marks) && text === marks[0].repeat(text.length) && columnsBefore(line) < within + 4;
}
