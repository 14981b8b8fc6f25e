import { newId } from './id.js';

/** The id of this tab among the account's tabs; a reload creates another one. */
export const tabId = newId();

const lockOf = (/** @type {string} */ id) => `tokenfall:tab:${id}`;

// Held until the tab closes, for whatever reason. (Web Locks do not exist over plain http.)
navigator.locks?.request(lockOf(tabId), () => new Promise(() => {})).catch(() => {});

/**
 * Runs a callback once another tab has closed. Of several tabs that wait for it, one at a time runs its callback to the end.
 *
 * @param {string} id of the other tab
 * @param {() => Promise<void> | undefined} callback
 * @param {AbortSignal} signal ends the wait
 */
export function whenTabCloses(id, callback, signal) {
  navigator.locks?.request(lockOf(id), { signal }, callback).catch(() => {});
}
