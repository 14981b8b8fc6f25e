import { make, makeButton } from '../dom.js';

/** @typedef {import('./api.js').Summary} Summary */

/**
 * @typedef {object} ItemActions
 * @property {(id: string) => void} open
 * @property {(item: ListItem, button: HTMLElement) => void} menu opens the menu of an entry below its button
 * @property {(item: ListItem, title: string) => void} rename
 */

/** A conversation in the list: a link with its title, and a button for its menu. Its title can be edited in place. */
export class ListItem {
  element = make('li', 'conversation');
  /** @type {Summary} */
  conversation;
  #actions;
  #link;
  #menu;

  /**
   * @param {Summary} conversation
   * @param {string} href
   * @param {ItemActions} actions
   */
  constructor(conversation, href, actions) {
    this.conversation = conversation;
    this.#actions = actions;
    this.#link = make('a');
    this.#link.href = href;
    this.#link.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
      event.preventDefault();
      actions.open(this.conversation.id);
    });
    this.#menu = makeButton('', () => actions.menu(this, this.#menu), { icon: 'more' });
    this.#menu.setAttribute('aria-haspopup', 'true');
    this.element.append(this.#link, this.#menu);
  }

  /** @param {Summary} conversation @param {boolean} isCurrent @param {boolean} isRunning */
  show(conversation, isCurrent, isRunning) {
    this.conversation = conversation;
    const { title } = conversation;
    if (this.#link.textContent !== title) this.#link.textContent = title;
    this.#link.title = title;
    this.#menu.setAttribute('aria-label', `Options for “${title}”`);
    this.#menu.title = 'Options';
    if (isCurrent) this.#link.setAttribute('aria-current', 'page');
    else this.#link.removeAttribute('aria-current');
    this.element.classList.toggle('running', isRunning);
    if (isRunning) this.#link.setAttribute('aria-description', 'Being answered');
    else this.#link.removeAttribute('aria-description');
  }

  focus() {
    this.#link.focus();
  }

  /** Puts the focus back after the menu. */
  focusMenu() {
    this.#menu.focus();
  }

  /** Opens the editor in the title's place. Enter stores, Escape cancels, and so does a title that is empty or the same. */
  rename() {
    const field = make('input');
    field.value = this.conversation.title;
    field.maxLength = 200;
    field.setAttribute('aria-label', 'Title');
    let isOpen = true;
    const close = (/** @type {boolean} */ stores) => {
      if (!isOpen) return;
      isOpen = false;
      const title = field.value.trim();
      const hadFocus = document.activeElement === field;
      this.element.replaceChildren(this.#link, this.#menu);
      if (hadFocus) this.#link.focus();
      if (stores && title && title !== this.conversation.title) this.#actions.rename(this, title);
    };
    field.addEventListener('blur', () => field.isConnected && close(true));
    field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || !['Enter', 'Escape'].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      close(event.key === 'Enter');
    });
    this.element.replaceChildren(field);
    field.select();
    field.focus();
  }
}
