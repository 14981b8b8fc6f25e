import { TokenfallError } from './errors.js';
import { decode, serverError } from './protocol.js';
import { TextReader } from './reader.js';

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
 * Where an answer begins that is not read from its start.
 *
 * @typedef {object} Seed
 * @property {string} id
 * @property {string} url
 * @property {string} lastEventId
 * @property {string} text
 * @property {boolean} whole whether `text` is all there is up to the last event
 */

/**
 * One answer while it arrives. The fields are to be read only; `for await` gives the text, one string for each piece of
 * the response that the network delivers. Leaving the loop early is `close()`.
 *
 * @implements {AsyncIterable<string>}
 */
export class Answer {
  /** All text so far. */
  text = '';
  /** The model's reasoning so far, where the server sends it. */
  thinking = '';
  /** @type {AnswerState} */
  state = 'connecting';
  /** Known when the answer ends. @type {Usage} */
  usage = {};
  /** @type {string | undefined} */
  stopReason;
  /** @type {TokenfallError | undefined} */
  error;
  /** The run's id, once the server has named it. @type {string | undefined} */
  id;
  /** The run's address, for `attach`, once the server has named it. @type {string | undefined} */
  url;
  /** The id of the last event read. */
  lastEventId = '';
  /** Resolves to `url` as soon as it is known; to nothing when the answer ends without one. @type {Promise<string | undefined>} */
  named;
  /** Resolves to how the answer ended; never rejects. @type {Promise<Outcome>} */
  finished;

  #options;
  /** @type {import('./link.js').Link | undefined} */
  #link;
  #whole = true;
  /** @type {Set<TextReader>} */
  #readers = new Set();
  #fresh = ''; // text that the readers have not been given
  /** @type {{ reason: unknown } | undefined} */
  #failure;
  /** @type {(outcome: Outcome) => void} */
  #resolve = () => {};
  #settled = false;
  #ended = false; // by the run's terminal event

  /**
   * @param {AnswerOptions} options
   * @param {(sink: import('./link.js').Sink) => import('./link.js').Link} connect
   * @param {Seed} [seed]
   */
  constructor(options, connect, seed) {
    this.#options = options;
    this.finished = new Promise((resolve) => (this.#resolve = resolve));
    if (seed) {
      const { whole, ...known } = seed;
      this.#whole = whole;
      Object.assign(this, known);
    }
    if (options.signal?.aborted) {
      this.named = Promise.resolve(this.url);
      this.#abort();
      return;
    }
    options.signal?.addEventListener('abort', this.#abort);
    this.#link = connect({
      named: (id, url) => Object.assign(this, { id, url }),
      accepted: () => this.#change(this.text ? 'streaming' : this.lastEventId ? 'thinking' : 'queued'),
      event: this.#read,
      flush: this.#flush,
      cut: () => this.#change('reconnecting'),
      stopped: () => this.#settle('stopped'),
      fail: this.#fail,
    });
    this.named = this.#link.named;
  }

  /**
   * Ends the run on the server, for all its readers, and with it the spending. The answer then ends as `stopped`; what has
   * arrived stays. It works in every state: before the server has named the run it waits for the name, after `close()` it
   * still stops the run, and of an answer that has ended nothing is left to stop.
   *
   * @returns {Promise<void>} resolves when the server has confirmed; rejects with a `TokenfallError` when it refuses or cannot
   *   be reached, and then the answer goes on
   */
  async stop() {
    if (!this.#ended) await this.#link?.stop();
  }

  /** Stops reading and lets the connection go. It does not stop the run: what the server does about it is its disconnect policy. */
  close() {
    this.#settle('closed');
  }

  /** @returns {AsyncIterableIterator<string>} */
  [Symbol.asyncIterator]() {
    this.#flush();
    const reader = new TextReader(this.text, () => {
      this.#readers.delete(reader);
      this.close();
    });
    if (this.#settled) reader.end(this.#failure);
    else this.#readers.add(reader);
    return reader;
  }

  #abort = () => this.#settle('closed', { reason: this.#options.signal?.reason });

  /** @param {TokenfallError} error */
  #fail = (error) => {
    if (this.#settled) return;
    this.error = error;
    this.#settle('failed', { reason: error });
  };

  #flush = () => {
    if (!this.#fresh) return;
    for (const reader of this.#readers) reader.push(this.#fresh);
    this.#fresh = '';
  };

  /** @param {import('./sse.js').ServerSentEvent} event */
  #read = ({ type, data: json, id }) => {
    if (this.#settled) return;
    const data = decode(type, json);
    this.lastEventId = id;
    if (!data) return;
    if (type === 'delta') return this.#addText(data.text);
    if (type === 'done') return this.#complete(data);
    if (type === 'error') {
      this.#ended = true;
      this.#use(data);
      return this.#fail(serverError(data));
    }
    if (type === 'thinking') this.thinking += data.text;
    if (this.state === 'queued') this.#change('thinking');
    if (type === 'thinking') this.#emit('onThinking', data.text);
    if (type === 'tool_call' || type === 'tool_result') this.#emit('onTool', { type, data });
  };

  /** @param {string} text */
  #addText(text) {
    this.text += text;
    this.#fresh += text;
    this.#change('streaming');
    this.#emit('onText', text);
  }

  /** @param {Record<string, any>} done */
  #complete(done) {
    this.#ended = true;
    this.stopReason = done.stop_reason;
    this.#use(done);
    const { length } = this.text;
    if (!this.#whole || typeof done.chars !== 'number' || done.chars === length) {
      this.#settle(done.stop_reason === 'stopped' ? 'stopped' : 'done');
    } else {
      const message = `Part of the answer is missing: ${length} of ${done.chars} characters arrived.`;
      this.#fail(new TokenfallError('incomplete', message, { retryable: true }));
    }
  }

  /** @param {Record<string, any>} data */
  #use({ input_tokens: inputTokens, output_tokens: outputTokens }) {
    if (inputTokens === undefined && outputTokens === undefined) return;
    this.usage = { inputTokens, outputTokens };
    this.#emit('onUsage', this.usage);
  }

  /**
   * @param {AnswerState} state
   * @param {{ reason: unknown }} [failure] what the iterations throw
   */
  #settle(state, failure) {
    if (this.#settled) return;
    this.#settled = true;
    this.state = state;
    this.#failure = failure;
    this.#options.signal?.removeEventListener('abort', this.#abort);
    this.#link?.leave(this.#ended);
    this.#flush();
    for (const reader of this.#readers) reader.end(failure);
    const { text, usage, stopReason, error } = this;
    this.#resolve({ state, text, usage, stopReason, error });
    this.#emit('onState', state);
  }

  /** @param {AnswerState} state */
  #change(state) {
    if (this.state === state) return;
    this.state = state;
    this.#emit('onState', state);
  }

  /**
   * @param {'onText' | 'onThinking' | 'onTool' | 'onUsage' | 'onState'} name
   * @param {any} value
   */
  #emit(name, value) {
    if (this.#settled && name !== 'onState') return; // a callback closed the answer
    try {
      this.#options[name]?.(value, this);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
