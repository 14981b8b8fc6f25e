import { make } from './dom.js';

/** One question and its answer on the page. */
export class Exchange {
  element = document.createElement('article');
  #thinking = make('p', 'thinking', 'Thinking…');
  #text = make('div', 'text');
  #question;

  /** @param {string} question */
  constructor(question) {
    this.element.className = 'exchange';
    this.element.setAttribute('aria-busy', 'true');
    this.#question = make('h2', 'question', question);
    this.element.append(this.#question, this.#thinking, this.#text);
  }

  hideQuestion() {
    this.#question.hidden = true;
  }

  /** @param {string} text */
  write(text) {
    this.#thinking.hidden = true;
    this.#text.append(text);
  }

  /**
   * @param {import('/client/index.js').Outcome} outcome
   * @param {() => void} again asks the same question once more
   */
  finish(outcome, again) {
    this.#thinking.remove();
    this.element.removeAttribute('aria-busy');
    const { inputTokens, outputTokens } = outcome.usage;
    const counts = [inputTokens != null && `${inputTokens} tokens in`, outputTokens != null && `${outputTokens} tokens out`].filter(Boolean);
    if (counts.length > 0) this.element.append(make('p', 'usage', counts.join(' · ')));
    if (outcome.stopReason === 'max_tokens')
      this.element.append(make('p', 'note', 'The answer was cut: it reached the longest length that the server allows.'));
    if (outcome.stopReason === 'refusal') this.element.append(make('p', 'note', 'The model declined to go on.'));
    if (outcome.error) this.element.append(this.#failure(outcome.error, again));
  }

  /**
   * @param {import('/client/index.js').TokenfallError} error
   * @param {() => void} again
   */
  #failure(error, again) {
    const box = make('div', 'error');
    box.setAttribute('role', 'alert');
    // A refusal has a title, too; only together do they say it all.
    const title = error.problem?.title;
    box.append(make('p', '', title && title !== error.message ? `${title}. ${error.message}` : error.message));
    if (error.retryable) {
      const button = /** @type {HTMLButtonElement} */ (make('button', 'quiet', 'Ask again'));
      button.type = 'button';
      button.addEventListener('click', again);
      if (error.retryAfter) box.append(make('p', '', `It may work again in ${error.retryAfter} s.`));
      box.append(button);
    }
    if (error.requestId) box.append(make('p', 'request', `Request ${error.requestId}`));
    return box;
  }
}
