import { announce } from '../dom.js';
import { Asking } from './asking.js';

/** @typedef {import('./turn.js').Turn} Turn */

const ends = /** @type {Record<string, string>} */ ({ done: 'Answer complete', stopped: 'Answer stopped' });

/** The one answer that is being written now, and what a screen reader is told of it: its beginning and its end. */
export class Answering {
  /** Whether an answer is being written. It ends with the terminal event, before the last text is drawn. */
  running = false;
  /** @type {Asking | undefined} */
  #asking;
  #show;

  /** @param {(running: boolean) => void} show tells of every change of `running` */
  constructor(show) {
    this.#show = show;
  }

  /** The turn that is being answered. */
  get turn() {
    return this.#asking?.turn;
  }

  /**
   * @param {import('./conversation.js').Conversation} conversation
   * @param {Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @returns {Promise<import('/client/index.js').Outcome | undefined>} once all is drawn; nothing when it was left, or another began
   */
  async start(conversation, turn, view) {
    this.#set(true);
    announce('Answering');
    const asking = new Asking(conversation, turn, view, () => this.#asking === asking && this.#set(false));
    this.#asking = asking;
    const outcome = await asking.finished;
    if (this.#asking !== asking) return undefined;
    this.#asking = undefined;
    announce(ends[outcome.state] ?? '');
    return outcome;
  }

  /** Ends it on the server. */
  async stop() {
    if (this.running) await this.#asking?.stop();
  }

  /** Keeps what has come so far. */
  keep() {
    this.#asking?.keep();
  }

  /** Goes away from it; what has come so far is kept. */
  leave() {
    this.#asking?.keep();
    this.#asking?.leave();
    this.#asking = undefined;
    this.#set(false);
  }

  /** @param {boolean} running */
  #set(running) {
    this.running = running;
    this.#show(running);
  }
}
