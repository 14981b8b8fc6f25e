import { addressOfChat, idInAddress, pushAddress, replaceAddress } from '../address.js';
import { autoScroll } from '../client/render/index.js';
import { byId } from '../dom.js';
import { Composer } from './composer.js';
import { OpenConversation } from './open-conversation.js';
import { showPlace } from './place.js';

const endDelay = 2000; // a sign-out stops the answer, and its end is on its way; nobody could say good-bye any more

/** The conversation on the page, and those that are being answered behind it. */
export class Chat {
  #refresh;
  #account = '';
  /** The one that is shown. @type {OpenConversation | undefined} */
  #shown;
  /** By id: the one that is shown, and those that are still needed. @type {Map<string, OpenConversation>} */
  #open = new Map();
  /** @type {import('./open-conversation.js').Host} */
  #host = {
    onChange: (open) => this.#onChange(open),
    onAsked: () => {
      this.#composer.focus();
      this.#scroll.scrollToEnd();
    },
    onAccepted: (open) => this.#listener.onAsked(open.id),
    onRejected: (open, question, error, message) => this.#returnToComposer(open, question, error, message),
    onSignedOut: (message) => this.#refresh(message).catch(() => {}),
  };
  #listener = { onAsked: (/** @type {string} */ _id) => {}, onShown: () => {} };
  #composer = new Composer({ send: (question) => this.#send(question), stop: () => this.stop(), editLast: () => this.editLast() });
  #scroll = autoScroll(/** @type {Element} */ (document.scrollingElement), byId('turns'), (active) => {
    byId('latest').hidden = active;
  });

  /** @param {(message?: string) => Promise<unknown>} refresh reloads the session and shows the matching part of the page */
  constructor(refresh) {
    this.#refresh = refresh;
    addEventListener('online', () => this.#shown?.readOn());
    addEventListener('popstate', () => this.#account && this.show(idInAddress()));
    byId('latest').addEventListener('click', () => this.#scroll.scrollToEnd());
  }

  /**
   * @param {object} listener
   * @param {(id: string) => void} listener.onAsked the server has accepted a question in this conversation
   * @param {() => void} listener.onShown another conversation is shown, or it is being answered
   */
  listen(listener) {
    this.#listener = listener;
  }

  /** The id of the conversation that is shown; undefined for one without a question. */
  get shownId() {
    return this.#shown && !this.#isNew(this.#shown) ? this.#shown.id : undefined;
  }

  /** The last message of the branch that is shown. */
  get branch() {
    return this.#shown?.last?.id;
  }

  /** The ids of the conversations that are being answered in this tab. */
  get running() {
    return [...this.#open.values()].filter(({ running }) => running).map(({ id }) => id);
  }

  /** Shows the conversation in the page's address to an account. Only brings it up to date if the account is the same. @param {string} account */
  open(account) {
    if (this.#account === account && this.#shown) return this.refresh();
    if (this.#shown) this.close();
    if (this.#account && this.#account !== account) this.#composer.draft = ''; // it belongs to another account
    this.#account = account;
    this.show(idInAddress());
  }

  /** Removes everything from the page, because the session has ended, in whatever way. The draft stays, in case the same account returns. */
  close() {
    this.#closeAll();
    this.#shown = undefined;
    this.#onChange(undefined);
  }

  /** The same when the account has signed out: nothing is kept, and answers have two seconds to end. */
  clear() {
    this.#closeAll(endDelay);
    this.#composer.showError('');
    this.#composer.draft = '';
    replaceAddress();
    this.close();
  }

  /** Shows a conversation. @param {string | undefined} id nothing for a new one */
  show(id) {
    if (this.#shown && id === this.shownId) return;
    this.#leave();
    const known = id === undefined ? undefined : this.#open.get(id);
    const open = known ?? new OpenConversation(id, this.#host);
    this.#shown = open;
    this.#open.set(open.id, open);
    byId('turns').replaceChildren(open.element);
    this.#onChange(open);
    if (id !== undefined) this.#load(open);
    this.#scroll.scrollToEnd();
  }

  /** The same as an entry of its own in the browser's history. @param {string | undefined} id */
  go(id) {
    pushAddress(id);
    this.show(id);
  }

  /** Starts a new conversation. The old one stays where it is. */
  startNew() {
    this.go(undefined);
    this.#composer.focus();
  }

  /** Reads what the server has of the conversation, because another tab or device may have changed it. @param {string} [id] if it is this one */
  refresh(id = this.shownId) {
    if (id !== undefined && id === this.shownId) this.#shown?.load();
  }

  /** A conversation has got another title. @param {string} id @param {string} title */
  rename(id, title) {
    const open = this.#open.get(id);
    if (!open) return;
    open.conversation.title = title;
    this.#onChange(open);
  }

  /** A conversation is deleted. @param {string} [id] all by default */
  forget(id) {
    for (const open of [...this.#open.values()]) {
      if (id !== undefined && open.id !== id) continue;
      open.close();
      this.#open.delete(open.id);
      if (open === this.#shown && !this.#isNew(open)) this.#startOver();
    }
  }

  /** Stops the active answer, if there is one. */
  async stop() {
    await this.#shown?.stop();
  }

  /** Stops all answers of this tab. */
  async stopAll() {
    await Promise.all([...this.#open.values()].map((open) => open.stop()));
  }

  /** Copies the last answer to the clipboard. */
  copyLast() {
    this.#shown?.copyLast();
  }

  /** Asks the last question for another answer. */
  askLastAgain() {
    const last = this.#shown?.last;
    if (!last) return;
    this.#shown?.askAgain(last);
    this.#composer.focus();
  }

  /** Opens the last question for editing. */
  editLast() {
    this.#shown?.editLast();
  }

  /** Moves the focus to the text box. @param {string} [question] replaces the text in it */
  compose(question = this.#composer.draft) {
    this.#composer.draft = question;
    this.#composer.focus();
  }

  /** @param {string} question */
  #send(question) {
    const open = this.#shown;
    if (!open) return;
    open.send(question);
    if (open === this.#shown) replaceAddress(open.id);
    this.#scroll.scrollToEnd();
  }

  /** @param {OpenConversation} open */
  async #load(open) {
    await open.load();
    if (open === this.#shown) this.#scroll.scrollToEnd();
  }

  /** Forgets the conversation that is shown, unless it is being answered: then it goes on behind the next one. */
  #leave() {
    const open = this.#shown;
    if (!open || open.isNeeded) return;
    open.close();
    this.#open.delete(open.id);
  }

  /** @param {number} [delay] */
  #closeAll(delay) {
    for (const open of this.#open.values()) open.close(delay);
    this.#open.clear();
  }

  #startOver() {
    this.#shown = undefined;
    replaceAddress();
    this.show(undefined);
  }

  /** @param {OpenConversation} open */
  #isNew({ state, conversation }) {
    return state === 'ready' && conversation.isEmpty;
  }

  /**
   * Puts a question that the server has refused back into the text box, with the reason.
   *
   * @param {OpenConversation} open
   * @param {string} question
   * @param {import('/client/index.js').TokenfallError} error
   * @param {string} message
   */
  #returnToComposer(open, question, { status, code }, message) {
    this.#composer.draft = [question, this.#composer.draft].filter(Boolean).join('\n\n');
    if (open === this.#shown && this.#isNew(open)) replaceAddress();
    if (status === 401 || code === 'antiforgery') this.#refresh('You were signed out. Sign in again: your question has been kept.').catch(() => {});
    else this.#composer.showError(code === 'body_too_large' ? `${message} The question is too long.` : message);
  }

  /** @param {OpenConversation | undefined} open */
  #onChange(open) {
    if (open === this.#shown) {
      this.#composer.running = open?.running ?? false;
      byId('chat').dataset.running = String(open?.running ?? false);
      if (!open) byId('turns').replaceChildren();
      showPlace(open, { retry: () => open?.load(), href: addressOfChat() });
    } else if (open && !open.isNeeded) {
      open.close();
      this.#open.delete(open.id);
    }
    this.#listener.onShown();
  }
}
