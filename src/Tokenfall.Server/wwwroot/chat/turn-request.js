import { ask, attach } from '../client/index.js';
import { publishRun } from '../client/tabs.js';
import { announce } from '../dom.js';
import { addressOf } from '../base.js';
import { csrfToken, fetchWithToken } from '../session.js';
import { toFailure } from './failure.js';
import { RetryCountdown } from './retry-countdown.js';

/** @typedef {import('/client/index.js').Answer} Answer */
/** @typedef {import('/client/index.js').Outcome} Outcome */

const endpoint = addressOf('ask/stream');
const busyStatuses = [429, 503];
const maxAttempts = 5;
const defaultRetryAfter = 5; // seconds

/** Gets one turn answered: asks, or attaches to a run that exists already; saves and shows what arrives. */
export class TurnRequest {
  turn;
  /** Resolves with the outcome once all of the answer is shown and saved. @type {Promise<Outcome>} */
  finished;
  #conversation;
  #view;
  #onEnd;
  /** @type {Answer | undefined} */
  #answer;
  /** @type {RetryCountdown | undefined} */
  #countdown;
  #detached = false;
  #stopped = false;
  #earlierThinking = ''; // the model's reasoning that arrived before this tab started to read

  /**
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./turn.js').Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @param {() => void} onEnd called at the terminal event, before the last text is shown
   */
  constructor(conversation, turn, view, onEnd) {
    this.#conversation = conversation;
    this.turn = turn;
    this.#view = view;
    this.#onEnd = onEnd;
    this.finished = this.#run();
  }

  /** Stops the answer on the server, or the wait for a retry. */
  async stop() {
    this.#stopped = true;
    this.#countdown?.end(false);
    const answer = this.#answer;
    if (!answer) return;
    this.#view.setState('stopping');
    await answer.stop().catch(() => {
      this.#stopped = false;
      this.#view.setState('stopFailed');
    });
  }

  /** Stops reading. The run continues as long as the server lets it. */
  detach() {
    this.#detached = true;
    this.#countdown?.end(false);
    this.#answer?.close();
  }

  /** Saves what has arrived and up to which event, so that a reload can continue from there. */
  save() {
    if (this.#detached || !this.#answer || this.#answer.state === 'failed') return;
    this.#updateTurn(this.#answer);
    this.#conversation.save(this.turn);
  }

  async #run() {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#read();
      if (this.#detached) return outcome;
      const { status = 0, retryAfter = defaultRetryAfter } = outcome.error ?? {};
      const mayRetry = busyStatuses.includes(status) && !this.#stopped && attempt < maxAttempts;
      if (mayRetry && (await this.#countDown(retryAfter))) continue;
      this.#end(outcome);
      return outcome;
    }
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
        if (url || turn.firstText !== undefined) return;
        turn.firstText = performance.now() - startTime;
        this.save();
      },
      onThinking: (/** @type {string} */ delta) => this.#view.appendThinking(delta),
    };
    this.#earlierThinking = (after && turn.thinking) || '';
    this.#answer = url
      ? attach(url, { ...options, after, text })
      : ask(endpoint, { messages: this.#conversation.messages(turn) }, { ...options, headers: { 'Idempotency-Key': turn.key } });
    publishRun(this.#conversation.id, this.#answer);
    return this.#view.render(this.#answer);
  }

  /** @type {(state: import('/client/index.js').AnswerState, answer: Answer) => void} */
  #onState = (state, answer) => {
    if (this.#detached) return;
    if (answer.url && answer.url !== this.turn.url) this.save(); // from now on a reload finds the run
    if (['done', 'stopped', 'failed'].includes(state)) {
      if (!busyStatuses.includes(answer.error?.status ?? 0)) this.#onEnd();
      return;
    }
    if (state === 'reconnecting') announce('Connection lost. Reconnecting.');
    this.#view.setState(state, state === 'queued' ? [` Position ${answer.position}.`] : []);
  };

  /** @param {number} seconds @returns {Promise<boolean>} whether to ask again */
  async #countDown(seconds) {
    this.#answer = undefined;
    this.#countdown = new RetryCountdown(this.#view, seconds);
    const retry = await this.#countdown.finished;
    this.#countdown = undefined;
    return retry && !this.#detached;
  }

  /** @param {Answer} answer */
  #updateTurn({ text, thinking, url, lastEventId }) {
    Object.assign(this.turn, { text, thinking: this.#earlierThinking + thinking || undefined, url, after: lastEventId || undefined });
  }

  /** @param {Outcome} outcome */
  #end({ state, usage, stopReason, error }) {
    if (this.#answer) this.#updateTurn(this.#answer);
    Object.assign(this.turn, { state, usage, stopReason, error: error && toFailure(error) });
    this.#conversation.save(this.turn);
    this.#view.finish(true);
    this.#onEnd();
  }
}
