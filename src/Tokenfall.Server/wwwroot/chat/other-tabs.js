import { subscribeToRuns } from '/client/tabs.js';
import { whenGone } from './tab.js';

/** @typedef {import('./turn.js').Turn} Turn */

/**
 * Keeps a conversation as other tabs of the same account have it. What they write into the local storage tells what has changed;
 * the client's own channel tells of a new run at once.
 *
 * @param {import('./conversation.js').Conversation} conversation
 * @param {object} page
 * @param {() => Turn | undefined} page.reading the turn that this tab is reading itself
 * @param {(turn: Turn) => void} page.changed
 * @param {() => void} page.listChanged turns have come or gone
 * @param {(turn: Turn) => Promise<void>} page.running this turn is to be read: a run is at work on it, or nobody else asks it any more
 * @param {() => void} page.gone nothing is kept any more: signed out
 * @returns {() => void} stops it
 */
export function watchTabs(conversation, page) {
  const watching = new AbortController();
  /** Tabs that this one inherits from. @type {Set<string>} */
  const heirOf = new Set();

  /** Asks the last turn in the place of the tab that does, should that one go before it knows the run. @param {Turn} turn */
  function inherit({ by }) {
    if (!by || heirOf.has(by)) return;
    heirOf.add(by);
    whenGone(by, () => {
      conversation.reload();
      const last = conversation.turns.at(-1);
      if (!last || page.reading()) return undefined;
      conversation.reloadTurn(last);
      if (last.state !== 'open' || last.by !== by) return undefined;
      conversation.inherit(last);
      return page.running(last); // under the same Idempotency-Key: what has been asked already is not asked again
    }, watching.signal);
  }

  /** @param {Turn | undefined} turn @param {string} [url] */
  const join = (turn = conversation.turns.at(-1), url = turn?.url) => {
    if (turn?.state !== 'open' || page.reading()) return;
    if (!url) return inherit(turn);
    turn.url = url;
    page.running(turn);
  };

  const unwatchStore = conversation.watch((id, gone) => {
    if (id === 'list' && gone) return page.gone();
    if (id === 'list') {
      conversation.reload();
      page.listChanged();
      return join();
    }
    const turn = conversation.turns.find((one) => one.id === id);
    if (!turn || gone) return;
    if (turn === page.reading()) return conversation.learn(turn);
    if (conversation.reloadTurn(turn)) page.changed(turn);
    join(turn);
  });
  const unwatchRuns = subscribeToRuns(conversation.id, ({ url }) => join(undefined, url));
  return () => {
    watching.abort();
    unwatchStore();
    unsubscribeToRuns();
  };
}
