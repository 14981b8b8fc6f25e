import { announce } from '../dom.js';
import { TurnRequest } from './turn-request.js';

/** @typedef {import('./turn.js').Turn} Turn */

const announcements = /** @type {Record<string, string>} */ ({ done: 'Answer complete', stopped: 'Answer stopped' });

/** The one answer of a conversation that is being generated now. Its start and its end are announced to screen readers. */
export class ActiveAnswer {
  /** Whether an answer is being generated: until the terminal event, which comes before the last text is drawn. */
  running = false;
  /** @type {TurnRequest | undefined} */
  #request;
  #handlers;

  /**
   * @param {{ onChange: () => void, onAccepted: () => void }} handlers called when `running` has changed, and when the server has
   *   accepted a question
   */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** The turn that is being answered. */
  get turn() {
    return this.#request?.turn;
  }

  /**
   * @param {string} conversation its id
   * @param {Turn} turn
   * @param {import('./answer-view.js').AnswerView} view
   * @returns {Promise<import('/client/index.js').Outcome | undefined>} resolves once the answer is drawn; to nothing if this tab
   *   has stopped reading it or has started another one
   */
  async start(conversation, turn, view) {
    this.#setRunning(true);
    announce('Answering');
    const request = new TurnRequest(conversation, turn, view, {
      onAccepted: this.#handlers.onAccepted,
      onEnd: () => this.#request === request && this.#setRunning(false),
    });
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

  /**
   * Stops reading.
   *
   * @param {number} [closeDelay] milliseconds until the connection is closed
   */
  detach(closeDelay) {
    this.#request?.detach(closeDelay);
    this.#request = undefined;
    this.#setRunning(false);
  }

  /** @param {boolean} running */
  #setRunning(running) {
    if (running === this.running) return;
    this.running = running;
    this.#handlers.onChange();
  }
}
