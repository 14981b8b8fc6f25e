import { branchInHistory, storeBranch } from '../address.js';
import { readConversation } from '../conversations/api.js';
import { ActiveAnswer } from './active-answer.js';
import { Conversation } from './conversation.js';
import { isGone } from './failure.js';
import { reopened } from './turn.js';
import { TurnList } from './turn-list.js';

/** @typedef {import('./turn.js').Turn} Turn */
/** @typedef {import('./turn.js').Question} Question */

/**
 * What an open conversation needs of the page.
 *
 * @typedef {object} Host
 * @property {(open: OpenConversation) => void} onChange its turns, its state, or whether it is being answered
 * @property {() => void} onAsked a button among the turns has asked, and is gone
 * @property {(open: OpenConversation) => void} onAccepted the server has accepted a question
 * @property {(open: OpenConversation, question: string, error: import('/client/index.js').TokenfallError, message: string) => void} onRejected
 *   the server has refused a question, which is taken back
 * @property {(message: string) => void} onSignedOut
 */

const rejectedStatuses = [400, 401, 404, 409, 413]; // the user must change something before sending again

/** A conversation in this tab: what is known of it, its turns on the page, and at most one active answer. */
export class OpenConversation {
  conversation;
  /** `missing`: it is not on the server; `failed`: it could not be loaded. @type {'ready' | 'loading' | 'missing' | 'failed'} */
  state = 'ready';
  /** Why it could not be loaded. */
  failure = '';
  #host;
  #list = new TurnList({
    askAgain: (turn) => {
      this.askAgain(turn);
      this.#host.onAsked();
    },
    edit: (turn, text) => {
      this.#send(text, turn.question.parent);
      this.#host.onAsked();
    },
    choose: (version, focus, forward) => this.#choose(version, focus, forward),
  });
  #active = new ActiveAnswer({ onChange: () => this.#changed(), onAccepted: () => this.#host.onAccepted(this) });
  #closed = false;
  /** @type {Promise<void> | undefined} */
  #loading;
  #loadAgain = false;

  /**
   * @param {string | undefined} id nothing for a new one
   * @param {Host} host
   */
  constructor(id, host) {
    this.conversation = new Conversation(id);
    this.#host = host;
    if (id) this.state = 'loading';
  }

  get id() {
    return this.conversation.id;
  }

  /** The turns on the page. */
  get element() {
    return this.#list.element;
  }

  /** Whether an answer is being generated. */
  get running() {
    return this.#active.running;
  }

  /** Whether it would lose something if the page forgot it. */
  get isNeeded() {
    return this.running || this.conversation.hasUnsent;
  }

  get last() {
    return this.conversation.turns.at(-1);
  }

  /** Loads what the server has, again if it is loaded already. Reads an answer that is still being written. */
  async load() {
    this.#loadAgain = true;
    this.#loading ??= this.#loadNow().finally(() => (this.#loading = undefined));
    await this.#loading;
  }

  /** Asks a question after the last answer. @param {string} text */
  send(text) {
    this.#send(text, this.conversation.turns.findLast(({ id }) => id)?.id);
  }

  /** Asks for another answer. Where reading one has failed, its run is looked for first. @param {Turn} turn */
  askAgain(turn) {
    if (this.running) return;
    if (turn.resumable && turn.url) return this.#readOn(turn, true);
    // One that the server does not know yet is the same request once more.
    const next = turn.id ? this.conversation.addTurn(turn.question) : Object.assign(turn, reopened);
    this.#changed();
    this.#list.of(next)?.answer.show();
    this.#ask(next);
  }

  /** Reads the last answer on if its run may still be there. It never asks: nobody has said so. */
  readOn() {
    const { last } = this;
    if (last?.url && last.resumable && !this.running) this.#readOn(last, false);
  }

  /** Stops the active answer, if there is one. */
  async stop() {
    await this.#active.stop();
  }

  /** Stops reading. @param {number} [delay] milliseconds until the connection is closed */
  close(delay) {
    this.#closed = true;
    this.#active.detach(delay);
  }

  copyLast() {
    this.#list.of(this.last)?.answer.copy();
  }

  editLast() {
    if (!this.running) this.#list.of(this.last)?.question.edit();
  }

  /** @param {string} text @param {string | undefined} parent the answer that it follows */
  #send(text, parent) {
    if (this.running) return;
    const turn = this.conversation.add(text, parent);
    this.#changed();
    this.#ask(turn);
  }

  async #loadNow() {
    while (this.#loadAgain && !this.#closed) {
      this.#loadAgain = false;
      try {
        this.#merge(await readConversation(this.id));
      } catch (error) {
        this.#fail(/** @type {any} */ (error));
      }
    }
  }

  /** @param {any} stored */
  #merge(stored) {
    if (this.#closed) return;
    const isFirst = this.state !== 'ready';
    const changed = this.conversation.merge(stored, this.#active.turn);
    if (isFirst) this.conversation.chooseBranch(branchInHistory());
    this.state = 'ready';
    this.#changed();
    for (const turn of changed) this.#list.of(turn)?.answer.show();
    this.#join();
  }

  /** @param {Error & { status?: number }} error */
  #fail(error) {
    if (this.#closed) return;
    if (error.status === 401) return this.#host.onSignedOut('You were signed out.');
    if (error.status === 404) {
      if (this.isNeeded) return; // its first question is on its way
      this.state = 'missing';
    } else if (this.state !== 'ready') {
      this.state = 'failed';
      this.failure = error.message;
    }
    this.#changed();
  }

  /** Reads the answer that is being written in the branch that is shown. */
  #join() {
    const turn = this.conversation.turns.findLast(({ state, url }) => state === 'open' && url);
    if (turn && !this.running) this.#ask(turn);
  }

  /** @param {Turn} turn @param {boolean} askIfGone */
  #readOn(turn, askIfGone) {
    Object.assign(turn, reopened);
    this.#list.of(turn)?.answer.show();
    this.#ask(turn, askIfGone);
  }

  /** @param {Turn | Question} version @param {'question' | 'answer'} focus @param {boolean} forward */
  #choose(version, focus, forward) {
    this.conversation.choose(version);
    storeBranch(this.last?.id ?? this.last?.question.id);
    this.#changed();
    const turn = 'turns' in version ? this.conversation.turns.find(({ question }) => question === version) : version;
    this.#list.of(turn)?.versions[focus].focus(forward);
    this.#join();
  }

  /** @param {Turn} turn @param {boolean} [askIfGone] whether to ask again if its run is gone: the user has said so */
  async #ask(turn, askIfGone = false) {
    const view = this.#list.of(turn)?.answer;
    if (!view || this.#closed) return;
    const { error } = (await this.#active.start(this.id, turn, view)) ?? {};
    if (this.#closed || !error) return;
    if (askIfGone && (isGone(error) || error.code === 'interrupted')) return this.askAgain(turn);
    if (turn.gone) await this.load(); // the run is gone, but the answer is stored
    else if (error.status === 401 && turn.id) this.#host.onSignedOut('You were signed out. Sign in again to continue reading the answer.');
    else if (!turn.id && rejectedStatuses.includes(error.status ?? 0)) this.#takeBack(turn, error);
  }

  /** @param {Turn} turn @param {import('/client/index.js').TokenfallError} error */
  #takeBack(turn, error) {
    const { question } = turn;
    const message = turn.error?.message ?? '';
    this.conversation.remove(turn);
    this.#changed();
    this.#host.onRejected(this, question.stored ? '' : question.text, error, message);
    if (error.status === 404 || error.status === 409) this.load(); // another tab or device has changed it
  }

  #changed() {
    this.#list.show(this.conversation);
    this.#host.onChange(this);
  }
}
