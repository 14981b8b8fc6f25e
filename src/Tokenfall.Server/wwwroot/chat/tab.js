import { newId } from './id.js';

/** This tab's name among the account's tabs; a reload gives it another one. */
export const tab = newId();

const lockOf = (/** @type {string} */ name) => `tokenfall:tab:${name}`;

// Held until the tab is gone, however it goes. (Over plain http there are no locks.)
navigator.locks?.request(lockOf(tab), () => new Promise(() => {})).catch(() => {});

/**
 * Calls back once another tab is gone; of those that wait for it one at a time, for as long as its work takes.
 *
 * @param {string} name
 * @param {() => Promise<void> | undefined} work
 * @param {AbortSignal} signal ends the wait
 */
export function whenGone(name, work, signal) {
  navigator.locks?.request(lockOf(name), { signal }, work).catch(() => {});
}
