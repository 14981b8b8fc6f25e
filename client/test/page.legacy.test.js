import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakePage } from '../support/page.js';

fakePage();
const { clearLegacy, importLegacy, isStoredAt } = await import(new URL('../../src/Tokenfall.Server/wwwroot/conversations/legacy.js', import.meta.url).href);

const stored = () => JSON.stringify(localStorage);
let requests = [];
let status = 201;

beforeEach(() => {
  fakePage();
  requests = [];
  status = 201;
  globalThis.fetch = async (url, { method, body }) => {
    requests.push([method, url, JSON.parse(body)]);
    return new Response(status < 300 ? null : '{}', { status });
  };
});

// The page lies where the test finds it.
const base = new URL('../../src/Tokenfall.Server/wwwroot/', import.meta.url).pathname;
const prefixOf = (account) => `tokenfall:${base}:${encodeURIComponent(account)}:`;

/** What earlier versions have stored. */
function store(account, turns) {
  const prefix = prefixOf(account);
  localStorage.setItem(`${prefix}list`, JSON.stringify({ id: '000102030405060708090a0b0c0d0e0f', turns: turns.map((_, i) => `t${i}`) }));
  turns.forEach(([question, text], i) => localStorage.setItem(`${prefix}t${i}`, JSON.stringify({ id: `t${i}`, question, text, state: 'done' })));
}

test('what was stored goes to the server under one id, without questions that have no answer, and is removed', async () => {
  store('ada', [['one?', 'One.'], ['refused?', ''], ['two?', 'Two.']]);
  assert.equal(await importLegacy('ada'), 'AAECAwQFBgcICQoLDA0ODw');
  const [[method, url, { messages }]] = requests;
  assert.deepEqual([requests.length, method], [1, 'PUT']);
  assert.match(url, /\/conversations\/AAECAwQFBgcICQoLDA0ODw$/);
  assert.deepEqual(messages.map(({ role, content }) => `${role}: ${content}`), ['user: one?', 'assistant: One.', 'user: two?', 'assistant: Two.']);
  assert.equal(stored(), '{}');
});

test('what the server does not take now stays stored', async () => {
  store('ada', [['one?', 'One.']]);
  status = 503;
  await assert.rejects(importLegacy('ada'));
  assert.match(stored(), /One\./);
});

test('what is no conversation is removed, and nothing is sent', async () => {
  for (const list of ['5', '{"id":"x"}', '{"id":"x","turns":["a"]}', 'no JSON']) {
    localStorage.setItem(`${prefixOf('ada')}list`, list);
    assert.equal(await importLegacy('ada'), undefined);
  }
  assert.deepEqual([requests, stored()], [[], '{}']);
});

test('when nobody is signed in, nothing of any account stays in the storage', () => {
  store('ada', [['a secret of Ada', 'yes']]);
  store('bob', [['a secret of Bob', 'yes']]);
  clearLegacy();
  assert.equal(stored(), '{}');
});

test('what others have stored under this address is left alone', () => {
  localStorage.setItem('theme', 'dark');
  clearLegacy();
  assert.equal(stored(), '{"theme":"dark"}');
});

test('when an account is signed in, only its own conversation stays', () => {
  store('ada', [['a secret of Ada', 'yes']]);
  store('ada:list', [['a secret of a similar name', 'yes']]);
  store('bob', [['a secret of Bob', 'yes']]);
  clearLegacy('ada');
  assert.match(stored(), /secret of Ada/);
  assert.doesNotMatch(stored(), /Bob|similar/);
});

test('what a server under another path of the host has stored is left alone', () => {
  localStorage.setItem('tokenfall:/other/:ada:list', 'a conversation there');
  localStorage.setItem('tokenfall:ada:list', 'a conversation at the root');
  store('ada', [['a conversation here', 'yes']]);
  clearLegacy();
  assert.deepEqual(Object.keys(localStorage), ['tokenfall:/other/:ada:list', 'tokenfall:ada:list']);
});

test('each key belongs to the server at one path', () => {
  const keys = ['tokenfall:ada:list', 'tokenfall:/ai/:ada:list', 'tokenfall:/ai/eu/:ada:list'];
  assert.deepEqual(['/', '/ai/', '/ai/eu/'].map((mount) => keys.filter((key) => isStoredAt(mount, key))), keys.map((key) => [key]));
});
