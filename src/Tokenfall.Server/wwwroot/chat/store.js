/** @typedef {import('./turn.js').Turn} Turn */

/**
 * @typedef {object} Kept
 * @property {string} id of the conversation
 * @property {string[]} turns their ids, in order
 * @property {boolean} [trimmed] whether older turns had to go, for want of room
 */

/**
 * One account's conversation in the browser's local storage: a list of turns, and each turn under a key of its own, so that
 * two tabs that write at once do not undo each other's work. Where there is no storage, nothing is kept and nothing fails.
 */
export class Store {
  #prefix;
  #storage = openStorage();

  /** @param {string} account */
  constructor(account) {
    this.#prefix = `tokenfall:${account}:`;
  }

  /** @returns {Kept | undefined} */
  get list() {
    const list = this.#read('list');
    return typeof list?.id === 'string' && Array.isArray(list.turns) ? list : undefined;
  }

  set list(/** @type {Kept} */ list) {
    this.#write('list', list);
  }

  /**
   * @param {string} id
   * @returns {Turn | undefined}
   */
  turn(id) {
    const turn = this.#read(id);
    return [turn?.id, turn?.question, turn?.text].every((part) => typeof part === 'string') ? turn : undefined;
  }

  /**
   * Keeps a turn. When the storage is full the oldest turns leave it.
   *
   * @param {Turn} turn
   */
  save(turn) {
    while (!this.#write(turn.id, turn)) {
      const { list } = this;
      if (!list || list.turns.length === 0 || list.turns[0] === turn.id) return;
      this.remove(list.turns[0]);
      this.list = { ...list, turns: list.turns.slice(1), trimmed: true };
    }
  }

  /** @param {string} id */
  remove(id) {
    this.#storage?.removeItem(this.#prefix + id);
  }

  /** Forgets everything of this account. */
  clear() {
    for (const key of Object.keys(this.#storage ?? {})) if (key.startsWith(this.#prefix)) this.#storage?.removeItem(key);
  }

  /**
   * @param {(id: string, gone: boolean) => void} listen hears what another tab has changed: `list`, or the id of a turn
   * @returns {() => void} stops it
   */
  watch(listen) {
    const heard = (/** @type {StorageEvent} */ { key, newValue }) => {
      if (key === null) listen('list', true); // all of it was cleared
      else if (key.startsWith(this.#prefix)) listen(key.slice(this.#prefix.length), newValue === null);
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  }

  /** @param {string} name @returns {any} */
  #read(name) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#prefix + name) ?? 'null') ?? undefined;
    } catch {
      return undefined; // written by hand, or by another version
    }
  }

  /** @param {string} name @param {unknown} value @returns {boolean} whether there was room */
  #write(name, value) {
    try {
      this.#storage?.setItem(this.#prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

/** @returns {Storage | undefined} nothing where the browser's settings forbid it */
function openStorage() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
