import { TokenfallError } from './errors.js';
import { camelCaseKeys, decodeEvent, serverError, usageOf } from './protocol.js';
import { createTextIterator } from './text-iterator.js';

/** @typedef {import('./events.js').AnswerOptions} AnswerOptions */
/** @typedef {import('./events.js').AnswerState} AnswerState */
/** @typedef {import('./events.js').Usage} Usage */

/**
 * How an answer ended.
 *
 * @typedef {object} Outcome
 * @property {AnswerState} state `done`, `stopped`, `failed` or `closed`
 * @property {string} text all the text that arrived
 * @property {Usage} usage
 * @property {string} [model] the model that answered, if the server names it
 * @property {string} [stopReason] why the model stopped, as reported by the server
 * @property {TokenfallError} [error] set only when `state` is `failed`
 */

/**
 * An answer while it arrives. Treat its fields as read-only.
 *
 * @typedef {object} AnswerFields
 * @property {string} text all text received so far
 * @property {string} thinking the model's reasoning so far, if the server sends it
 * @property {AnswerState} state
 * @property {number} [position] place in the queue, counted from 1, while `state` is `queued`
 * @property {number} [retryAt] when the question is asked again, in milliseconds since 1970, while `state` is `busy`
 * @property {Usage} usage filled in when the answer ends
 * @property {string} [model] the model that answers, if the server names it
 * @property {string} [stopReason] why the model stopped, as reported by the server
 * @property {TokenfallError} [error] set only when `state` is `failed`
 * @property {boolean} resumable whether the run may still be there although the answer has ended: `attach` to its `url` before
 *   asking again. Without a `url`, ask again with the same `Idempotency-Key`
 * @property {string} [id] the run's id, once the server has accepted the request
 * @property {string} [url] the run's URL, for `attach`, once the server has accepted the request
 * @property {string} lastEventId the id of the last event read; empty at first
 * @property {Promise<string | undefined>} accepted resolves to `url` as soon as it is known, or to `undefined` if the answer
 *   ends without one; never rejects
 * @property {Promise<Outcome>} finished resolves when the answer has ended; never rejects
 */

/**
 * @typedef {object} AnswerMethods
 * @property {() => Promise<void>} stop stops the run on the server for all its readers, so it costs no more. The answer ends as
 *   `stopped` and keeps its text. Can be called in any state: it waits until the server has accepted the request, works
 *   after `close()`, and does nothing once the answer is complete. Resolves when the server has confirmed, or nothing runs.
 *   Rejects with a `TokenfallError` if the server refuses or cannot be reached; the answer then continues
 * @property {() => void} close stops reading, closes the connection and tells the server so. It does not stop the run: the server's
 *   disconnect policy decides what happens to it
 * @property {() => void} retry makes the next attempt now, while the answer is `busy` or `reconnecting`
 */

/**
 * `for await` yields the text, one string per chunk received from the network. Leaving the loop early is the same as
 * `close()`.
 *
 * @typedef {AnswerFields & AnswerMethods & AsyncIterable<string>} Answer
 */

/**
 * Creates an answer and starts its connection.
 *
 * @param {AnswerOptions} options
 * @param {(observer: import('./connection.js').Observer) => import('./connection.js').Connection} connect starts the connection, which
 *   reports to the answer
 * @param {{ id?: string, url?: string, lastEventId?: string, text?: string }} [initial] the state of an answer that has been
 *   partly read before
 * @param {boolean} [checkLength] whether `text` holds the whole answer, so that its length can be checked at the end
 * @returns {Answer}
 */
