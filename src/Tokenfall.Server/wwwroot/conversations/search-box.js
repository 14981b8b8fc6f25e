import { announce, byId } from '../dom.js';

const delay = 250; // milliseconds without a key until a search begins

/** The box to search the list with. */
export class SearchBox {
  #field = byId('search');
  #timer = 0;
  #find;

  /** @param {(text: string) => Promise<number>} find searches; resolves with how many were found */
  constructor(find) {
    this.#find = find;
    this.#field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#search(), this.#field.value ? delay : 0);
    });
    this.#field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || !this.#field.value) return;
      event.preventDefault();
      event.stopPropagation();
      this.clear();
    });
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  /** Empties the box, and shows the whole list. */
  clear() {
    this.reset();
    this.#search();
    this.#field.focus();
  }

  /** Empties the box. */
  reset() {
    clearTimeout(this.#timer);
    this.#field.value = '';
  }

  async #search() {
    const text = this.#field.value.trim();
    const count = await this.#find(text);
    if (text && text === this.#field.value.trim()) announce(count === 1 ? '1 conversation found' : `${count || 'No'} conversations found`);
  }
}
