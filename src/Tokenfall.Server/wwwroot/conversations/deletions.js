import { showErrorToast, Toast } from '../toasts.js';
import { deleteConversation, deleteWhileLeaving } from './api.js';

/** @typedef {import('./api.js').Summary} Summary */

/** Conversations that are deleted as soon as the time to undo it is over. */
export class Deletions {
  /** The ids of those that are not shown any more. @type {Set<string>} */
  hidden = new Set();
  /** Those whose time is not over, in order. @type {Map<string, Toast>} */
  #pending = new Map();
  #onChange;
  #onDeleted;

  /**
   * @param {() => void} onChange called when `hidden` has changed
   * @param {(id: string) => void} onDeleted called when the server has deleted one
   */
  constructor(onChange, onDeleted) {
    this.#onChange = onChange;
    this.#onDeleted = onDeleted;
    addEventListener('pagehide', () => this.#flush());
  }

  /** @param {Summary} conversation @param {() => void} onUndo */
  add({ id, title }, onUndo) {
    this.hidden.add(id);
    this.#pending.set(id, new Toast(`“${title}” was deleted.`, {
      action: 'Undo',
      onAction: () => {
        this.#pending.delete(id);
        this.#show(id);
        onUndo();
      },
      onEnd: () => this.#delete(id),
    }));
    this.#onChange();
  }

  /** Undoes the last one, while there is time. */
  undo() {
    [...this.#pending.values()].at(-1)?.act();
  }

  /** Forgets what is pending, because nobody is signed in. */
  clear() {
    for (const toast of this.#pending.values()) toast.remove();
    this.#pending.clear();
    this.hidden.clear();
  }

  /** Deletes now what is pending. @returns {Promise<unknown>} */
  async finish() {
    const pending = [...this.#pending.keys()];
    for (const toast of this.#pending.values()) toast.remove();
    await Promise.all(pending.map((id) => this.#delete(id)));
  }

  #flush() {
    for (const [id, toast] of this.#pending) {
      toast.remove();
      deleteWhileLeaving(id);
    }
    this.#pending.clear();
  }

  /** @param {string} id */
  async #delete(id) {
    this.#pending.delete(id);
    try {
      await deleteConversation(id);
    } catch (error) {
      if (/** @type {any} */ (error).status !== 404) { // somebody else has deleted it
        this.#show(id);
        return showErrorToast('The conversation could not be deleted.', error);
      }
    }
    this.#onDeleted(id);
  }

  /** @param {string} id */
  #show(id) {
    this.hidden.delete(id);
    this.#onChange();
  }
}
