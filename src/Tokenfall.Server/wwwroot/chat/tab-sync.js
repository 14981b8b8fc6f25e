import { subscribeToRuns } from '../client/tabs.js';
import { whenTabCloses } from './tab.js';

/** @typedef {import('./turn.js').Turn} Turn */

/**
 * Keeps a conversation in sync with the account's other tabs. Storage events report what they change; the client's channel
 * reports a new run at once.
 *
 * @param {import('./conversation.js').Conversation} conversation
 * @param {object} handlers
 * @param {() => Turn | undefined} handlers.activeTurn the turn that this tab is reading itself
 * @param {(turn: Turn) => void} handlers.onTurnChange
 * @param {() => void} handlers.onListChange turns were added or removed
 * @param {(turn: Turn) => Promise<void>} handlers.read reads the turn: its run exists, or the tab that was asking it has closed
 * @param {() => void} handlers.onSignOut nothing is stored any more
 * @returns {() => void} stops the sync
 */
export function syncTabs(conversation, handlers) {
  const syncing = new AbortController();
  /** Tabs whose closing this one waits for. @type {Set<string>} */
  const awaitedTabs = new Set();

  /** Asks the last turn in place of the tab that is asking it, if that one closes before it knows the run. @param {Turn} turn */
  function takeOverLater({ by }) {
    if (!by || awaitedTabs.has(by)) return;
    awaitedTabs.add(by);
    whenTabCloses(by, () => {
      conversation.reload();
      const last = conversation.turns.at(-1);
      if (!last || handlers.activeTurn()) return undefined;
      conversation.reloadTurn(last);
      if (last.state !== 'open' || last.by !== by) return undefined;
      conversation.takeOver(last);
      return handlers.read(last); // the same Idempotency-Key makes sure that the question is not asked twice
    }, syncing.signal);
  }

  /** @param {Turn | undefined} turn @param {string} [url] */
  const join = (turn = conversation.turns.at(-1), url = turn?.url) => {
    if (turn?.state !== 'open' || handlers.activeTurn()) return;
    if (!url) return takeOverLater(turn);
    turn.url = url;
    handlers.read(turn);
  };

  const unwatchStore = conversation.watch((id, removed) => {
    if (id === 'list' && removed) return handlers.onSignOut();
    if (id === 'list') {
      conversation.reload();
      handlers.onListChange();
      return join();
    }
    const turn = conversation.turns.find((one) => one.id === id);
    if (!turn || removed) return;
    if (turn === handlers.activeTurn()) return conversation.mergeFirstText(turn);
    if (conversation.reloadTurn(turn)) handlers.onTurnChange(turn);
    join(turn);
  });
  const unsubscribe = subscribeToRuns(conversation.id, ({ url }) => join(undefined, url));
  return () => {
    syncing.abort();
    unwatchStore();
    unsubscribe();
  };
}
