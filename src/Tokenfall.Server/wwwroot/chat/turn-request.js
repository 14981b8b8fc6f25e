import { ask, attach } from '../client/index.js';
import { publishRun } from '../client/tabs.js';
import { announce } from '../dom.js';
import { addressOf } from '../base.js';
import { csrfToken, fetchWithToken } from '../session.js';
import { isGone, toFailure } from './failure.js';
import { RetryCountdown } from './retry-countdown.js';

/** @typedef {import('/client/index.js').Answer} Answer */
/** @typedef {import('/client/index.js').Outcome} Outcome */

const endpoint = addressOf('ask/stream');
const slow = 5000; // milliseconds without an answer before the page says so

/** Gets one turn answered: asks, or attaches to a run that exists already; saves and shows what arrives. */
export class TurnRequest {
  turn;
  /** Resolves with the outcome once all of the answer is shown and saved. @type {Promise<Outcome>} */
  finished;
  #conversation;
  #view;
  #onEnd;
  #askIfGone;
  /** @type {Answer | undefined} */
  #answer;
  /** @type {RetryCountdown | undefined} */
  #countdown;
  #slowTimer = 0;
  #detached = false;
  #earlierThinking = ''; // the model's reasoning that arrived before this tab started to read

  /**
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./turn.js').Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @param {() => void} onEnd called at the terminal event, before the last text is shown
   * @param {boolean} askIfGone whether to ask again if the server no longer has the run: only if the user has said so
   */
  constructor(conversation, turn, view, onEnd, askIfGone) {
    this.#conversation = conversation;
    this.turn = turn;
    this.#view = view;
    this.#onEnd = onEnd;
    this.#askIfGone = askIfGone;
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

  /** Saves what has arrived and up to which event, so that a reload can continue from there. */
  save() {
    if (this.#detached || !this.#answer || this.#answer.state === 'failed') return;
    this.#updateTurn(this.#answer);
    this.#conversation.save(this.turn);
  }

  async #run() {
    let outcome = await this.#read();
    if (!this.#detached && this.#asksAgain(outcome)) {
      this.#askIfGone = false;
      this.#conversation.resetTurn(this.turn);
      this.#view.show();
      outcome = await this.#read();
    }
    if (!this.#detached) this.#end(outcome);
    return outcome;
  }

  /** @param {Pick<Outcome, 'error'>} outcome */
  #asksAgain({ error }) {
    return this.#askIfGone && !!this.turn.url && isGone(error);
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
    this.#view.setState(url ? 'attaching' : 'connecting');
    this.#slowTimer = setTimeout(() => this.#view.setState('unreachable'), slow);
    this.#answer = url
      ? attach(url, { ...options, after, text })
      : ask(endpoint, { messages: this.#conversation.messages(turn) }, { ...options, headers: { 'Idempotency-Key': turn.key } });
    publishRun(this.#conversation.id, this.#answer);
    return this.#view.render(this.#answer);
  }

  /** @type {(state: import('/client/index.js').AnswerState, answer: Answer) => void} */
  #onState = (state, answer) => {
    this.#countdown?.end();
    clearTimeout(this.#slowTimer);
    if (this.#detached) return;
    if (answer.url && answer.url !== this.turn.url) this.save(); // from now on a reload finds the run
    if (['done', 'stopped', 'failed'].includes(state)) {
      if (!this.#asksAgain(answer)) this.#onEnd();
      return;
    }
    if (state === 'busy') {
      this.#countdown = new RetryCountdown(this.#view, answer.retryAt ?? Date.now(), () => answer.retry());
      return;
    }
    if (state === 'reconnecting') announce('Connection lost. Reconnecting.');
    this.#view.setState(state, state === 'queued' ? [` Position ${answer.position}.`] : []);
  };

  /** @param {Answer} answer */
  #updateTurn({ text, thinking, url, lastEventId }) {
    Object.assign(this.turn, { text, thinking: this.#earlierThinking + thinking || undefined, url, after: lastEventId || undefined });
  }

  /** @param {Outcome} outcome */
  #end({ state, usage, stopReason, error }) {
    const resumable = state === 'failed' && this.#answer?.resumable === true;
    if (this.#answer) this.#updateTurn(this.#answer);
    Object.assign(this.turn, { state, usage, stopReason, resumable: resumable || undefined, error: error && toFailure(error, resumable && !!this.turn.url) });
    this.#conversation.save(this.turn);
    this.#view.finish(true);
    this.#onEnd();
  }
}
