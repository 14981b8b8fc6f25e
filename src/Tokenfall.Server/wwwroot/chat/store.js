import { addressOf } from '../base.js';

/** @typedef {import('./turn.js').Turn} Turn */

/**
 * @typedef {object} StoredList
 * @property {string} id of the conversation
 * @property {string[]} turns their ids, in order
 * @property {boolean} [trimmed] whether older turns were dropped because the storage was full
 */

// A host may have servers under several paths, which share the storage. No path that ends with a slash is in the name of an account.
const prefixAt = (/** @type {string} */ mount) => (mount === '/' ? 'tokenfall:' : `tokenfall:${mount}:`);

const prefix = prefixAt(addressOf(''));

/**
 * One account's conversation in the browser's local storage: a list of turns, and each turn under its own key, so that two
 * tabs writing at the same time do not overwrite each other's turns. Without local storage nothing is stored, and nothing fails.
 */
export class Store {
  #prefix;
  #storage = openStorage();

  /** @param {string} account */
  constructor(account) {
    this.#prefix = prefixOf(account);
  }

  /** @returns {StoredList | undefined} */
  get list() {
    const list = this.#read('list');
    return typeof list?.id === 'string' && Array.isArray(list.turns) ? list : undefined;
  }

  set list(/** @type {StoredList} */ list) {
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
   * Stores a turn. If the storage is full, the oldest turns are dropped.
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

  /**
   * @param {(id: string, removed: boolean) => void} listener called when another tab has changed `list`, or the turn with this id
   * @returns {() => void} removes the listener
   */
  watch(listener) {
    const onStorage = (/** @type {StorageEvent} */ { key, newValue }) => {
      if (key === null) listener('list', true); // the whole storage was cleared
      else if (key.startsWith(this.#prefix)) listener(key.slice(this.#prefix.length), newValue === null);
    };
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }

  /** @param {string} name @returns {any} */
  #read(name) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#prefix + name) ?? 'null') ?? undefined;
    } catch {
      return undefined; // edited by hand, or written by another version
    }
  }

  /** @param {string} name @param {unknown} value @returns {boolean} false if the storage is full */
  #write(name, value) {
    try {
      this.#storage?.setItem(this.#prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

/**
 * Removes what is stored of accounts that are not signed in here: the next person must not read it.
 *
 * @param {string} [account] the account that is signed in, if there is one
 */
export function clearOthers(account) {
  const storage = openStorage();
  const kept = account === undefined ? undefined : prefixOf(account);
  for (const key of Object.keys(storage ?? {})) {
    if (isStoredAt(addressOf(''), key) && !(kept && key.startsWith(kept))) storage?.removeItem(key);
  }
}

/**
 * @param {string} mount the path that a server is mounted under, such as `/` or `/ai/`
 * @param {string} key of the storage
 * @returns {boolean} whether that server's page has stored it
 */
export function isStoredAt(mount, key) {
  const start = prefixAt(mount);
  return key.startsWith(start) && key[start.length] !== '/';
}

// Encoded, so that no account's prefix is the beginning of another's.
const prefixOf = (/** @type {string} */ account) => `${prefix}${encodeURIComponent(account)}:`;

/** @returns {Storage | undefined} undefined if the browser's settings forbid it */
function openStorage() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
