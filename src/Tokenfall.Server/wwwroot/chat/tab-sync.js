import { subscribeToRuns } from '../client/tabs.js';
import { mayBeOpen, whenTabCloses } from './tab.js';

/** @typedef {import('./turn.js').Turn} Turn */

/**
 * Keeps a conversation in sync with the account's other tabs. Storage events report what they change; the client's channel
 * reports a new run at once. It begins with the last turn: an open one is read on, or given up if nobody is asking it. It never
 * asks: only the user does.
 *
 * @param {import('./conversation.js').Conversation} conversation
 * @param {object} handlers
 * @param {() => Turn | undefined} handlers.activeTurn the turn that this tab is reading itself
 * @param {(turn: Turn) => void} handlers.onTurnChange
 * @param {() => void} handlers.onListChange turns were added or removed
 * @param {(turn: Turn) => unknown} handlers.read reads the turn's run, which exists
 * @param {() => void} handlers.onSignOut nothing is stored any more
 * @returns {() => void} stops the sync
 */
export function syncTabs(conversation, handlers) {
  const syncing = new AbortController();
  /** Tabs whose closing this one waits for. @type {Set<string>} */
  const awaitedTabs = new Set();

  /** Gives the last turn up if the tab that is asking it closes before it knows the run. @param {Turn} turn */
  function giveUpLater({ by }) {
    if (!by || awaitedTabs.has(by)) return;
    awaitedTabs.add(by);
    whenTabCloses(by, () => {
      conversation.reload();
      const last = conversation.turns.at(-1);
      if (!last || handlers.activeTurn()) return;
      conversation.reloadTurn(last);
      if (last.state !== 'open' || last.by !== by) return;
      if (last.url) handlers.read(last);
      else giveUp(last);
    }, syncing.signal);
  }

  /** @param {Turn} turn */
  function giveUp(turn) {
    conversation.giveUp(turn);
    handlers.onTurnChange(turn);
  }

  /** @param {Turn | undefined} turn @param {string} [url] */
  const join = (turn = conversation.turns.at(-1), url = turn?.url) => {
    if (turn?.state !== 'open' || handlers.activeTurn()) return;
    if (!url) return giveUpLater(turn);
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
  const last = conversation.turns.at(-1);
  if (last?.state === 'open' && !last.url && !mayBeOpen(last.by)) giveUp(last);
  else join();
  return () => {
    syncing.abort();
    unwatchStore();
    unsubscribe();
  };
}
