import { addressOfChat } from '../address.js';
import { byId, make, makeButton } from '../dom.js';
import { groupOf } from './groups.js';
import { ListItem } from './list-item.js';

/** @typedef {import('./list.js').ConversationList} ConversationList */

/** The list on the page: grouped by day, with what is to be said where there is nothing to show. */
export class ListView {
  /** @type {Map<string, ListItem>} */
  #items = new Map();
  #actions;
  #element = byId('conversations');
  #more;
  #observer;

  /**
   * @param {import('./list-item.js').ItemActions & { more: () => void, retry: () => void, clearSearch: () => void }} actions
   */
  constructor(actions) {
    this.#actions = actions;
    this.#more = makeButton('Show more', actions.more, { className: 'quiet more' });
    // Seen, or nearly, it loads more by itself.
    const onSeen = (/** @type {IntersectionObserverEntry[]} */ entries) => entries.at(-1)?.isIntersecting && actions.more();
    this.#observer = new IntersectionObserver(onSeen, { root: byId('sidebar-list'), rootMargin: '200px' });
  }

  /**
   * @param {ConversationList} list
   * @param {{ hidden: Set<string>, current: string | undefined, running: string[] }} state `hidden` are the ids that are being deleted
   */
  show(list, { hidden, current, running }) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const shown = list.items.filter(({ id }) => !hidden.has(id));
    for (const id of this.#items.keys()) {
      if (!shown.some((one) => one.id === id)) this.#items.delete(id);
    }
    /** @type {[string, Element[]][]} */
    const groups = [];
    for (const conversation of shown) {
      const item = this.#items.get(conversation.id) ?? new ListItem(conversation, addressOfChat(conversation.id), this.#actions);
      this.#items.set(conversation.id, item);
      item.show(conversation, conversation.id === current, running.includes(conversation.id));
      const name = groupOf(conversation.updated);
      if (groups.at(-1)?.[0] !== name) groups.push([name, []]);
      groups.at(-1)?.[1].push(item.element);
    }
    this.#element.replaceChildren(
      ...groups.map(([name, elements]) => make('section', '', make('h3', '', name), make('ul', '', ...elements))),
      ...this.#noticeOf(list, shown.length),
      ...(list.hasMore && !list.failure ? [this.#more] : []));
    this.#observer.disconnect(); // observed anew, it tells again whether it is seen
    if (!list.loading) this.#observer.observe(this.#more);
    this.#element.setAttribute('aria-busy', String(list.loading));
    if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true }); // it was moved
  }

  /** Moves the focus to the entry after one that is about to go. @param {string} id */
  focusAfter(id) {
    const ids = [...this.#items.keys()];
    const at = ids.indexOf(id);
    const next = this.#items.get(ids[at + 1] ?? ids[at - 1] ?? '');
    if (next) next.focus();
    else byId('search').focus();
  }

  /** @param {ConversationList} list @param {number} count */
  #noticeOf({ failure, loading, search, items }, count) {
    if (failure) return [make('div', 'notice', make('p', '', failure), make('p', '', 'What is on the screen stays usable.'), makeButton('Retry', this.#actions.retry))];
    if (count) return [];
    if (loading) return items.length ? [] : [make('p', 'notice', 'Loading…')];
    if (search) return [make('div', 'notice', make('p', '', `Nothing found for “${search}”.`), makeButton('Clear the search', this.#actions.clearSearch))];
    return [make('p', 'notice', 'Your conversations will be listed here.')];
  }
}
