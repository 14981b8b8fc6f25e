import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, test } from 'node:test';
import { ask } from '../src/ask.js';
import { createPipe } from '../support/pipe.js';
import { answerOf, run, wire } from '../support/wire.js';

/** An answer on a pipe, its callbacks telling when the given text has been read. */
function open(options) {
  const pipe = createPipe();
  const waiting = [];
  const answer = ask('/ask', {}, {
    fetch: pipe.fetch,
    onText: () => waiting.filter(({ length }) => answer.text.length >= length).forEach(({ resolve }) => resolve()),
    ...options,
  });
  after(() => answer.close());
  const arrived = (length) => new Promise((resolve) => waiting.push({ length, resolve }));
  return { pipe, answer, arrived };
}

const deltas = (...texts) => wire(texts.map((text) => ['delta', { text }]));

async function collect(iterable) {
  const texts = [];
  for await (const text of iterable) texts.push(text);
  return texts;
}

test('an iteration gives one string for each chunk of the network', async () => {
  const { pipe, answer } = open();
  const texts = answer[Symbol.asyncIterator]();
  pipe.write(deltas('a', 'b', 'c'));
  assert.deepEqual(await texts.next(), { value: 'abc', done: false });
  pipe.write(deltas('d', 'e'));
  assert.deepEqual(await texts.next(), { value: 'de', done: false });
  pipe.write(deltas('f') + wire([['done', { chars: 6 }]]));
  assert.deepEqual(await texts.next(), { value: 'f', done: false });
  assert.deepEqual(await texts.next(), { value: undefined, done: true });
  assert.deepEqual(await texts.next(), { value: undefined, done: true });
});

test('a chunk without text gives nothing', async () => {
  const { pipe, answer } = open();
  const all = collect(answer);
  pipe.write(': \n\n');
  pipe.write(wire([['start', { run }], ['thinking', { text: 'Hm' }]]));
  pipe.write(wire(answerOf(['a'])));
  assert.deepEqual(await all, ['a']);
});

test('an iteration that is slow gets what came meanwhile as one string', async () => {
  const { pipe, answer, arrived } = open();
  const texts = answer[Symbol.asyncIterator]();
  const all = arrived(3);
  for (const text of ['a', 'b', 'c']) pipe.write(deltas(text));
  await all;
  pipe.write(wire([['done', {}]]));
  await answer.finished;
  assert.deepEqual(await collect(texts), ['abc']);
});

test('an iteration that begins late begins at the beginning', async () => {
  const { pipe, answer } = open();
  pipe.write(wire(answerOf(['a', 'b'])));
  await answer.finished;
  assert.deepEqual(await collect(answer), ['ab']);
  assert.deepEqual(await collect(answer), ['ab']);
});

test('an iteration begun in a callback loses nothing and repeats nothing', async () => {
  let texts;
  const { pipe, answer } = open({ onText: (_, given) => (texts ??= collect(given)) });
  pipe.write(wire(answerOf(['a', 'b'])));
  await answer.finished;
  assert.equal((await texts).join(''), 'ab');
});

test('two iterations get the same', async () => {
  const { pipe, answer } = open();
  const both = Promise.all([collect(answer), collect(answer)]);
  pipe.write(wire(answerOf(['a', 'b'])));
  assert.deepEqual(await both, [['ab'], ['ab']]);
});

test('next may be called before the last one has been answered', async () => {
  const { pipe, answer } = open();
  const texts = answer[Symbol.asyncIterator]();
  const both = Promise.all([texts.next(), texts.next()]);
  pipe.write(deltas('a'));
  pipe.write(deltas('b'));
  assert.deepEqual((await both).map(({ value }) => value), ['a', 'b']);
});

test('a failure is thrown after the text', async () => {
  const { pipe, answer } = open();
  pipe.write(deltas('Hal'));
  pipe.end();
  const texts = answer[Symbol.asyncIterator]();
  assert.equal((await texts.next()).value, 'Hal');
  await assert.rejects(texts.next(), (error) => error === answer.error && error.code === 'truncated');
  assert.deepEqual(await texts.next(), { value: undefined, done: true });
});

test('an iteration that begins after the failure throws it, too', async () => {
  const { pipe, answer } = open();
  pipe.write(deltas('a'));
  pipe.end();
  await answer.finished;
  await assert.rejects(collect(answer), { code: 'truncated' });
});

test('leaving the loop closes the answer', async () => {
  const { pipe, answer } = open();
  pipe.write(deltas('a'));
  for await (const text of answer) {
    assert.equal(text, 'a');
    break;
  }
  await pipe.closed;
  const { state, text, error } = await answer.finished;
  assert.deepEqual([state, text, error], ['closed', 'a', undefined]);
});

test('return answers a next that is waiting', async () => {
  const { answer } = open();
  const texts = answer[Symbol.asyncIterator]();
  const waiting = texts.next();
  await texts.return();
  assert.deepEqual(await waiting, { value: undefined, done: true });
  assert.equal(answer.state, 'closed');
});

test('return drops the text that has not been taken', async () => {
  const { pipe, answer, arrived } = open();
  const texts = answer[Symbol.asyncIterator]();
  const all = arrived(1);
  pipe.write(deltas('a'));
  await all;
  await texts.return();
  assert.deepEqual(await texts.next(), { value: undefined, done: true });
});

test('a connection lost because of close is not a failure', async () => {
  const { pipe, answer } = open();
  pipe.write(deltas('a'));
  await answer[Symbol.asyncIterator]().next();
  answer.close();
  await pipe.closed;
  await new Promise(setImmediate);
  assert.deepEqual([answer.state, answer.error], ['closed', undefined]);
});

test('close ends the iteration without an error', async () => {
  const { pipe, answer } = open();
  pipe.write(deltas('a'));
  const texts = [];
  for await (const text of answer) {
    texts.push(text);
    answer.close();
  }
  assert.deepEqual(texts, ['a']);
});

test('aborting the signal throws its AbortError into the iteration and lets the connection go', async () => {
  const controller = new AbortController();
  const { pipe, answer } = open({ signal: controller.signal });
  pipe.write(deltas('a'));
  await assert.rejects(async () => {
    for await (const text of answer) {
      assert.equal(text, 'a');
      controller.abort();
    }
  }, { name: 'AbortError' });
  await pipe.closed;
  const { state, error } = await answer.finished;
  assert.deepEqual([state, error], ['closed', undefined]);
});

test('a signal that has been aborted already means that nothing is sent', async () => {
  const { pipe, answer } = open({ signal: AbortSignal.abort() });
  assert.equal((await answer.finished).state, 'closed');
  await assert.rejects(collect(answer), { name: 'AbortError' });
  assert.equal(pipe.calls.length, 0);
});

for (const [how, end] of Object.entries({
  done: ({ pipe }) => pipe.write(wire(answerOf([]))),
  failure: ({ pipe }) => pipe.end(),
  close: ({ answer }) => answer.close(),
  abort: ({ controller }) => controller.abort(),
})) {
  test(`no listener stays on the signal after ${how}`, async () => {
    const controller = new AbortController();
    const { pipe, answer } = open({ signal: controller.signal, retries: 0 });
    assert.equal(getEventListeners(controller.signal, 'abort').length, 1);
    end({ pipe, answer, controller });
    await answer.finished;
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
}
