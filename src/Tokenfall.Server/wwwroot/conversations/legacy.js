import { addressOf } from '../base.js';
import { toId } from '../chat/id.js';
import { importConversation } from './api.js';
import { publishChange } from './changes.js';

// Earlier versions kept one conversation per account in the browser's local storage: a list of turns, and each turn under its own
// key. It is handed over to the server once. Remove this file when nobody comes from a version before conversations were stored.

// A host may have servers under several paths, which share the storage. No path that ends with a slash is in the name of an account.
const prefixAt = (/** @type {string} */ mount) => (mount === '/' ? 'tokenfall:' : `tokenfall:${mount}:`);

const prefix = prefixAt(addressOf(''));

/**
 * Hands over what this browser has stored of an account, and removes it.
 *
 * @param {string} account
 * @returns {Promise<string | undefined>} the id of the conversation, if there was one
 * @throws {Error} if the server did not take it; it stays stored then
 */
export async function importLegacy(account) {
  const storage = openStorage();
  const key = prefixOf(account);
  const { id, turns } = read(storage, `${key}list`) ?? {};
  const messages = Array.isArray(turns) ? turns.flatMap((turn) => messagesOf(read(storage, key + turn))) : [];
  const isKnown = typeof id === 'string' && /^([0-9a-f]{2}){16}$/.test(id) && messages.length > 0;
  // The same id for the same conversation: two tabs that hand it over at the same time store it once.
  const conversation = isKnown ? toId(id.match(/../g)?.map((/** @type {string} */ hex) => parseInt(hex, 16)) ?? []) : undefined;
  if (conversation) await importConversation(conversation, messages);
  for (const name of Object.keys(storage ?? {})) if (name.startsWith(key)) storage?.removeItem(name);
  if (conversation) publishChange({ kind: 'imported', id: conversation });
  return conversation;
}

/**
 * Removes what is stored of accounts that are not signed in here: the next person must not read it.
 *
 * @param {string} [account] the account that is signed in, if there is one
 */
export function clearLegacy(account) {
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

/** A question without an answer is left out: models expect one for each. @param {any} turn @returns {{ role: 'user' | 'assistant', content: string }[]} */
function messagesOf(turn) {
  if (typeof turn?.question !== 'string' || typeof turn.text !== 'string' || !turn.question.trim() || !turn.text.trim()) return [];
  return [{ role: 'user', content: turn.question }, { role: 'assistant', content: turn.text }];
}

// Encoded, so that no account's prefix is the beginning of another's.
const prefixOf = (/** @type {string} */ account) => `${prefix}${encodeURIComponent(account)}:`;

/** @param {Storage | undefined} storage @param {string} key @returns {any} */
function read(storage, key) {
  try {
    return JSON.parse(storage?.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined; // edited by hand
  }
}

/** @returns {Storage | undefined} undefined if the browser's settings forbid it */
function openStorage() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
