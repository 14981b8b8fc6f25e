import { ask, paint } from '/client/index.js';
import { announce, byId } from './dom.js';
import { Exchange } from './exchange.js';
import { keepAtEnd } from './scroll.js';

/**
 * The prompt box and the answers above it. One question at a time.
 *
 * @param {{ token: () => string, refresh: () => Promise<unknown> }} page
 */
export function startChat({ token, refresh }) {
  const form = byId('ask');
  const prompt = byId('prompt');
  const button = form.querySelector('button');
  let busy = false;
  /** @type {import('/client/index.js').Answer | undefined} the one that is being read */
  let answer;
  /** @type {Exchange | undefined} a question that was refused; it goes when the next one is sent */
  let refused;

  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    const question = prompt.value.trim();
    if (busy || !question) return;
    prompt.value = '';
    send(question);
  });

  prompt.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    // While an input method composes, Enter chooses a word. Safari ends the composition before this event: 229 tells.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });

  /** @param {string} question */
  async function send(question) {
    setBusy(true);
    refused?.element.remove();
    refused = undefined;
    byId('empty').hidden = true;
    const exchange = new Exchange(question);
    byId('answers').append(exchange.element);
    announce('Thinking');

    const scroll = keepAtEnd();
    answer = ask('/ask/stream', { prompt: question }, { csrfToken: token });
    const outcome = await paint(answer, (text) => scroll(() => exchange.write(text)));
    const { status } = outcome.error ?? {};
    scroll(() => {
      exchange.finish(outcome, () => again(question, exchange));
      if (status) takeBack(exchange, question);
    });
    setBusy(false);
    announce(outcome.state === 'done' ? 'Answer complete' : '');
    // The antiforgery token may be stale, or the session over.
    if (status === 400 || status === 401) await refresh().catch(() => {});
    if (status === 401) byId('sign-in-error').textContent = 'You were signed out. Sign in again: your question is kept.';
  }

  /** @param {string} question @param {Exchange} failed */
  function again(question, failed) {
    if (busy) return;
    failed.element.remove();
    prompt.focus();
    send(question);
  }

  /**
   * After a refusal nothing was asked: the question goes back into the box, to be changed.
   *
   * @param {Exchange} exchange
   * @param {string} question
   */
  function takeBack(exchange, question) {
    if (prompt.value) return;
    prompt.value = question;
    exchange.hideQuestion();
    refused = exchange;
  }

  /** @param {boolean} value */
  function setBusy(value) {
    busy = value;
    // Not "disabled": that would take the focus away from whoever pressed it.
    button.setAttribute('aria-disabled', String(value));
  }

  return {
    /** Leaves the answer that is being read, if any, and empties the page. */
    clear() {
      answer?.close();
      byId('answers').replaceChildren(byId('empty'));
      byId('empty').hidden = false;
    },
  };
}
