import { newId } from './id.js';
import { Store } from './store.js';
import { tab } from './tab.js';
import { blank, newTurn, nextAttempt } from './turn.js';

/** @typedef {import('./turn.js').Turn} Turn */

/** What was asked and answered, in order; kept in this browser until the server keeps it. */
export class Conversation {
  id = newId();
  /** @type {Turn[]} */
  turns = [];
  /** Whether older turns were dropped for want of room. */
  trimmed = false;
  #store;

  /** @param {string} account */
  constructor(account) {
    this.#store = new Store(account);
    if (!this.reload()) this.#saveList();
  }

  /**
   * Reads again what is kept. Turns that are there already stay the same objects.
   *
   * @returns {boolean} whether anything is kept
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
   * Takes over what another tab has written of a turn.
   *
   * @param {Turn} turn
   * @returns {boolean} whether it is another answer, or more of it
   */
  reloadTurn(turn) {
    const { key, state, text } = turn;
    Object.assign(turn, blank, this.#store.turn(turn.id));
    return turn.key !== key || turn.state !== state || turn.text !== text;
  }

  /**
   * Takes over what only the tab that asked knows, of a turn that this one reads itself.
   *
   * @param {Turn} turn
   */
  learn(turn) {
    turn.firstText ??= this.#store.turn(turn.id)?.firstText;
  }

  /**
   * @param {string} question
   * @returns {Turn}
   */
  add(question) {
    this.reload(); // what another tab has written while this one slept stays
    const turn = newTurn(question);
    this.turns.push(turn);
    this.#store.save(turn); // before the list: another tab that reads the list finds it
    this.#saveList();
    return turn;
  }

  /**
   * Makes a turn one that was not asked yet.
   *
   * @param {Turn} turn
   */
  renew(turn) {
    Object.assign(turn, blank, nextAttempt(turn), { by: tab });
    this.save(turn);
  }

  /**
   * Makes a turn one that can be read on, though reading it has failed.
   *
   * @param {Turn} turn
   */
  reopen(turn) {
    Object.assign(turn, { state: 'open', error: undefined });
    this.save(turn);
  }

  /**
   * Makes this tab the one that asks a turn.
   *
   * @param {Turn} turn
   */
  inherit(turn) {
    turn.by = tab;
    this.save(turn);
  }

  /** @param {Turn} turn */
  save(turn) {
    if (this.turns.includes(turn)) this.#store.save(turn);
  }

  /**
   * Takes a turn out, and all that follow it.
   *
   * @param {Turn} turn
   */
  cut(turn) {
    const from = this.turns.indexOf(turn);
    if (from < 0) return;
    const gone = this.turns.splice(from);
    this.#saveList();
    for (const { id } of gone) this.#store.remove(id);
  }

  /** Begins anew. */
  reset() {
    const gone = this.turns;
    this.id = newId();
    this.turns = [];
    this.trimmed = false;
    this.#saveList(); // without a moment in which there is no list: to other tabs that is a sign-out
    for (const { id } of gone) this.#store.remove(id);
  }

  /** Leaves nothing behind, as after a sign-out. */
  forget() {
    this.turns = [];
    this.#store.clear();
  }

  /** @param {(id: string, gone: boolean) => void} listen @returns {() => void} */
  watch(listen) {
    return this.#store.watch(listen);
  }

  /**
   * What is sent to ask a turn: it and everything before it. A question without an answer is left out: models expect one each.
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
