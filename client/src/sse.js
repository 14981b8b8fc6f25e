import { TokenfallError } from './errors.js';

/**
 * @typedef {object} ServerSentEvent
 * @property {string} type `message` unless the stream says otherwise
 * @property {string} data
 * @property {string} id the last event id at the time of the event; it persists over events without one
 */

/**
 * @typedef {object} ParserOptions
 * @property {(event: ServerSentEvent) => void} onEvent
 * @property {(milliseconds: number) => void} [onRetry]
 * @property {(text: string) => void} [onComment]
 * @property {number} [maxEventSize] longest event, in UTF-16 code units; 16 Mi unless given
 */

/**
 * @typedef {object} Parser
 * @property {(bytes: Uint8Array) => void} push takes the next bytes, cut anywhere; throws `too_large`, and from then on always
 * @property {() => void} end the stream is over: an unfinished event is dropped, as the standard says
 * @property {string} lastEventId
 */

/**
 * An incremental parser of server-sent events, as the HTML standard describes them
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 * Its work is linear in the bytes pushed, wherever they are cut: nothing is searched or joined twice.
 * What a callback throws comes out of `push`, and the rest of those bytes is lost.
 *
 * @param {ParserOptions} options
 * @returns {Parser}
 */
export function createParser({ onEvent, onRetry, onComment, maxEventSize = 16 * 1024 * 1024 }) {
  // ignoreBOM keeps the byte order mark in the text; exactly one is dropped below.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let started = false;
  let endedWithCr = false; // an LF at the start of the next chunk belongs to this CR
  /** @type {string[]} */
  let pieces = []; // of the unfinished line
  /** @type {string[]} */
  let data = [];
  let size = 0; // of pieces and data together
  let type = '';
  let id = ''; // becomes lastEventId when its block is complete
  let lastEventId = '';

  /** @param {string} text */
  function scan(text) {
    let from = (!started && text[0] === '\uFEFF') || (endedWithCr && text[0] === '\n') ? 1 : 0;
    started = true;
    endedWithCr = false;
    // Each search goes on where the last one ended, so the other kind of line end costs nothing per line.
    let lf = text.indexOf('\n', from);
    let cr = text.indexOf('\r', from);
    while (lf >= 0 || cr >= 0) {
      const end = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
      hold(text.slice(from, end));
      finishLine();
      from = end + 1;
      if (end === cr) {
        endedWithCr = from === text.length;
        if (lf === from) from++;
        cr = text.indexOf('\r', from);
      }
      if (lf >= 0 && lf < from) lf = text.indexOf('\n', from);
    }
    if (from < text.length) hold(text.slice(from));
  }

  /** @param {string} piece */
  function hold(piece) {
    size += piece.length;
    if (size > maxEventSize) {
      pieces = data = []; // the size stays over the limit, so that everything that follows is refused, too
      throw new TokenfallError('too_large', `The server sent an event of more than ${maxEventSize} characters.`);
    }
    pieces.push(piece);
  }

  function finishLine() {
    const line = pieces.length === 1 ? pieces[0] : pieces.join('');
    pieces = [];
    if (line) readField(line);
    else dispatch();
  }

  /** @param {string} line */
  function readField(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      data.push(value);
      return;
    }
    size -= line.length; // only data is kept
    if (name === '') onComment?.(value);
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) onRetry?.(Number(value));
  }

  function dispatch() {
    lastEventId = id;
    const event = data.length ? { type: type || 'message', data: data.join('\n'), id } : undefined;
    data = [];
    type = '';
    size = 0;
    if (event) onEvent(event);
  }

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (text) scan(text);
    },
    end() {
      pieces = data = [];
    },
    get lastEventId() {
      return lastEventId;
    },
  };
}
