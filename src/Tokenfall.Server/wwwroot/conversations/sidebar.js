import { byId } from '../dom.js';
import { showErrorToast } from '../toasts.js';
import { renameConversation } from './api.js';
import { onChange, publishChange } from './changes.js';
import { startDeleteAll } from './delete-all.js';
import { Deletions } from './deletions.js';
import { ItemMenu } from './item-menu.js';
import { ListView } from './list-view.js';
import { ConversationList } from './list.js';
import { Panel } from './panel.js';
import { SearchBox } from './search-box.js';

/** @typedef {import('./list-item.js').ListItem} ListItem */

/** The list of conversations beside the chat, and what can be done with one. */
export class Sidebar {
  #chat;
  #enabled = false;
  #panel = new Panel();
  #list = new ConversationList(() => this.#show());
  #search = new SearchBox(async (text) => {
    await this.#list.find(text);
    return this.#list.items.length;
  });
  #deletions = new Deletions(() => this.#show(), (id) => this.#onDeleted(id));
  #menu = new ItemMenu({ remove: (item) => this.#remove(item) });
  #view = new ListView({
    open: (id) => this.#open(id),
    menu: (item, button) => this.#menu.open(item, button, item.conversation.id === this.#chat.shownId ? this.#chat.branch : undefined),
    rename: (item, title) => this.#rename(item, title),
    more: () => this.#list.more(),
    retry: () => this.#list.refresh(),
    clearSearch: () => this.#search.clear(),
  });

  /** @param {import('../chat/chat.js').Chat} chat */
  constructor(chat) {
    this.#chat = chat;
    chat.listen({ onAsked: (id) => this.#onAsked(id), onShown: () => this.#show() });
    onChange((change) => this.#onChange(change));
    startDeleteAll(() => this.#onDeleted());
    byId('sidebar-new').addEventListener('click', () => {
      this.#panel.closeDrawer();
      chat.startNew();
    });
  }

  /** Shows the list of an account that has signed in, or brings it up to date. */
  open() {
    this.#enabled = true;
    this.#panel.enabled = true;
    this.#list.refresh();
  }

  /** Removes everything, because nobody is signed in. */
  close() {
    this.#enabled = false;
    this.#panel.enabled = false;
    this.#search.reset();
    this.#deletions.clear();
    this.#list.clear();
  }

  /** Does now what waits for an undo. */
  async finish() {
    await this.#deletions.finish();
  }

  toggle() {
    this.#panel.toggle();
  }

  /** Undoes the last deletion. */
  undo() {
    this.#deletions.undo();
  }

  search() {
    this.#panel.open();
    this.#search.focus();
  }

  #show() {
    this.#view?.show(this.#list, { hidden: this.#deletions.hidden, current: this.#chat.shownId, running: this.#chat.running });
  }

  /** @param {string} id */
  #open(id) {
    this.#panel.closeDrawer();
    this.#chat.go(id);
    if (matchMedia('(pointer: fine)').matches) this.#chat.compose();
  }

  /** @param {ListItem} item @param {string} title */
  async #rename({ conversation }, title) {
    const { id, title: before } = conversation;
    this.#setTitle(id, title);
    try {
      await renameConversation(id, title);
      this.#list.refresh(); // a list that was asked for before may still be on its way
      publishChange({ kind: 'renamed', id });
    } catch (error) {
      this.#setTitle(id, before);
      showErrorToast('The conversation could not be renamed.', error);
    }
  }

  /** @param {string} id @param {string} title */
  #setTitle(id, title) {
    this.#list.items = this.#list.items.map((one) => (one.id === id ? { ...one, title } : one));
    this.#chat.rename(id, title);
    this.#show();
  }

  /** @param {ListItem} item */
  #remove({ conversation }) {
    const isShown = conversation.id === this.#chat.shownId;
    this.#view.focusAfter(conversation.id);
    this.#deletions.add(conversation, () => isShown && this.#chat.shownId === undefined && this.#chat.go(conversation.id));
    if (isShown) this.#chat.go(undefined);
  }

  /** @param {string} [id] all by default */
  #onDeleted(id) {
    this.#chat.forget(id);
    publishChange({ kind: 'deleted', id });
    this.#list.refresh();
  }

  /** @param {string} id */
  #onAsked(id) {
    publishChange({ kind: 'asked', id });
    this.#list.refresh();
  }

  /** Another tab has done something. @param {import('./changes.js').Change} change */
  #onChange({ kind, id }) {
    if (!this.#enabled || kind === 'signed-out') return;
    this.#list.refresh();
    this.#chat.refresh(id);
  }
}
