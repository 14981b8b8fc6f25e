import { autoScroll } from '/client/render/index.js';
import { byId } from '../dom.js';
import { Answering } from './answering.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { watchTabs } from './other-tabs.js';
import { TurnList } from './turn-list.js';

/** @typedef {import('./turn.js').Turn} Turn */

const takenBack = [400, 401, 413]; // statuses that mean: change something before it is sent again

/** The conversation on the page: turns, one answer at a time, and the box to ask in. */
export class Chat {
  #refresh;
  #account = '';
  /** @type {Conversation | undefined} */
  #conversation;
  #unwatch = () => {};
  #composer = new Composer({ send: (question) => this.#send(question), stop: () => this.stop(), editLast: () => this.editLast() });
  #list = new TurnList({ again: (turn) => this.#again(turn), change: (turn, question) => this.#change(turn, question) });
  #answering = new Answering((running) => {
    this.#composer.running = running;
    byId('chat').dataset.running = String(running);
  });
  #scroll = autoScroll(/** @type {Element} */ (document.scrollingElement), byId('turns'), (active) => {
    byId('latest').hidden = active;
  });

  /** @param {(why?: string) => Promise<unknown>} refresh asks again who is signed in, and shows what fits */
  constructor(refresh) {
    this.#refresh = refresh;
    addEventListener('pagehide', () => this.#answering.keep());
    byId('latest').addEventListener('click', () => this.#scroll.scrollToEnd());
  }

  /**
   * Shows an account's conversation, and reads on where a run is at work. Nothing happens when it is there already.
   *
   * @param {string} account
   */
  open(account) {
    if (this.#conversation && this.#account === account) return;
    this.close();
    if (this.#account && this.#account !== account) this.#composer.draft = ''; // it is somebody else's
    this.#account = account;
    this.#conversation = new Conversation(account);
    this.#watch(this.#conversation);
    this.#show();
    this.#scroll.scrollToEnd();
    if (this.#last?.state === 'open') this.#ask(this.#last);
  }

  /** Leaves the conversation as it is kept, and the page empty. */
  close() {
    this.#unwatch();
    this.#answering.leave();
    this.#conversation = undefined;
    this.#show();
  }

  /** Leaves, and forgets everything: the account is signed out. */
  forget() {
    this.#answering.leave();
    this.#conversation?.forget();
    this.#composer.draft = '';
    this.#composer.refuse('');
    this.close();
  }

  /** Stops the answer that is being written, if any. */
  async stop() {
    await this.#answering.stop();
  }

  /** Begins a new conversation. The old one is gone, so the reader is asked first. */
  startAnew() {
    if (!this.#conversation || !this.#last || !confirm('Start a new chat? This one is not kept.')) return;
    this.stop();
    this.#answering.leave();
    this.#conversation.reset();
    this.#watch(this.#conversation);
    this.#show();
    this.#composer.focus();
  }

  /** Puts the last answer on the clipboard. */
  copyLast() {
    this.#list.of(this.#last)?.answer.copy();
  }

  /** Asks the last question again; the answer that it has is replaced. */
  askLastAgain() {
    if (this.#last) this.#again(this.#last);
  }

  /** Lets the reader change the last question. */
  editLast() {
    if (!this.#answering.running) this.#list.of(this.#last)?.question.edit();
  }

  /** Puts the cursor into the box. @param {string} [question] goes there, too */
  compose(question = this.#composer.draft) {
    this.#composer.draft = question;
    this.#composer.focus();
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
  #again(turn) {
    if (this.#answering.running) return;
    this.#conversation?.renew(turn);
    this.#list.of(turn)?.answer.show();
    this.#composer.focus();
    this.#ask(turn);
  }

  /** @param {Turn} turn @param {string} question */
  #change(turn, question) {
    if (this.#answering.running) return;
    this.#conversation?.cut(turn);
    this.#composer.focus();
    this.#send(question);
  }

  /** @param {Turn} turn */
  async #ask(turn) {
    const view = this.#list.of(turn)?.answer;
    const conversation = this.#conversation;
    if (!conversation || !view) return;
    const { error } = (await this.#answering.start(conversation, turn, view)) ?? {};
    if (!error?.status) return;
    if (turn.url && error.status === 401) {
      conversation.reopen(turn); // whoever signs in again reads on
      await this.#refresh('You were signed out. Sign in again: the answer goes on.').catch(() => {});
    } else if (!turn.url && takenBack.includes(error.status)) {
      await this.#takeBack(turn, error);
    }
  }

  /**
   * Nothing was asked: the question goes back into the box, with the reason beside it.
   *
   * @param {Turn} turn
   * @param {import('/client/index.js').TokenfallError} error
   */
  async #takeBack(turn, { status, code }) {
    const words = turn.error?.message ?? '';
    this.#conversation?.cut(turn);
    this.#show();
    this.#composer.draft = [turn.question, this.#composer.draft].filter(Boolean).join('\n\n');
    if (status === 401 || code === 'antiforgery') await this.#refresh('You were signed out. Sign in again: your question is kept.').catch(() => {});
    else this.#composer.refuse(code === 'body_too_large' ? `${words} The conversation is too long: start a new chat.` : words);
  }

  /** @param {Conversation} conversation */
  #watch(conversation) {
    this.#unwatch();
    this.#unwatch = watchTabs(conversation, {
      reading: () => this.#answering.turn,
      changed: (turn) => this.#list.of(turn)?.answer.show(),
      listChanged: () => {
        const { turn } = this.#answering;
        if (turn && !conversation.turns.includes(turn)) this.#answering.leave();
        this.#show();
      },
      running: (turn) => this.#ask(turn),
      gone: () => {
        this.forget();
        this.#refresh('You were signed out in another tab.').catch(() => {});
      },
    });
  }

  #show() {
    const { turns = [], trimmed = false } = this.#conversation ?? {};
    this.#list.show(turns, trimmed);
  }
}
