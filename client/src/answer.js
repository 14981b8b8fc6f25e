import { TokenfallError } from './errors.js';
import { decode, serverError } from './protocol.js';
import { createReader } from './reader.js';

/**
 * `connecting` until the server has accepted; `queued` until the run has begun; `thinking` until the first text; `streaming`
 * while text comes; `reconnecting` after a cut. Then one of: `done`, `stopped` (the run was stopped on the server), `failed`
 * (see `error`), `closed` (this reader went away).
 *
 * @typedef {'connecting' | 'queued' | 'thinking' | 'streaming' | 'reconnecting' | 'done' | 'stopped' | 'failed' | 'closed'} AnswerState
 */

/**
 * @typedef {object} Usage
 * @property {number} [inputTokens]
 * @property {number} [outputTokens]
 */

/**
 * @typedef {object} ToolEvent
 * @property {'tool_call' | 'tool_result'} type
 * @property {Record<string, any>} data as the server sent it
 */

/**
 * How an answer ended.
 *
 * @typedef {object} Outcome
 * @property {AnswerState} state `done`, `stopped`, `failed` or `closed`
 * @property {string} text all text that arrived
 * @property {Usage} usage
 * @property {string} [stopReason] why the model ended, in the server's words
 * @property {TokenfallError} [error] only when `failed`
 */

/**
 * Callbacks run while the events are read. One that throws is reported as uncaught, like an event listener's error, and
 * changes nothing for the answer.
 *
 * @typedef {object} AnswerOptions
 * @property {(delta: string, answer: Answer) => void} [onText]
 * @property {(delta: string, answer: Answer) => void} [onThinking]
 * @property {(tool: ToolEvent, answer: Answer) => void} [onTool]
 * @property {(usage: Usage, answer: Answer) => void} [onUsage]
 * @property {(state: AnswerState, answer: Answer) => void} [onState] called at every change, the last one included
 * @property {AbortSignal} [signal] aborting it is `close()`, except that iterations throw its reason (an `AbortError`)
 */

/**
 * One answer while it arrives. Its fields are to be read only.
 *
 * @typedef {object} AnswerFields
 * @property {string} text all text so far
 * @property {string} thinking the model's reasoning so far, where the server sends it
 * @property {AnswerState} state
 * @property {Usage} usage known when the answer ends
 * @property {string} [stopReason]
 * @property {TokenfallError} [error]
 * @property {string} [id] the run's id, once the server has named it
 * @property {string} [url] the run's address, for `attach`, once the server has named it
 * @property {string} lastEventId the id of the last event read
 * @property {Promise<string | undefined>} named resolves to `url` as soon as it is known; to nothing when the answer ends without one
 * @property {Promise<Outcome>} finished resolves to how the answer ended; never rejects
 */

/**
 * @typedef {object} AnswerMethods
 * @property {() => Promise<void>} stop ends the run on the server, for all its readers, and with it the spending. The answer then
 *   ends as `stopped`; what has arrived stays. It works in every state: before the server has named the run it waits for the
 *   name, after `close()` it still stops the run, and of an answer that has ended nothing is left to stop. The promise
 *   resolves when the server has confirmed, and rejects with a `TokenfallError` when it refuses or cannot be reached; then the
 *   answer goes on
 * @property {() => void} close stops reading and lets the connection go. It does not stop the run: what the server does about it is
 *   its disconnect policy
 */

/**
 * `for await` gives the text, one string for each piece of the response that the network delivers. Leaving the loop early is
 * `close()`.
 *
 * @typedef {AnswerFields & AnswerMethods & AsyncIterable<string>} Answer
 */

/**
 * @param {AnswerOptions} options
 * @param {(sink: import('./link.js').Sink) => () => Promise<void>} connect gives what stops the run
 * @param {{ id?: string, url?: string, lastEventId?: string, text?: string }} [known] where an answer begins that is not read
 *   from its start
 * @param {boolean} [whole] whether the text known is all there is up to the last event
 * @returns {Answer}
 */
export function createAnswer(options, connect, known, whole = true) {
  const { signal } = options;
  const left = new AbortController();
  const gone = left.signal;
  /** @type {Set<import('./reader.js').TextReader>} */
  const readers = new Set();
  let fresh = ''; // text that the readers have not been given
  /** @type {{ reason: unknown } | undefined} */
  let failure;
  /** @type {(url?: string) => void} */
  let name = () => {};
  /** @type {(outcome: Outcome) => void} */
  let resolve = () => {};

  /** @type {Answer} */
  const answer = {
    text: '',
    thinking: '',
    state: 'connecting',
    usage: {},
    lastEventId: '',
    ...known,
    named: new Promise((settle) => (name = settle)),
    finished: new Promise((settle) => (resolve = settle)),
    stop: () => stop(),
    close: () => settle('closed'),
    [Symbol.asyncIterator]() {
      flush();
      const reader = createReader(answer.text, () => {
        readers.delete(reader);
        answer.close();
      });
      if (gone.aborted) reader.end(failure);
      else readers.add(reader);
      return reader.iterator;
    },
  };

  const abort = () => settle('closed', { reason: signal?.reason });

  function flush() {
    if (fresh) for (const reader of readers) reader.push(fresh);
    fresh = '';
  }

  /** @param {import('./sse.js').ServerSentEvent} event */
  function read({ type, data: json, id }) {
    if (gone.aborted) return;
    const data = decode(type, json);
    answer.lastEventId = id;
    if (!data) return;
    if (type === 'delta') {
      answer.text += data.text;
      fresh += data.text;
      change('streaming');
      emit('onText', data.text);
    } else if (type === 'done' || type === 'error') {
      answer.usage = { inputTokens: data.input_tokens, outputTokens: data.output_tokens };
      emit('onUsage', answer.usage);
      if (type === 'error') fail(serverError(data));
      else complete(data);
    } else {
      if (type === 'thinking') answer.thinking += data.text;
      if (answer.state === 'queued') change('thinking');
      if (type === 'thinking') emit('onThinking', data.text);
      else if (type !== 'start') emit('onTool', { type, data });
    }
  }

  /** @param {Record<string, any>} done */
  function complete({ stop_reason, chars }) {
    answer.stopReason = stop_reason;
    const { length } = answer.text;
    if (!whole || (chars ?? length) === length) return settle(stop_reason === 'stopped' ? 'stopped' : 'done');
    fail(new TokenfallError('incomplete', `Part of the answer is missing: ${length} of ${chars} characters arrived.`, { retryable: true }));
  }

  /** @param {TokenfallError} error */
  function fail(error) {
    if (gone.aborted) return;
    answer.error = error;
    settle('failed', { reason: error });
  }

  /**
   * @param {AnswerState} state
   * @param {{ reason: unknown }} [why] what the iterations throw
   */
  function settle(state, why) {
    if (gone.aborted) return;
    failure = why;
    left.abort();
    flush();
    for (const reader of readers) reader.end(why);
    resolve(answer);
    change(state);
  }

  /** @param {AnswerState} state */
  function change(state) {
    if (answer.state === state) return;
    answer.state = state;
    emit('onState', state);
  }

  /**
   * @param {'onText' | 'onThinking' | 'onTool' | 'onUsage' | 'onState'} name
   * @param {any} value
   */
  function emit(name, value) {
    if (gone.aborted && name !== 'onState') return; // a callback closed the answer
    try {
      options[name]?.(value, answer);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  const stop = connect({ answer, gone, name, read, flush, change, settle, fail });
  signal?.addEventListener('abort', abort, { signal: gone });
  if (signal?.aborted) abort();
  return answer;
}
