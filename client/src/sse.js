import { TokenfallError } from './errors.js';

/**
 * @typedef {object} ServerSentEvent
 * @property {string} type `message` unless the stream says otherwise
 * @property {string} data
 * @property {string} id the last event id when the event was dispatched; events without an id keep the previous one
 */

/**
 * @typedef {object} ParserOptions
 * @property {(event: ServerSentEvent) => void} onEvent
 * @property {(milliseconds: number) => void} [onRetry] receives the reconnection time of a `retry` field
 * @property {(text: string) => void} [onComment]
 * @property {number} [maxEventSize] largest event accepted, in UTF-16 code units; 16 Mi by default
 */

/**
 * @typedef {object} Parser
 * @property {(bytes: Uint8Array) => void} push parses the next bytes, split anywhere. Throws a `TokenfallError` with the code
 *   `too_large` when an event exceeds the limit, and again on every later call
 * @property {() => void} end call it at the end of the stream: an unfinished event is discarded, as the standard requires
 * @property {string} lastEventId the last event id of the stream so far
 */

/**
 * Creates an incremental parser of server-sent events that follows the HTML standard
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 * Its work is linear in the number of bytes, however they are split: nothing is searched or joined twice.
 * An exception in a callback is rethrown by `push`, and the rest of those bytes is lost.
 *
 * @param {ParserOptions} options
 * @returns {Parser}
 */
export function createParser({ onEvent, onRetry, onComment, maxEventSize = 2 ** 24 }) {
  const decoder = new TextDecoder(); // drops a byte order mark at the start, as the standard requires
  let endedWithCr = false; // an LF at the start of the next chunk belongs to this CR
  let partialLine = ''; // engines join its pieces only when it is first searched, which is when the line is complete
  /** @type {string | undefined} */
  let data;
  let size = 0; // of partialLine and data together
  let type = '';
  let id = ''; // becomes lastEventId at the end of its block
  let lastEventId = '';

  /** @param {string} text */
  function scan(text) {
    let from = endedWithCr && text[0] === '\n' ? 1 : 0;
    endedWithCr = false;
    // Each search continues where the last one ended, so the other kind of line ending costs nothing per line.
    let lf = text.indexOf('\n', from);
    let cr = text.indexOf('\r', from);
    while (lf >= 0 || cr >= 0) {
      const end = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
      addSize(end - from);
      const line = partialLine + text.slice(from, end);
      partialLine = '';
      if (line) readField(line);
      else dispatch();
      from = end + 1;
      if (end === cr) {
        endedWithCr = from === text.length;
        if (lf === from) from++;
        cr = text.indexOf('\r', from);
      }
      if (lf >= 0 && lf < from) lf = text.indexOf('\n', from);
    }
    addSize(text.length - from);
    partialLine += text.slice(from);
  }

  /** @param {number} length */
  function addSize(length) {
    size += length;
    if (size <= maxEventSize) return;
    partialLine = data = ''; // the size stays over the limit, so every later call throws, too
    throw new TokenfallError('too_large', `The server sent an event larger than ${maxEventSize} characters.`);
  }

  /** @param {string} line */
  function readField(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') {
      data = data === undefined ? value : `${data}\n${value}`;
      return;
    }
    size -= line.length; // only data is stored
    if (name === '') onComment?.(value);
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) onRetry?.(Number(value));
  }

  function dispatch() {
    lastEventId = id;
    const event = data !== undefined && { type: type || 'message', data, id };
    data = undefined;
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
      partialLine = '';
      data = undefined;
    },
    get lastEventId() {
      return lastEventId;
    },
  };
}
