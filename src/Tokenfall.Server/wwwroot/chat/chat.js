import { autoScroll } from '../client/render/index.js';
import { byId } from '../dom.js';
import { ActiveAnswer } from './active-answer.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { clearOthers } from './store.js';
import { syncTabs } from './tab-sync.js';
import { TurnList } from './turn-list.js';

/** @typedef {import('./turn.js').Turn} Turn */

const rejectedStatuses = [400, 401, 413]; // the user must change something before sending again

const endDelay = 2000; // a sign-out stops the answer, and its end is on its way; nobody could say good-bye any more

/** The conversation on the page: its turns, at most one active answer, and the text box. */
export class Chat {
  #refresh;
  #account = '';
  /** @type {Conversation | undefined} */
  #conversation;
  /** The conversation that was open when the session ended. @type {Conversation | undefined} */
  #kept;
  #stopSync = () => {};
  #composer = new Composer({ send: (question) => this.#send(question), stop: () => this.stop(), editLast: () => this.editLast() });
  #list = new TurnList({ askAgain: (turn) => this.#askAgain(turn), edit: (turn, question) => this.#edit(turn, question) });
  #active = new ActiveAnswer((running) => {
    this.#composer.running = running;
    byId('chat').dataset.running = String(running);
  });
  #scroll = autoScroll(/** @type {Element} */ (document.scrollingElement), byId('turns'), (active) => {
    byId('latest').hidden = active;
  });

  /** @param {(message?: string) => Promise<unknown>} refresh reloads the session and shows the matching part of the page */
  constructor(refresh) {
    this.#refresh = refresh;
    addEventListener('pagehide', () => this.#active.save());
    addEventListener('online', () => this.#readOn());
    byId('latest').addEventListener('click', () => this.#scroll.scrollToEnd());
  }

  /**
   * Shows an account's conversation, and continues an unfinished answer. Does nothing if it is open already.
   *
   * @param {string} account
   */
  open(account) {
    if (this.#conversation && this.#account === account) return;
    if (this.#conversation) this.close();
    if (this.#account && this.#account !== account) this.#forget(); // it belongs to another account
    this.#account = account;
    clearOthers(account);
    this.#conversation = this.#reopen(account);
    this.#show();
    this.#scroll.scrollToEnd();
    this.#sync(this.#conversation);
    this.#readOn();
  }

  /**
   * Closes the conversation and clears the page and the browser's storage, because the session has ended, in whatever way. This page
   * keeps the conversation in memory until it is closed, in case the same account signs in again.
   */
  close() {
    this.#stopSync();
    this.#active.detach();
    this.#kept = this.#conversation ?? this.#kept;
    this.#conversation = undefined;
    clearOthers();
    this.#show();
  }

  /** Closes the conversation and forgets it, because the account has signed out. */
  clear() {
    this.#active.detach(endDelay);
    this.#composer.showError('');
    this.close();
    this.#forget();
  }

  /** Stops the active answer, if there is one. */
  async stop() {
    await this.#active.stop();
  }

  /** Starts a new conversation. Because the old one is deleted, the user has to confirm. */
  startNew() {
    if (!this.#conversation || !this.#last || !confirm('Start a new chat? This one will be deleted.')) return;
    this.stop();
    this.#active.detach();
    this.#conversation.reset();
    this.#sync(this.#conversation);
    this.#show();
    this.#composer.focus();
  }

  /** Copies the last answer to the clipboard. */
  copyLast() {
    this.#list.of(this.#last)?.answer.copy();
  }

  /** Asks the last question again and replaces its answer. */
  askLastAgain() {
    if (this.#last) this.#askAgain(this.#last);
  }

  /** Opens the last question for editing. */
  editLast() {
    if (!this.#active.running) this.#list.of(this.#last)?.question.edit();
  }

  /** Moves the focus to the text box. @param {string} [question] replaces the text in it */
  compose(question = this.#composer.draft) {
    this.#composer.draft = question;
    this.#composer.focus();
  }

  #forget() {
    this.#kept = undefined;
    this.#composer.draft = '';
  }

  /** What this page has kept, unless another tab of the account has stored a conversation meanwhile. @param {string} account */
  #reopen(account) {
    const stored = new Conversation(account);
    const kept = this.#kept;
    this.#kept = undefined;
    if (!kept || stored.turns.length) return stored;
    kept.restore();
    return kept;
  }

  get #last() {
    return this.#conversation?.turns.at(-1);
  }

  /** @param {string} question */
  #send(question) {
    const turn = this.#conversation?.add(question);
    if (!turn) return;
    this.#show();
    this.#scroll.scrollToEnd();
    this.#ask(turn);
  }

  /** @param {Turn} turn */
  #askAgain(turn) {
    if (this.#active.running) return;
    if (turn.resumable) this.#conversation?.reopen(turn); // the question is asked again only if its run is gone
    else this.#conversation?.resetTurn(turn);
    this.#list.of(turn)?.answer.show();
    this.#composer.focus();
    this.#ask(turn, true);
  }

  /** Reads the last answer on if its run may still be there. It never asks: nobody has said so. */
  #readOn() {
    const turn = this.#last;
    if (!turn?.url || !turn.resumable || this.#active.running) return;
    this.#conversation?.reopen(turn);
    this.#list.of(turn)?.answer.show();
    this.#ask(turn);
  }

  /** @param {Turn} turn @param {string} question */
  #edit(turn, question) {
    if (this.#active.running) return;
    this.#conversation?.removeFrom(turn);
    this.#composer.focus();
    this.#send(question);
  }

  /** @param {Turn} turn @param {boolean} [askIfGone] whether to ask again if the server no longer has its run */
  async #ask(turn, askIfGone = false) {
    const view = this.#list.of(turn)?.answer;
    const conversation = this.#conversation;
    if (!conversation || !view) return;
    const { error } = (await this.#active.start(conversation, turn, view, askIfGone)) ?? {};
    if (!error?.status) return;
    if (turn.url && error.status === 401) {
      conversation.reopen(turn); // reading continues after signing in again
      await this.#refresh('You were signed out. Sign in again to continue reading the answer.').catch(() => {});
    } else if (!turn.url && rejectedStatuses.includes(error.status)) {
      await this.#returnToComposer(turn, error);
    }
  }

  /**
   * Puts a question that the server rejected back into the text box, with the reason.
   *
   * @param {Turn} turn
   * @param {import('/client/index.js').TokenfallError} error
   */
  async #returnToComposer(turn, { status, code }) {
    const message = turn.error?.message ?? '';
    this.#conversation?.removeFrom(turn);
    this.#show();
    this.#composer.draft = [turn.question, this.#composer.draft].filter(Boolean).join('\n\n');
    if (status === 401 || code === 'antiforgery') await this.#refresh('You were signed out. Sign in again: your question has been kept.').catch(() => {});
    else this.#composer.showError(code === 'body_too_large' ? `${message} The conversation is too long: start a new chat.` : message);
  }

  /** @param {Conversation} conversation */
  #sync(conversation) {
    this.#stopSync();
    this.#stopSync = syncTabs(conversation, {
      activeTurn: () => this.#active.turn,
      onTurnChange: (turn) => this.#list.of(turn)?.answer.show(),
      onListChange: () => {
        const { turn } = this.#active;
        if (turn && !conversation.turns.includes(turn)) this.#active.detach();
        this.#show();
      },
      read: (turn) => this.#ask(turn),
      onSignOut: () => {
        this.clear();
        this.#refresh('You were signed out in another tab.').catch(() => {});
      },
    });
  }

  #show() {
    const { turns = [], trimmed = false } = this.#conversation ?? {};
    this.#list.show(turns, trimmed);
  }
}
