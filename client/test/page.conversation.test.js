import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakePage } from '../support/page.js';

fakePage();
const page = new URL('../../src/Tokenfall.Server/wwwroot/chat/', import.meta.url).href;
const { Conversation } = await import(`${page}conversation.js`);
const { keyOf } = await import(`${page}turn.js`);

const question = (id, text, parent = null) => ({ id, parent, role: 'user', parts: [{ type: 'text', text }] });
const answer = (id, parent, text, more = {}) => ({ id, parent, role: 'assistant', state: 'done', parts: [{ type: 'reasoning', text: 'Hm.' }, { type: 'text', text }], ...more });
const writing = (id, parent) => ({ id, parent, role: 'assistant', state: 'writing', parts: null, stream: `/ask/stream/${id}` });

// A second answer to the first question, and the first question asked in other words.
const branches = [
  question('q1', 'one'), answer('a1', 'q1', 'first'), question('q2', 'two', 'a1'), answer('a2', 'q2', 'second'),
  answer('a3', 'q1', 'other'), question('q4', 'uno'), answer('a4', 'q4', 'primo'),
];

function load(messages, active) {
  const conversation = new Conversation('c');
  conversation.merge({ title: 'Title', messages }, active);
  return conversation;
}

const shown = ({ turns }) => turns.map(({ question: { text }, text: answered }) => [text, answered]);

test('the newest branch is shown, and every other one can be chosen by its last message', () => {
  const conversation = load(branches);
  assert.deepEqual(shown(conversation), [['uno', 'primo']]);
  conversation.chooseBranch('a3');
  assert.deepEqual(shown(conversation), [['one', 'other']]);
  conversation.chooseBranch('a2');
  assert.deepEqual(shown(conversation), [['one', 'first'], ['two', 'second']]);
  conversation.chooseBranch('q4');
  assert.deepEqual(shown(conversation), [['uno', 'primo']]);
  conversation.chooseBranch('unknown');
  assert.deepEqual(shown(conversation), [['uno', 'primo']]);
});

test('a chosen question shows its own newest answer and what follows it', () => {
  const conversation = load(branches);
  const [first, second] = conversation.versionsOf(conversation.turns[0].question);
  conversation.choose(first);
  assert.deepEqual(shown(conversation), [['one', 'other']]);
  conversation.choose(first.turns[0]);
  assert.deepEqual(shown(conversation), [['one', 'first'], ['two', 'second']]);
  conversation.choose(second);
  assert.deepEqual(shown(conversation), [['uno', 'primo']]);
});

test('a new question or answer is shown, whatever was chosen before', () => {
  const conversation = load(branches);
  conversation.chooseBranch('a2');
  conversation.addTurn(conversation.turns[1].question);
  assert.deepEqual(shown(conversation), [['one', 'first'], ['two', '']]);
  conversation.add('eins', undefined);
  assert.deepEqual(shown(conversation), [['eins', '']]);
});

test('what is loaded again stays the same object, and says what has changed', () => {
  const conversation = load([question('q1', 'one'), writing('a1', 'q1')]);
  const [turn] = conversation.turns;
  assert.deepEqual([turn.state, turn.url], ['open', '/ask/stream/a1']);
  const changed = conversation.merge({ title: 'Title', messages: [question('q1', 'one'), answer('a1', 'q1', 'first')] });
  assert.deepEqual([changed, conversation.turns], [[turn], [turn]]);
  assert.deepEqual([turn.state, turn.text, turn.thinking, turn.url], ['done', 'first', 'Hm.', undefined]);
  assert.deepEqual(conversation.merge({ title: 'Title', messages: [question('q1', 'one'), answer('a1', 'q1', 'first')] }), []);
});

test('the turn that is being read is left alone', () => {
  const conversation = load([question('q1', 'one'), writing('a1', 'q1')]);
  const [turn] = conversation.turns;
  assert.deepEqual(conversation.merge({ title: 'Title', messages: [question('q1', 'one'), answer('a1', 'q1', 'first')] }, turn), []);
  assert.equal(turn.state, 'open');
});

test('a question whose response was lost finds its answer, and neither is there twice', () => {
  const conversation = new Conversation('c');
  const turn = conversation.add('one', undefined);
  turn.state = 'failed';
  assert.equal(conversation.hasUnsent, true);
  const { id } = turn.question;
  const changed = conversation.merge({ title: 'one', messages: [question(id, 'one'), writing('a1', id)] });
  assert.deepEqual([changed, conversation.turns, turn.id, turn.state, conversation.hasUnsent], [[turn], [turn], 'a1', 'open', false]);
});

test('an answer whose run was gone is taken from the store, but not read again and again', () => {
  const conversation = load([question('q1', 'one'), writing('a1', 'q1')]);
  const [turn] = conversation.turns;
  Object.assign(turn, { state: 'failed', gone: true });
  assert.deepEqual(conversation.merge({ title: 'Title', messages: [question('q1', 'one'), writing('a1', 'q1')] }), []);
  conversation.merge({ title: 'Title', messages: [question('q1', 'one'), answer('a1', 'q1', 'half', { state: 'failed', code: 'interrupted', message: 'Restarted.', retryable: true })] });
  assert.deepEqual([turn.text, turn.error.message, turn.gone], ['half', 'Restarted.', undefined]);
});

test('everyone who asks for the n-th answer uses the same key, and a refused request uses it again', () => {
  const conversation = load([question('q1', 'one'), answer('a1', 'q1', 'first')]);
  const again = conversation.addTurn(conversation.turns[0].question);
  assert.equal(keyOf(again), 'q1-1');
  again.state = 'failed';
  assert.equal(keyOf(again), 'q1-1');
  again.id = 'a2';
  assert.equal(keyOf(conversation.addTurn(again.question)), 'q1-2');
});

test('a question without any answer can be asked again', () => {
  const [turn] = load([question('q1', 'one')]).turns;
  assert.deepEqual([turn.state, turn.error.retryable, turn.id], ['failed', true, undefined]);
});

test('a question that was taken back is gone, and what was before it is shown', () => {
  const conversation = load([question('q1', 'one'), answer('a1', 'q1', 'first')]);
  conversation.remove(conversation.add('two', 'a1'));
  assert.deepEqual(shown(conversation), [['one', 'first']]);
});

test('how an answer ended is told in the words of the page', () => {
  const ends = [['stopped', undefined], ['abandoned', 'abandoned'], ['failed', 'overloaded']].map(([state, code]) =>
    load([question('q1', 'one'), answer('a1', 'q1', 'half', { state, code, message: 'No.', retryable: true })]).turns[0]);
  assert.deepEqual(ends.map(({ state, error }) => [state, error?.code]), [['stopped', undefined], ['failed', 'abandoned'], ['failed', 'overloaded']]);
});
