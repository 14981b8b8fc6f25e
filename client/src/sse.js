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
export function createParser({ onEvent, onRetry, onComment, maxEventSize = 2 ** 24 }) {
  const decoder = new TextDecoder(); // drops one byte order mark at the start, as the standard does
  let endedWithCr = false; // an LF at the start of the next chunk belongs to this CR
  let rest = ''; // the unfinished line. The engine joins its pieces when it is first searched, which is when it is finished
  /** @type {string | undefined} */
  let data;
  let size = 0; // of rest and data together
  let type = '';
  let id = ''; // becomes lastEventId when its block is complete
  let lastEventId = '';

  /** @param {string} text */
  function scan(text) {
    let from = endedWithCr && text[0] === '\n' ? 1 : 0;
    endedWithCr = false;
    // Each search goes on where the last one ended, so the other kind of line end costs nothing per line.
    let lf = text.indexOf('\n', from);
    let cr = text.indexOf('\r', from);
    while (lf >= 0 || cr >= 0) {
      const end = lf < 0 || (cr >= 0 && cr < lf) ? cr : lf;
      grow(end - from);
      const line = rest + text.slice(from, end);
      rest = '';
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
    grow(text.length - from);
    rest += text.slice(from);
  }

  /** @param {number} by */
  function grow(by) {
    size += by;
    if (size <= maxEventSize) return;
    rest = data = ''; // the size stays over the limit, so that everything that follows is refused, too
    throw new TokenfallError('too_large', `The server sent an event of more than ${maxEventSize} characters.`);
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
    size -= line.length; // only data is kept
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
      rest = '';
      data = undefined;
    },
    get lastEventId() {
      return lastEventId;
    },
  };
}
