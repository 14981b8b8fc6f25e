import { newId } from './id.js';

/** The id of this tab among the account's tabs; a reload creates another one. */
export const tabId = newId();

const lockOf = (/** @type {string} */ id) => `tokenfall:tab:${id}`;

// Held until the tab closes, for whatever reason. (Web Locks do not exist over plain http.)
navigator.locks?.request(lockOf(tabId), () => new Promise(() => {})).catch(() => {});

/**
 * Whether a tab may be open, as far as can be told: not at all without Web Locks.
 *
 * @param {string} [id] of another tab
 */
export const mayBeOpen = (id) => !!id && id !== tabId && !!navigator.locks;

/**
 * Runs a callback once another tab has closed; at once if it has closed already.
 *
 * @param {string} id of the other tab
 * @param {() => void} callback
 * @param {AbortSignal} signal ends the wait
 */
export function whenTabCloses(id, callback, signal) {
  navigator.locks?.request(lockOf(id), { signal }, callback).catch(() => {});
}
