import { unconfirmed } from './failure.js';
import { newId } from './id.js';
import { Store } from './store.js';
import { tabId } from './tab.js';
import { unanswered, newTurn, nextAttempt } from './turn.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** The questions and answers of a conversation, in order, stored in this browser. */
export class Conversation {
  id = newId();
  /** @type {Turn[]} */
  turns = [];
  /** Whether older turns were dropped because the storage was full. */
  trimmed = false;
  #store;

  /** @param {string} account */
  constructor(account) {
    this.#store = new Store(account);
    if (!this.reload()) this.#saveList();
  }

  /**
   * Reloads what is stored. Turns that are loaded already stay the same objects.
   *
   * @returns {boolean} whether anything is stored
   */
  reload() {
    const list = this.#store.list;
    if (!list) return false;
    const known = new Map(this.turns.map((turn) => [turn.id, turn]));
    this.id = list.id;
    this.trimmed = list.trimmed === true;
    this.turns = list.turns.map((id) => known.get(id) ?? this.#store.turn(id)).filter((turn) => turn !== undefined);
    return true;
  }

  /**
   * Reloads a turn that another tab has changed.
   *
   * @param {Turn} turn
   * @returns {boolean} whether its answer is another one, or longer
   */
  reloadTurn(turn) {
    const { key, state, text } = turn;
    Object.assign(turn, unanswered, this.#store.turn(turn.id));
    return turn.key !== key || turn.state !== state || turn.text !== text;
  }

  /**
   * Of a turn that this tab reads itself, loads the one thing that only the tab that asked knows.
   *
   * @param {Turn} turn
   */
  mergeFirstText(turn) {
    turn.firstText ??= this.#store.turn(turn.id)?.firstText;
  }

  /**
   * @param {string} question
   * @returns {Turn}
   */
  add(question) {
    this.reload(); // keeps what another tab has written while this one was suspended
    const turn = newTurn(question);
    this.turns.push(turn);
    this.#store.save(turn); // before the list, so that another tab that reads the list finds it
    this.#saveList();
    return turn;
  }

  /**
   * Clears a turn's answer, so that it can be asked again.
   *
   * @param {Turn} turn
   */
  resetTurn(turn) {
    Object.assign(turn, unanswered, nextAttempt(turn), { by: tabId });
    this.save(turn);
  }

  /**
   * Makes a turn whose reading failed readable again, by this tab.
   *
   * @param {Turn} turn
   */
  reopen(turn) {
    Object.assign(turn, { state: 'open', by: tabId, resumable: undefined, error: undefined });
    this.save(turn);
  }

  /**
   * Ends a turn whose tab has closed before it knew the run. The turn keeps its key: asking again finds the run, if there is one.
   *
   * @param {Turn} turn
   */
  giveUp(turn) {
    Object.assign(turn, { state: 'failed', resumable: true, error: unconfirmed });
    this.save(turn);
  }

  /** @param {Turn} turn */
  save(turn) {
    if (this.turns.includes(turn)) this.#store.save(turn);
  }

  /**
   * Removes a turn and all that follow it.
   *
   * @param {Turn} turn
   */
  removeFrom(turn) {
    const from = this.turns.indexOf(turn);
    if (from < 0) return;
    const removed = this.turns.splice(from);
    this.#saveList();
    for (const { id } of removed) this.#store.remove(id);
  }

  /** Starts a new conversation. */
  reset() {
    const removed = this.turns;
    this.id = newId();
    this.turns = [];
    this.trimmed = false;
    this.#saveList(); // before the turns are removed: a missing list means a sign-out to other tabs
    for (const { id } of removed) this.#store.remove(id);
  }

  /** Stores everything again that was removed when the session ended. */
  restore() {
    for (const turn of this.turns) this.#store.save(turn);
    this.#saveList();
  }

  /** @param {(id: string, removed: boolean) => void} listener @returns {() => void} */
  watch(listener) {
    return this.#store.watch(listener);
  }

  /**
   * The messages to send for a turn: everything before it, and its question. Questions without an answer are left out, because
   * models expect one for each.
   *
   * @param {Turn} turn
   * @returns {{ role: 'user' | 'assistant', content: string }[]}
   */
  messages(turn) {
    const earlier = this.turns.slice(0, this.turns.indexOf(turn)).filter(({ text }) => text.trim());
    return [
      ...earlier.flatMap(({ question, text }) => [
        { role: /** @type {const} */ ('user'), content: question },
        { role: /** @type {const} */ ('assistant'), content: text },
      ]),
      { role: 'user', content: turn.question },
    ];
  }

  #saveList() {
    this.#store.list = { id: this.id, turns: this.turns.map(({ id }) => id), trimmed: this.trimmed };
  }
}
