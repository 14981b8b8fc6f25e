import { announce } from '../dom.js';
import { TurnRequest } from './turn-request.js';

/** @typedef {import('./turn.js').Turn} Turn */

const announcements = /** @type {Record<string, string>} */ ({ done: 'Answer complete', stopped: 'Answer stopped' });

/** The one answer being generated now. Its start and its end are announced to screen readers. */
export class ActiveAnswer {
  /** Whether an answer is being generated: until the terminal event, which comes before the last text is drawn. */
  running = false;
  /** @type {TurnRequest | undefined} */
  #request;
  #onChange;

  /** @param {(running: boolean) => void} onChange called when `running` changes */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** The turn that is being answered. */
  get turn() {
    return this.#request?.turn;
  }

  /**
   * @param {import('./conversation.js').Conversation} conversation
   * @param {Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @param {boolean} askIfGone whether to ask again if the server no longer has the run
   * @returns {Promise<import('/client/index.js').Outcome | undefined>} resolves once the answer is drawn; to nothing if this tab
   *   has stopped reading it or has started another one
   */
  async start(conversation, turn, view, askIfGone) {
    this.#setRunning(true);
    announce('Answering');
    const request = new TurnRequest(conversation, turn, view, () => this.#request === request && this.#setRunning(false), askIfGone);
    this.#request = request;
    const outcome = await request.finished;
    if (this.#request !== request) return undefined;
    this.#request = undefined;
    announce(announcements[outcome.state] ?? '');
    return outcome;
  }

  /** Stops it on the server. */
  async stop() {
    if (this.running) await this.#request?.stop();
  }

  /** Saves what has arrived so far. */
  save() {
    this.#request?.save();
  }

  /**
   * Saves what has arrived so far and stops reading.
   *
   * @param {number} [closeDelay] milliseconds until the connection is closed
   */
  detach(closeDelay) {
    this.#request?.save();
    this.#request?.detach(closeDelay);
    this.#request = undefined;
    this.#setRunning(false);
  }

  /** @param {boolean} running */
  #setRunning(running) {
    this.running = running;
    this.#onChange(running);
  }
}
