import { byId, make, makeButton, makeIcon } from '../dom.js';
import { exportAddress } from './api.js';

/** @typedef {import('./list-item.js').ListItem} ListItem */

/** The menu of a conversation in the list. There is one, which opens below the button that was pressed. */
export class ItemMenu {
  #element = byId('conversation-menu');
  #remove;

  /** @param {{ remove: (item: ListItem) => void }} actions */
  constructor({ remove }) {
    this.#remove = remove;
    this.#element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#move(event));
  }

  /**
   * @param {ListItem} item
   * @param {HTMLElement} button
   * @param {string} [branch] the last message of the branch to export
   */
  open(item, button, branch) {
    const { id } = item.conversation;
    this.#element.replaceChildren(
      this.#createButton('edit', 'Rename', () => item.rename()),
      this.#createLink('Export as Markdown', exportAddress(id, 'markdown', branch)),
      this.#createLink('Export as JSON', exportAddress(id, 'json')),
      this.#createButton('delete', 'Delete', () => this.#remove(item)));
    this.#element.showPopover();
    const { bottom, top, left } = button.getBoundingClientRect();
    const { offsetHeight, offsetWidth } = this.#element;
    const y = bottom + offsetHeight > innerHeight ? top - offsetHeight : bottom;
    Object.assign(this.#element.style, { top: `${Math.max(y, 0)}px`, left: `${Math.max(Math.min(left, innerWidth - offsetWidth - 8), 8)}px` });
    this.#element.querySelector('button').focus();
  }

  /** @param {string} icon @param {string} label @param {() => void} action */
  #createButton(icon, label, action) {
    const button = makeButton(label, () => {
      this.#element.hidePopover();
      action();
    }, { className: '' });
    button.prepend(makeIcon(icon));
    return button;
  }

  /** @param {string} label @param {string} href */
  #createLink(label, href) {
    const link = make('a', '', makeIcon('download'), label);
    link.href = href;
    link.download = '';
    link.addEventListener('click', () => setTimeout(() => this.#element.hidePopover()));
    return link;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...this.#element.children];
    const at = entries.indexOf(document.activeElement);
    entries[(at + step + entries.length) % entries.length].focus();
  }
}