export function createAnswer(options, connect, initial, checkLength = true) {
  const { signal } = options;
  /** @type {Set<import('./text-iterator.js').TextIterator>} */
  const iterators = new Set();
  let ended = false;
  let opened = false; // whether the server has answered
  let unread = ''; // text that the iterators have not received yet
  /** @type {{ reason: unknown } | undefined} */
  let failure;
  /** @type {(url?: string) => void} */
  let accept = () => {};
  /** @type {(outcome: Outcome) => void} */
  let resolve = () => {};

  /** @type {Answer} */
  const answer = {
    text: '',
    thinking: '',
    state: 'connecting',
    usage: {},
    resumable: false,
    lastEventId: '',
    ...initial,
    accepted: new Promise((resolver) => (accept = resolver)),
    finished: new Promise((resolver) => (resolve = resolver)),
    stop: () => connection.stop(),
    close: () => finish('closed', 'left'),
    retry: () => connection.retry(),
    [Symbol.asyncIterator]() {
      flush();
      const iterator = createTextIterator(answer.text, () => {
        iterators.delete(iterator);
        answer.close();
      });
      if (ended) iterator.end(failure);
      else iterators.add(iterator);
      return iterator.iterator;
    },
  };
  if (answer.url) accept(answer.url);

  const connection = connect({
    onRun(id, url) {
      Object.assign(answer, { id, url });
      accept(url);
    },
    onOpen() {
      opened = true;
      setState(answer.text ? 'streaming' : answer.position !== undefined ? 'queued' : 'thinking', answer.position);
    },
    onLost: () => setState(opened ? 'reconnecting' : 'connecting', answer.position),
    onBusy(retryAt) {
      answer.retryAt = retryAt;
      setState('busy');
    },
    onEvent: handleEvent,
    onChunk: flush,
    onStopped: () => finish('stopped', 'ended'),
    onFailure: (error) => fail(error, 'failed'),
  });

  function flush() {
    if (unread) for (const iterator of iterators) iterator.push(unread);
    unread = '';
  }

  /** @param {import('./sse.js').ServerSentEvent} event */
  function handleEvent({ type, data: json, id }) {
    if (ended) return;
    const data = decodeEvent(type, json);
    answer.lastEventId = id;
    if (!data) return;
    answer.model = data.model ?? answer.model;
    if (type === 'queued') return setState('queued', data.position);
    if (type === 'delta') {
      answer.text += data.text;
      unread += data.text;
      setState('streaming');
      return emit('onText', data.text, data.part ?? 1);
    }
    if (answer.state === 'queued') setState('thinking');
    if (type === 'thinking') {
      answer.thinking += data.text;
      emit('onThinking', data.text, data.part ?? 1);
    } else if (type === 'done' || type === 'error') {
      answer.usage = usageOf(data);
      emit('onUsage', answer.usage);
      if (type === 'error') fail(serverError(data), 'ended');
      else complete(data);
    } else if (type === 'source') emit('onSource', camelCaseKeys(data));
    else if (type === 'file') emit('onFile', camelCaseKeys(data));
    else if (type === 'data') emit('onData', camelCaseKeys(data));
    else if (type !== 'start') emit('onTool', { type, data: camelCaseKeys(data) });
  }

  /** @param {Record<string, any>} done */
  function complete({ stop_reason, chars }) {
    answer.stopReason = stop_reason;
    const { length } = answer.text;
    if (checkLength && (chars ?? length) !== length)
      fail(new TokenfallError('incomplete', `Part of the answer is missing: ${length} of ${chars} characters arrived.`, { retryable: true }), 'ended');
    else if (stop_reason === 'abandoned')
      fail(new TokenfallError('abandoned', 'The answer was ended because nobody was reading it any more.', { retryable: true }), 'ended');
    else finish(stop_reason === 'stopped' ? 'stopped' : 'done', 'ended');
  }

  /**
   * @param {TokenfallError} error
   * @param {'ended' | 'failed'} how
   */
  function fail(error, how) {
    if (ended) return;
    answer.error = error;
    finish('failed', how, { reason: error });
  }

  /**
   * @param {AnswerState} state
   * @param {'left' | 'ended' | 'failed'} how what it means for the connection
   * @param {{ reason: unknown }} [why] what iterations throw
   */
  function finish(state, how, why) {
    if (ended) return;
    ended = true;
    failure = why;
    connection.close(how);
    answer.resumable = connection.isResumable();
    flush();
    for (const iterator of iterators) iterator.end(why);
    accept(answer.url);
    resolve(answer);
    setState(state);
  }

  /**
   * @param {AnswerState} state
   * @param {number} [position]
   */
  function setState(state, position) {
    if (ended && /^(connecting|busy|thinking|streaming|queued|reconnecting)$/.test(state)) return;
    if (state !== 'busy') answer.retryAt = undefined;
    else if (answer.state === 'busy') answer.state = 'connecting'; // asked again meanwhile, and refused again
    if (answer.state === state && answer.position === position) return;
    answer.state = state;
    answer.position = position;
    emit('onState', state);
  }

  /**
   * @param {'onText' | 'onThinking' | 'onTool' | 'onSource' | 'onFile' | 'onData' | 'onUsage' | 'onState'} name
   * @param {any} value
   * @param {number} [part]
   */
  function emit(name, value, part) {
    if (ended && name !== 'onState') return; // a callback has closed the answer
    try {
      options[name]?.(value, answer, /** @type {number} */ (part));
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  if (signal) {
    const abort = () => finish('closed', 'left', { reason: signal.reason });
    signal.addEventListener('abort', abort, { once: true });
    answer.finished.then(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  }
  return answer;
}
