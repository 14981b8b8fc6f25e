import { addressOf } from './base.js';

// The address of a conversation is a query, so that the server needs no rule for it and relative addresses stay as they are.

/** The id of the conversation in the page's address, if there is one. */
export const idInAddress = () => new URLSearchParams(location.search).get('c') ?? undefined;

/**
 * @param {string} [id] a conversation; a new chat without one
 * @returns {string} the address of the page that shows it
 */
export const addressOfChat = (id) => addressOf('') + (id ? `?c=${encodeURIComponent(id)}` : '');

/**
 * Adds an entry to the browser's history.
 *
 * @param {string} [id] a conversation; a new chat without one
 */
export function pushAddress(id) {
  if (id !== idInAddress()) history.pushState(null, '', addressOfChat(id));
}

/** Replaces the current entry. @param {string} [id] a conversation; a new chat without one */
export function replaceAddress(id) {
  if (id !== idInAddress()) history.replaceState(null, '', addressOfChat(id));
}

/** The last message of the branch that is shown; undefined for the newest one. @returns {string | undefined} */
export const branchInHistory = () => history.state?.branch;

/** Stores which branch is shown, so that a reload and the back button show it again. @param {string | undefined} branch */
export function storeBranch(branch) {
  history.replaceState({ branch }, '');
}
