import { ask, attach } from '/client/index.js';
import { publishRun } from '/client/tabs.js';
import { announce } from '../dom.js';
import { csrfToken, fetchWithToken } from '../session.js';
import { Busy } from './busy.js';
import { describe } from './failure.js';

/** @typedef {import('/client/index.js').Answer} Answer */
/** @typedef {import('/client/index.js').Outcome} Outcome */

const path = '/ask/stream';
const busyStatuses = [429, 503];
const maxTries = 5;
const usualWait = 5; // seconds

/** Gets one turn answered: asks, or reads on where a run is at work already; keeps what comes; shows it. */
export class Asking {
  turn;
  /** Resolves to how it ended, once all of it is shown and kept. @type {Promise<Outcome>} */
  finished;
  #conversation;
  #view;
  #ended;
  /** @type {Answer | undefined} */
  #answer;
  /** @type {Busy | undefined} */
  #busy;
  #left = false;
  #stopped = false;
  #thought = ''; // the model's reasoning that came before this tab read

  /**
   * @param {import('./conversation.js').Conversation} conversation
   * @param {import('./turn.js').Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @param {() => void} ended called at the terminal event, before the last text is shown
   */
  constructor(conversation, turn, view, ended) {
    this.#conversation = conversation;
    this.turn = turn;
    this.#view = view;
    this.#ended = ended;
    this.finished = this.#run();
  }

  /** Ends the answer on the server, or the wait for it. */
  async stop() {
    this.#stopped = true;
    this.#busy?.end(false);
    const answer = this.#answer;
    if (!answer) return;
    this.#view.setState('stopping');
    await answer.stop().catch(() => {
      this.#stopped = false;
      this.#view.setState('unstoppable');
    });
  }

  /** Goes away without a word: the run goes on, as long as the server lets it. */
  leave() {
    this.#left = true;
    this.#busy?.end(false);
    this.#answer?.close();
  }

  /** Keeps what has come so far, and how far that is: a reload goes on from there. */
  keep() {
    if (this.#left || !this.#answer || this.#answer.state === 'failed') return;
    this.#take(this.#answer);
    this.#conversation.save(this.turn);
  }

  async #run() {
    for (let tries = 1; ; tries++) {
      const outcome = await this.#try();
      if (this.#left) return outcome;
      const { status = 0, retryAfter = usualWait } = outcome.error ?? {};
      if (busyStatuses.includes(status) && !this.#stopped && tries < maxTries && (await this.#wait(retryAfter))) continue;
      this.#end(outcome);
      return outcome;
    }
  }

  /** @returns {Promise<Outcome>} */
  #try() {
    const { turn } = this;
    const { url, after, text } = turn;
    const begun = performance.now();
    const options = {
      csrfToken,
      fetch: fetchWithToken,
      onState: this.#changed,
      onText: () => {
        if (url || turn.firstText !== undefined) return;
        turn.firstText = performance.now() - begun;
        this.keep();
      },
      onThinking: (/** @type {string} */ piece) => this.#view.think(piece),
    };
    this.#thought = (after && turn.thinking) || '';
    this.#answer = url
      ? attach(url, { ...options, after, text })
      : ask(path, { messages: this.#conversation.messages(turn) }, { ...options, headers: { 'Idempotency-Key': turn.key } });
    publishRun(this.#conversation.id, this.#answer);
    return this.#view.follow(this.#answer);
  }

  /** @type {(state: import('/client/index.js').AnswerState, answer: Answer) => void} */
  #changed = (state, answer) => {
    if (this.#left) return;
    if (answer.url && answer.url !== this.turn.url) this.keep(); // from here on a reload finds the run
    if (['done', 'stopped', 'failed'].includes(state)) {
      if (!busyStatuses.includes(answer.error?.status ?? 0)) this.#ended();
      return;
    }
    if (state === 'reconnecting') announce('Connection lost. Reconnecting.');
    this.#view.setState(state);
  };

  /** @param {number} seconds */
  async #wait(seconds) {
    this.#answer = undefined;
    this.#busy = new Busy(this.#view, seconds);
    const again = await this.#busy.over;
    this.#busy = undefined;
    return again && !this.#left;
  }

  /** @param {Answer} answer */
  #take({ text, thinking, url, lastEventId }) {
    Object.assign(this.turn, { text, thinking: this.#thought + thinking || undefined, url, after: lastEventId || undefined });
  }

  /** @param {Outcome} outcome */
  #end({ state, usage, stopReason, error }) {
    if (this.#answer) this.#take(this.#answer);
    Object.assign(this.turn, { state, usage, stopReason, error: error && describe(error) });
    this.#conversation.save(this.turn);
    this.#view.finish(true);
    this.#ended();
  }
}
