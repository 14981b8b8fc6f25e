import { listConversations } from './api.js';

/** @typedef {import('./api.js').Summary} Summary */

const pageSize = 30;
const maxPageSize = 100; // of the server

/** The account's conversations, as far as they are loaded: newest first, or those that match a search. */
export class ConversationList {
  /** @type {Summary[]} */
  items = [];
  search = '';
  /** Why the list could not be loaded. */
  failure = '';
  loading = false;
  /** Whether there are more than are loaded. */
  hasMore = false;
  /** @type {string | undefined} */
  #next;
  #onChange;
  #request = 0;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Loads the list again, as far as it was loaded. */
  async refresh() {
    await this.#load({ limit: Math.min(Math.max(this.items.length, pageSize), maxPageSize) }, () => []);
  }

  /** Loads what comes after. */
  async more() {
    if (this.loading || !this.hasMore) return;
    await this.#load({ after: this.#next, limit: pageSize }, () => this.items);
  }

  /** Shows only what matches; everything if the text is empty. @param {string} search */
  async find(search) {
    this.search = search;
    await this.#load({ limit: pageSize }, () => []);
  }

  /** Forgets everything: nobody is signed in. */
  clear() {
    this.#request++;
    Object.assign(this, { items: [], search: '', failure: '', loading: false, hasMore: false });
    this.#onChange();
  }

  /**
   * @param {{ after?: string, limit: number }} page
   * @param {() => Summary[]} before what the page is appended to
   */
  async #load(page, before) {
    const request = ++this.#request; // only the last one counts
    this.loading = true;
    this.#onChange();
    try {
      const { conversations, next } = await listConversations({ search: this.search, ...page });
      if (request !== this.#request) return;
      const known = before();
      this.items = [...known, ...conversations.filter(({ id }) => !known.some((one) => one.id === id))];
      this.#next = next ?? undefined;
      this.hasMore = next !== null;
      this.failure = '';
    } catch (error) {
      if (request !== this.#request) return;
      this.failure = /** @type {Error} */ (error).message;
    }
    this.loading = false;
    this.#onChange();
  }
}
