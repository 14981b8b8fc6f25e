import { watch as watchRuns } from '/client/tabs.js';

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
 * @param {(turn: Turn) => void} page.running a run is at work on this turn, and can be read
 * @param {() => void} page.gone nothing is kept any more: signed out
 * @returns {() => void} stops it
 */
export function watchTabs(conversation, page) {
  /** @param {Turn | undefined} turn @param {string} [url] */
  const join = (turn = conversation.turns.at(-1), url = turn?.url) => {
    if (turn?.state !== 'open' || !url || page.reading()) return;
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
  const unwatchRuns = watchRuns(conversation.id, ({ url }) => join(undefined, url));
  return () => {
    unwatchStore();
    unwatchRuns();
  };
}
