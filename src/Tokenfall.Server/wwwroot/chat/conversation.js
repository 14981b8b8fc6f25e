import { unansweredFailure } from './failure.js';
import { newId } from './id.js';
import { createTurn, fromMessage } from './turn.js';

/** @typedef {import('./turn.js').Turn} Turn */
/** @typedef {import('./turn.js').Question} Question */

/**
 * The questions and answers of a conversation. They are a tree: questions with the same parent are branches, and so are the answers
 * of a question. One branch is shown.
 */
export class Conversation {
  id;
  /** @type {string | undefined} */
  title;
  /** By id, oldest first. @type {Map<string, Question>} */
  #questions = new Map();
  /** Which question the reader has switched to, by parent. @type {Map<string | undefined, Question>} */
  #chosen = new Map();

  /** @param {string} [id] */
  constructor(id = newId()) {
    this.id = id;
  }

  /** The branch that is shown, oldest first. @returns {Turn[]} */
  get turns() {
    const turns = [];
    for (let parent, question; (question = this.#chosen.get(parent) ?? this.#after(parent).at(-1)); ) {
      const turn = question.chosen ?? question.turns[question.turns.length - 1];
      turns.push(turn);
      if (!turn.id) break;
      parent = turn.id;
    }
    return turns;
  }

  /** Whether nothing has been asked. */
  get isEmpty() {
    return this.#questions.size === 0;
  }

  /** Whether there is a question that the server does not have. */
  get hasUnsent() {
    return [...this.#questions.values()].some(({ stored }) => !stored);
  }

  /**
   * The question together with the others in its place, oldest first.
   *
   * @param {Question} question
   */
  versionsOf({ parent }) {
    return this.#after(parent);
  }

  /**
   * Adds a question.
   *
   * @param {string} text
   * @param {string | undefined} parent the id of the answer that it follows
   * @returns {Turn}
   */
  add(text, parent) {
    const question = this.#add({ id: newId(), parent, text, stored: false });
    this.#chosen.delete(parent); // the newest one is shown
    return this.addTurn(question);
  }

  /**
   * Adds an answer to a question that has one already.
   *
   * @param {Question} question
   */
  addTurn(question) {
    const turn = createTurn(question);
    question.turns.push(turn);
    question.chosen = undefined;
    return turn;
  }

  /** Removes a turn that the server does not have; its question, too, if that is unknown as well. @param {Turn} turn */
  remove(turn) {
    const { question } = turn;
    question.turns = question.turns.filter((one) => one !== turn);
    if (!question.turns.length) this.#questions.delete(question.id);
  }

  /** Shows another question or another answer. @param {Turn | Question} version */
  choose(version) {
    if ('turns' in version) this.#chosen.set(version.parent, version);
    else version.question.chosen = version;
  }

  /** Shows the branch of a message. @param {string | undefined} id of an answer or a question */
  chooseBranch(id) {
    const turns = [...this.#questions.values()].flatMap((question) => question.turns);
    for (let at = id; at; ) {
      const turn = turns.find((one) => one.id === at);
      const question = turn?.question ?? this.#questions.get(at);
      if (!question) return;
      if (turn) question.chosen = turn;
      this.#chosen.set(question.parent, question);
      at = question.parent;
    }
  }

  /**
   * Takes over what the server has stored. Turns that are known already stay the same objects.
   *
   * @param {{ title: string, messages: any[] }} stored
   * @param {Turn} [active] the turn that is being read: it is left alone
   * @returns {Turn[]} the turns that have changed
   */
  merge({ title, messages }, active) {
    this.title = title;
    const changed = [];
    for (const message of messages) {
      if (message.role === 'user') this.#mergeQuestion(message);
      else {
        const turn = this.#mergeAnswer(message, active);
        if (turn) changed.push(turn);
      }
    }
    for (const question of this.#questions.values()) {
      if (!question.turns.length) Object.assign(this.addTurn(question), { state: 'failed', error: unansweredFailure });
    }
    return changed;
  }

  /** @param {any} message */
  #mergeQuestion({ id, parent, parts }) {
    const known = this.#questions.get(id);
    if (known) known.stored = true;
    else this.#add({ id, parent: parent ?? undefined, text: parts.map((/** @type {any} */ part) => part.text ?? '').join(''), stored: true });
  }

  /** @param {any} message @param {Turn | undefined} active */
  #mergeAnswer(message, active) {
    const question = this.#questions.get(message.parent);
    if (!question) return undefined;
    const answer = fromMessage(message);
    // One without an id waits for an answer, and this is the one that it waits for: they have the same key.
    const known = question.turns.find(({ id }) => id === answer.id) ?? question.turns.find(({ id }) => !id);
    if (known === undefined) {
      question.turns.push({ question, ...answer });
      return undefined;
    }
    if (known === active || isUpToDate(known, answer)) return undefined;
    return Object.assign(known, { after: undefined, resumable: undefined, gone: undefined }, answer);
  }

  /** @param {Omit<Question, 'turns'>} fields */
  #add(fields) {
    const question = { ...fields, turns: [] };
    this.#questions.set(fields.id, question);
    return question;
  }

  /** @param {string | undefined} parent */
  #after(parent) {
    return [...this.#questions.values()].filter((question) => question.parent === parent);
  }
}

/** What this page has read itself says more than what is stored. @param {Turn} turn @param {Omit<Turn, 'question'>} stored */
function isUpToDate(turn, stored) {
  if (!turn.id) return false;
  if (turn.gone && stored.state === 'open') return true; // it cannot be read
  return turn.state === stored.state && !turn.resumable && !turn.gone;
}
