import { announce, make, makeButton, makeIcon } from '../dom.js';
import { makeFailure } from './failure.js';
import { drawAnswer, drawText } from './markdown.js';

/** @typedef {import('./turn.js').Turn} Turn */

const words = /** @type {Record<string, string>} */ ({
  connecting: 'Sending…',
  busy: 'The server is busy. ',
  queued: 'Waiting…',
  thinking: 'Thinking…',
  reconnecting: 'Connection lost. Reconnecting…',
  stopping: 'Stopping…',
  unstoppable: 'The server cannot be told to stop. Try again.',
});

const notes = /** @type {Record<string, string>} */ ({
  stopped: 'Stopped.',
  max_tokens: 'The answer was cut: it reached the longest length that the server allows.',
  refusal: 'The model declined to go on.',
});

/** The answer of a turn: its text, what it waits for, how it ended, and what can be done with it. */
export class AnswerView {
  element = make('div', 'answer');
  #reasoning = make('div', 'plain');
  #thoughts = make('details', 'reasoning', make('summary', '', 'Reasoning'), this.#reasoning);
  #text = make('div');
  #state = make('p', 'state');
  #end = make('div', 'end');
  #turn;
  #again;

  /**
   * @param {Turn} turn
   * @param {(turn: Turn) => void} again asks the same question once more
   */
  constructor(turn, again) {
    this.#turn = turn;
    this.#again = again;
    this.element.append(this.#thoughts, this.#text, this.#state, this.#end);
    this.show();
  }

  /** Shows the turn as it is kept. */
  show() {
    this.#setText(drawText(this.#turn.text));
    this.think('');
    this.#end.replaceChildren();
    if (this.#turn.state === 'open') this.setState('thinking');
    else this.finish(false);
  }

  /**
   * Follows an answer while it is written.
   *
   * @param {import('/client/index.js').Answer} answer
   * @returns {Promise<import('/client/index.js').Outcome>} once all of it is on the page
   */
  follow(answer) {
    const { element, finished } = drawAnswer(answer);
    this.#setText(element);
    this.#end.replaceChildren();
    return finished;
  }

  /** @param {string} piece of the model's reasoning, behind what is there; empty to show what is kept */
  think(piece) {
    if (piece) this.#reasoning.append(piece);
    else this.#reasoning.textContent = this.#turn.thinking ?? '';
    this.#thoughts.hidden = !this.#reasoning.firstChild;
  }

  /**
   * @param {string} state of the answer, or `stopping` or `busy`
   * @param {(Node | string)[]} [more] words
   * @param {HTMLButtonElement} [button] what the reader can do about it
   */
  setState(state, more = [], button = undefined) {
    const shown = words[state] ?? '';
    this.element.dataset.state = state;
    this.#state.replaceChildren(make('span', '', shown, ...more), button ?? '');
    this.#state.hidden = !shown;
  }

  /**
   * Shows how the answer ended.
   *
   * @param {boolean} live whether it ended just now; then an error is read aloud
   */
  finish(live) {
    const { state, stopReason = state, error } = this.#turn;
    this.setState(state);
    const note = notes[state === 'stopped' ? state : stopReason];
    this.#end.replaceChildren(
      ...(note ? [make('p', 'note', note)] : []),
      ...(error ? [makeFailure(error, () => this.#again(this.#turn), live)] : []),
      this.#foot());
  }

  /** Puts the answer's Markdown on the clipboard. */
  async copy() {
    await navigator.clipboard?.writeText(this.#turn.text);
    announce('Answer copied');
    const button = this.element.querySelector('.copy');
    button?.replaceChildren(makeIcon('check'));
    setTimeout(() => button?.replaceChildren(makeIcon('copy')), 1500);
  }

  #foot() {
    const { text, usage: { inputTokens, outputTokens } = {}, firstText, error } = this.#turn;
    const counts = [
      inputTokens != null && `${inputTokens} tokens in`,
      outputTokens != null && `${outputTokens} tokens out`,
      firstText != null && `${duration(firstText)} to the first word`,
    ].filter(Boolean);
    const copy = makeButton('Copy the answer', () => this.copy(), { icon: 'copy', className: 'copy' });
    copy.hidden = !text || !navigator.clipboard; // over plain http a page has no clipboard
    const again = makeButton('Ask again', () => this.#again(this.#turn), { icon: 'again', className: 'again' });
    again.hidden = error?.retryable === true; // Retry is there already
    return make('footer', '', copy, again, make('span', 'usage', counts.join(' · ')));
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
