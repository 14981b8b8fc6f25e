import { announce, make, makeButton, makeIcon } from '../dom.js';
import { makeFailure } from './failure.js';
import { drawAnswer, drawText } from './markdown.js';
import { noteOf } from './stop-reasons.js';

/** @typedef {import('./turn.js').Turn} Turn */

const stateLabels = /** @type {Record<string, string>} */ ({
  connecting: 'Sending…',
  attaching: 'Connecting…',
  unreachable: 'The server cannot be reached. Still trying…',
  busy: 'The server is busy.',
  queued: 'Waiting in the queue…',
  thinking: 'Thinking…',
  reconnecting: 'Connection lost. Reconnecting…',
  stopping: 'Stopping…',
  stopFailed: 'The answer could not be stopped. Try again.',
});

/** A turn's answer: its text, its state, how it ended, and the buttons below it. */
export class AnswerView {
  element = make('div', 'answer');
  #reasoningText = make('div', 'plain');
  #reasoning = make('details', 'reasoning', make('summary', '', 'Reasoning'), this.#reasoningText);
  #text = make('div');
  #state = make('p', 'state');
  #end = make('div', 'end');
  #turn;
  #askAgain;
  #versions;

  /**
   * @param {Turn} turn
   * @param {(turn: Turn) => void} askAgain asks the question again
   * @param {Element} versions switches between the answers to the question
   */
  constructor(turn, askAgain, versions) {
    this.#turn = turn;
    this.#askAgain = askAgain;
    this.#versions = versions;
    this.element.append(this.#reasoning, this.#text, this.#state, this.#end);
    this.show();
  }

  /** Shows the stored turn. */
  show() {
    this.#setText(drawText(this.#turn.text));
    this.#reasoningText.textContent = '';
    this.appendThinking(this.#turn.thinking ?? '');
    this.#end.replaceChildren();
    if (this.#turn.state === 'open') this.setState('thinking');
    else this.finish(false);
  }

  /**
   * Renders an answer while it arrives.
   *
   * @param {import('/client/index.js').Answer} answer
   * @returns {Promise<import('/client/index.js').Outcome>} resolves once all of it is on the page
   */
  render(answer) {
    const { element, finished } = drawAnswer(answer);
    this.#setText(element);
    this.#end.replaceChildren();
    return finished;
  }

  /** @param {string} delta the next piece of the model's reasoning */
  appendThinking(delta) {
    if (delta) this.#reasoningText.append(delta); // an empty string would become an empty text node
    this.#reasoning.hidden = !this.#reasoningText.firstChild;
  }

  /**
   * @param {string} state the answer's state, or `attaching`, `unreachable`, `stopping` or `stopFailed`
   * @param {(Node | string)[]} [details] shown after the state's label
   * @param {HTMLButtonElement} [button] what the user can do about it
   */
  setState(state, details = [], button = undefined) {
    const label = stateLabels[state] ?? '';
    this.element.dataset.state = state;
    this.#state.replaceChildren(make('span', '', label, ...details), button ?? '');
    this.#state.hidden = !label;
  }

  /**
   * Shows how the answer ended.
   *
   * @param {boolean} live whether it ended just now; if so, screen readers read an error
   */
  finish(live) {
    const { state, stopReason, error } = this.#turn;
    this.setState(state);
    const note = error ? undefined : noteOf(state === 'stopped' ? state : stopReason); // an error has its own words
    this.#end.replaceChildren(
      ...(note ? [make('p', 'note', note)] : []),
      ...(error ? [makeFailure(error, () => this.#askAgain(this.#turn), live)] : []),
      this.#createFooter());
  }

  /** Copies the answer's Markdown to the clipboard. */
  async copy() {
    await navigator.clipboard?.writeText(this.#turn.text);
    announce('Answer copied');
    const button = this.element.querySelector('.copy');
    button?.replaceChildren(makeIcon('check'));
    setTimeout(() => button?.replaceChildren(makeIcon('copy')), 1500);
  }

  #createFooter() {
    const { text, usage: { inputTokens, outputTokens, quality } = {}, firstText, error } = this.#turn;
    const about = quality === 'estimated' ? 'about ' : '';
    const figures = [
      inputTokens != null && `${about}${inputTokens} tokens in`,
      outputTokens != null && `${about}${outputTokens} tokens out`,
      firstText != null && `${duration(firstText)} to first text`,
    ].filter(Boolean);
    const copy = makeButton('Copy the answer', () => this.copy(), { icon: 'copy', className: 'copy' });
    copy.hidden = !text || !navigator.clipboard; // there is no clipboard over plain http
    const again = makeButton('Ask again', () => this.#askAgain(this.#turn), { icon: 'again', className: 'again' });
    again.hidden = error?.retryable === true; // there is a Retry button already
    return make('footer', '', this.#versions, copy, again, make('span', 'usage', figures.join(' · ')));
  }

  /** @param {Element} text */
  #setText(text) {
    text.className = 'text';
    this.#text.replaceWith(text);
    this.#text = text;
  }
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
