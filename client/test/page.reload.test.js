import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flushPromises } from '../support/network.js';
import { createLocks, fakePage } from '../support/page.js';

fakePage();
const page = new URL('../../src/Tokenfall.Server/wwwroot/chat/', import.meta.url).href;
const { Conversation } = await import(`${page}conversation.js`);
const { syncTabs } = await import(`${page}tab-sync.js`);
const { tabId } = await import(`${page}tab.js`);

/** Loads the page with a question that has no answer yet. */
function load(t, { locks, ...fields }) {
  fakePage({ locks });
  const before = new Conversation('ada');
  const { key } = before.add('What is falling?');
  before.save(Object.assign(before.turns[0], fields));
  const conversation = new Conversation('ada');
  const read = [];
  const shown = [];
  t.after(syncTabs(conversation, {
    activeTurn: () => undefined, onTurnChange: (turn) => shown.push(turn.state), onListChange() {}, read: (turn) => read.push(turn.url), onSignOut() {},
  }));
  return { turn: conversation.turns[0], key, read, shown, stored: () => new Conversation('ada').turns[0] };
}

for (const [where, options] of [
  ['the tab that asked is closed', { locks: createLocks(), by: 'closed' }],
  ['there are no Web Locks', { by: 'closed' }],
  ['this tab asked, and was signed out meanwhile', { locks: createLocks(tabId), by: tabId }],
  ['nobody knows which tab asked', { locks: createLocks(), by: undefined }],
]) {
  test(`a question whose run is not known is not asked by a reload, but can be, under its key: ${where}`, async (t) => {
    const { turn, key, read, shown, stored } = load(t, options);
    await flushPromises();
    assert.deepEqual([read, shown, turn.state, turn.resumable, turn.error.retryable, turn.key], [[], ['failed'], 'failed', true, true, key]);
    assert.deepEqual(stored(), JSON.parse(JSON.stringify(turn)));
  });
}

test('a question that an open tab is asking is left alone until that tab closes, and not asked then', async (t) => {
  const locks = createLocks('other');
  const { turn, read, shown } = load(t, { locks, by: 'other' });
  await flushPromises();
  assert.deepEqual([turn.state, shown], ['open', []]);
  locks.close('other');
  await flushPromises();
  assert.deepEqual([turn.state, turn.resumable, shown, read], ['failed', true, ['failed'], []]);
});

test('an answer whose run is known is read on', async (t) => {
  const { read, shown } = load(t, { locks: createLocks(), by: 'closed', url: '/ask/stream/x' });
  await flushPromises();
  assert.deepEqual([read, shown], [['/ask/stream/x'], []]);
});
