import { ask, attach } from '../client/index.js';
import { announce } from '../dom.js';
import { addressOf } from '../base.js';
import { csrfToken, fetchWithToken } from '../session.js';
import { isGone, toFailure } from './failure.js';
import { RetryCountdown } from './retry-countdown.js';
import { keyOf } from './turn.js';

/** @typedef {import('/client/index.js').Answer} Answer */
/** @typedef {import('/client/index.js').Outcome} Outcome */

const endpoint = addressOf('ask/stream');
const slow = 5000; // milliseconds without an answer before the page says so

/** Gets one turn answered: asks, or attaches to a run that exists already; shows what arrives. */
export class TurnRequest {
  turn;
  /** Resolves with the outcome once all of the answer is shown. @type {Promise<Outcome>} */
  finished;
  #conversation;
  #view;
  #handlers;
  /** @type {Answer | undefined} */
  #answer;
  /** @type {RetryCountdown | undefined} */
  #countdown;
  #slowTimer = 0;
  #detached = false;
  #earlierThinking = ''; // the model's reasoning that arrived before this request

  /**
   * @param {string} conversation its id
   * @param {import('./turn.js').Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @param {{ onAccepted: () => void, onEnd: () => void }} handlers called when the server has accepted the question, and at the
   *   terminal event, before the last text is shown
   */
  constructor(conversation, turn, view, handlers) {
    this.#conversation = conversation;
    this.turn = turn;
    this.#view = view;
    this.#handlers = handlers;
    this.finished = this.#run();
  }

  /** Stops the answer on the server, or the wait for a busy server. */
  async stop() {
    this.#countdown?.end();
    clearTimeout(this.#slowTimer);
    this.#view.setState('stopping');
    await this.#answer?.stop().catch(() => this.#answer?.state === 'failed' || this.#view.setState('stopFailed'));
  }

  /**
   * Stops showing the answer. The run continues as long as the server lets it.
   *
   * @param {number} [closeDelay] milliseconds until it stops reading, too
   */
  detach(closeDelay = 0) {
    this.#detached = true;
    this.#countdown?.end();
    clearTimeout(this.#slowTimer);
    if (closeDelay) setTimeout(() => this.#answer?.close(), closeDelay);
    else this.#answer?.close();
  }

  async #run() {
    const outcome = await this.#read();
    if (!this.#detached) this.#end(outcome);
    return outcome;
  }

  /** @returns {Promise<Outcome>} */
  #read() {
    const { turn } = this;
    const { url, after, text } = turn;
    const startTime = performance.now();
    const options = {
      csrfToken,
      fetch: fetchWithToken,
      onState: this.#onState,
      onText: () => {
        if (!url) turn.firstText ??= performance.now() - startTime;
      },
      onThinking: (/** @type {string} */ delta) => this.#view.appendThinking(delta),
    };
    this.#earlierThinking = (after && turn.thinking) || '';
    this.#view.setState(url ? 'attaching' : 'connecting');
    this.#slowTimer = setTimeout(() => this.#view.setState('unreachable'), slow);
    this.#answer = url
      ? attach(url, { ...options, after, text: after && text })
      : ask(endpoint, this.#createBody(), { ...options, headers: { 'Idempotency-Key': keyOf(turn) } });
    return this.#view.render(this.#answer);
  }

  #createBody() {
    const { id, parent, text, stored } = this.turn.question;
    const place = { conversation: this.#conversation, question: id };
    return stored ? place : { ...place, parent, prompt: text };
  }

  /** @type {(state: import('/client/index.js').AnswerState, answer: Answer) => void} */
  #onState = (state, answer) => {
    this.#countdown?.end();
    clearTimeout(this.#slowTimer);
    if (this.#detached) return;
    if (answer.url && !this.turn.url) this.#accept(answer);
    if (['done', 'stopped', 'failed'].includes(state)) return this.#handlers.onEnd();
    if (state === 'busy') {
      this.#countdown = new RetryCountdown(this.#view, answer.retryAt ?? Date.now(), () => answer.retry());
      return;
    }
    if (state === 'reconnecting') announce('Connection lost. Reconnecting.');
    this.#view.setState(state, state === 'queued' ? [` Position ${answer.position}.`] : []);
  };

  /** @param {Answer} answer */
  #accept({ id, url }) {
    Object.assign(this.turn, { id, url });
    this.turn.question.stored = true;
    this.#handlers.onAccepted();
  }

  /** @param {Outcome} outcome */
  #end({ state, usage, stopReason, error }) {
    const { text = '', thinking = '', lastEventId, resumable = false } = this.#answer ?? {};
    const { turn } = this;
    Object.assign(turn, {
      state, usage, stopReason, text,
      thinking: this.#earlierThinking + thinking || undefined,
      after: lastEventId || undefined,
      resumable: (state === 'failed' && resumable) || undefined,
      gone: isGone(error) || undefined,
      error: error && toFailure(error, state === 'failed' && resumable && !!turn.url),
    });
    this.#view.finish(true);
    this.#handlers.onEnd();
  }
}
