import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakePage } from '../support/page.js';

fakePage();
const page = new URL('../../src/Tokenfall.Server/wwwroot/chat/', import.meta.url).href;
const { Conversation } = await import(`${page}conversation.js`);
const { clearOthers, isStoredAt } = await import(`${page}store.js`);

const stored = () => JSON.stringify(localStorage);

test('when nobody is signed in, nothing of any account stays in the storage', () => {
  fakePage();
  new Conversation('ada').add('a secret of Ada');
  new Conversation('bob').add('a secret of Bob');
  clearOthers();
  assert.equal(stored(), '{}');
});

test('what others have stored under this address is left alone', () => {
  fakePage();
  localStorage.setItem('theme', 'dark');
  clearOthers();
  assert.equal(stored(), '{"theme":"dark"}');
});

test('when an account is signed in, only its own conversation stays', () => {
  fakePage();
  new Conversation('ada').add('a secret of Ada');
  new Conversation('ada:list').add('a secret of a similar name');
  new Conversation('bob').add('a secret of Bob');
  clearOthers('ada');
  assert.match(stored(), /secret of Ada/);
  assert.doesNotMatch(stored(), /Bob|similar/);
  assert.equal(new Conversation('ada').turns.length, 1);
});

test('what a server under another path of the host has stored is left alone', () => {
  fakePage();
  localStorage.setItem('tokenfall:/other/:ada:list', 'a conversation there');
  localStorage.setItem('tokenfall:ada:list', 'a conversation at the root');
  new Conversation('ada').add('a conversation here');
  clearOthers();
  assert.deepEqual(Object.keys(localStorage), ['tokenfall:/other/:ada:list', 'tokenfall:ada:list']);
});

test('each key belongs to the server at one path', () => {
  const keys = ['tokenfall:ada:list', 'tokenfall:/ai/:ada:list', 'tokenfall:/ai/eu/:ada:list'];
  assert.deepEqual(['/', '/ai/', '/ai/eu/'].map((mount) => keys.filter((key) => isStoredAt(mount, key))), keys.map((key) => [key]));
});

test('a conversation that the page has kept in memory is stored again for its account', () => {
  fakePage();
  const conversation = new Conversation('ada');
  const turn = conversation.add('What is falling?');
  conversation.save(Object.assign(turn, { text: 'Tokens' }));
  clearOthers();
  conversation.restore();
  const reloaded = new Conversation('ada');
  assert.deepEqual([reloaded.id, reloaded.turns.map(({ question, text }) => [question, text])], [conversation.id, [['What is falling?', 'Tokens']]]);
});
