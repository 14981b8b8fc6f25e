import { addressOf } from '../base.js';
import { call, csrfToken } from '../session.js';

/**
 * @typedef {object} Summary a conversation in the list
 * @property {string} id
 * @property {string} title
 * @property {string} created
 * @property {string} updated
 */

const pathOf = (/** @type {string} */ id) => `conversations/${encodeURIComponent(id)}`;

/**
 * @param {{ search?: string, after?: string, limit?: number }} page
 * @returns {Promise<{ conversations: Summary[], next: string | null }>}
 */
export async function listConversations({ search = '', after, limit }) {
  const query = new URLSearchParams();
  if (search) query.set('q', search);
  if (after) query.set('after', after);
  if (limit) query.set('limit', String(limit));
  return (await call('GET', 'conversations', undefined, query)).json();
}

/** @param {string} id @returns {Promise<Summary & { messages: any[] }>} */
export const readConversation = async (id) => (await call('GET', pathOf(id))).json();

/** @param {string} id @param {string} title */
export const renameConversation = (id, title) => call('PATCH', pathOf(id), { title });

/** @param {string} id */
export const deleteConversation = (id) => call('DELETE', pathOf(id));

/** Deletes a conversation while the page is being left: nobody hears how it went. @param {string} id */
export function deleteWhileLeaving(id) {
  fetch(addressOf(pathOf(id)), { method: 'DELETE', keepalive: true, headers: { 'X-CSRF-TOKEN': csrfToken() } }).catch(() => {});
}

export const deleteAllConversations = () => call('DELETE', 'conversations');

/**
 * Stores a conversation that is not there yet.
 *
 * @param {string} id
 * @param {{ role: 'user' | 'assistant', content: string }[]} messages
 */
export const importConversation = (id, messages) => call('PUT', pathOf(id), { messages });

/**
 * @param {string} id
 * @param {'markdown' | 'json'} format
 * @param {string} [to] the last message of the branch; the newest branch by default
 * @returns {string} the address of the file
 */
export function exportAddress(id, format, to) {
  const query = new URLSearchParams({ format });
  if (to) query.set('to', to);
  return `${addressOf(`${pathOf(id)}/export`)}?${query}`;
}
