import { Answer } from './answer.js';
import { TokenfallError } from './errors.js';
import { createRequest } from './request.js';
import { openStream } from './response.js';
import { createParser } from './sse.js';

/**
 * @typedef {object} ConnectionOptions
 * @property {typeof globalThis.fetch} [fetch] used instead of the global one
 * @property {number} [maxEventSize] longest event accepted, in UTF-16 code units; 16 Mi unless given
 */

/** @typedef {import('./answer.js').AnswerOptions & import('./request.js').RequestOptions & ConnectionOptions} AskOptions */

/**
 * Asks, and reads the answer as it is written. The request is sent exactly once, never again by itself.
 *
 * @param {string | URL} url
 * @param {unknown} body an object becomes JSON; FormData and URLSearchParams go as they are
 * @param {AskOptions} [options]
 * @returns {Answer}
 */
export function ask(url, body, options = {}) {
  return new Answer(options, (sink, signal) => {
    receive(url, body, options, sink, signal).catch(sink.fail);
  });
}

/**
 * @param {string | URL} url
 * @param {unknown} body
 * @param {AskOptions} options
 * @param {import('./answer.js').Sink} sink
 * @param {AbortSignal} signal
 */
async function receive(url, body, options, sink, signal) {
  const request = await createRequest(body, options, signal).catch(because('request', 'The request could not be put together.'));
  if (signal.aborted) return;
  // In parentheses, so that fetch is not called as a method of the options: browsers refuse that.
  const send = async () => (options.fetch ?? globalThis.fetch)(url, request);
  const response = await send().catch(because('network', 'The server could not be reached.'));
  const reader = (await openStream(response)).getReader();
  const parser = createParser({ onEvent: sink.event, maxEventSize: options.maxEventSize });
  // The signal aborts with the terminal event: the connection may stay open behind it, and nobody waits for its end.
  while (!signal.aborted) {
    const { value, done } = await reader.read().catch(because('truncated', 'The connection broke before the answer was complete.'));
    if (done) throw new TokenfallError('truncated', 'The stream ended before the answer was complete.', { retryable: true });
    parser.push(value);
    sink.flush();
  }
}

/**
 * @param {'request' | 'network' | 'truncated'} code
 * @param {string} message
 * @returns {(cause: unknown) => never}
 */
function because(code, message) {
  return (cause) => {
    throw new TokenfallError(code, message, { retryable: code !== 'request', cause });
  };
}
