import { addressOf } from '../base.js';

/**
 * What one tab tells the others.
 *
 * @typedef {object} Change
 * @property {'asked' | 'renamed' | 'deleted' | 'imported' | 'signed-out'} kind
 * @property {string} [id] of the conversation; none for all of them
 */

const channel = openChannel();

/** Tells the other tabs of this browser. @param {Change} change */
export const publishChange = (change) => channel?.postMessage(change);

/** @param {(change: Change) => void} listener called for what other tabs tell */
export function onChange(listener) {
  channel?.addEventListener('message', ({ data }) => listener(data));
}

// One for each server: a host may have several, under different paths.
// Without a channel, as in a sandboxed frame, each tab is on its own, and nothing fails.
function openChannel() {
  try {
    return new BroadcastChannel(`tokenfall:${addressOf('')}:conversations`);
  } catch {
    return undefined;
  }
}
