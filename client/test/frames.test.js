import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { after, test } from 'node:test';
import { ask, paint } from '../src/index.js';
import { createPipe } from '../support/pipe.js';
import { wire } from '../support/wire.js';

/** A window whose frames, timers and visibility are moved by hand. */
function createWindow() {
  const document = Object.assign(new EventTarget(), { hidden: false });
  const asked = { frames: [], timers: [] };
  return {
    asked,
    scope: {
      document,
      requestAnimationFrame: (callback) => asked.frames.push(callback),
      setTimeout: (callback, milliseconds) => asked.timers.push({ callback, milliseconds }),
    },
    setHidden(hidden) {
      document.hidden = hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

/** An answer that is being painted into `written`. */
function start(scope, write) {
  const written = [];
  const pipe = createPipe();
  const answer = ask('/ask', {}, { fetch: pipe.fetch });
  after(() => answer.close());
  const painted = paint(answer, write ?? ((text) => written.push(text)), scope);
  const send = async (...texts) => {
    pipe.write(wire(texts.map((text) => ['delta', { text }])));
    await setImmediate(); // all promises of the chunk have run
  };
  const finish = async (data = {}) => {
    pipe.write(wire([['done', data]]));
    await setImmediate();
  };
  return { written, pipe, answer, painted, send, finish };
}

test('text is written at most once per frame', async () => {
  const { scope, asked } = createWindow();
  const { written, send } = start(scope);
  await send('a');
  assert.deepEqual([written, asked.frames.length], [['a'], 1]);
  await send('b');
  await send('c', 'd');
  assert.deepEqual([written, asked.frames.length], [['a'], 1]);
  asked.frames.shift()();
  await setImmediate();
  assert.deepEqual([written, asked.frames.length, asked.timers.length], [['a', 'bcd'], 1, 0]);
});

test('a frame without new text writes nothing and asks for no other', async () => {
  const { scope, asked } = createWindow();
  const { written, send } = start(scope);
  await send('a');
  asked.frames.shift()();
  await setImmediate();
  assert.deepEqual([written, asked.frames.length], [['a'], 0]);
  assert.equal(getEventListeners(scope.document, 'visibilitychange').length, 0);
});

test('the rest is written before the outcome is given', async () => {
  const { scope, asked } = createWindow();
  const { written, send, finish, painted } = start(scope);
  await send('a');
  await send('b');
  await finish();
  asked.frames.shift()();
  await setImmediate();
  asked.frames.shift()();
  assert.equal((await painted).state, 'done');
  assert.deepEqual(written, ['a', 'b']);
});

test('the rest of an answer that failed is written, and the promise does not reject', async () => {
  const { scope, asked } = createWindow();
  const { written, send, finish, painted } = start(scope);
  await send('a');
  await send('b');
  await finish({ chars: 9 });
  asked.frames.shift()();
  await setImmediate();
  asked.frames.shift()();
  const { state, error } = await painted;
  assert.deepEqual([state, error.code, written], ['failed', 'incomplete', ['a', 'b']]);
});

test('a hidden page is written every 50 ms', async () => {
  const { scope, asked, setHidden } = createWindow();
  setHidden(true);
  const { written, send } = start(scope);
  await send('a');
  await send('b');
  assert.deepEqual([asked.frames.length, asked.timers.map(({ milliseconds }) => milliseconds)], [0, [50]]);
  asked.timers.shift().callback();
  await setImmediate();
  assert.deepEqual(written, ['a', 'b']);
});

test('a page that is hidden while a frame is awaited goes on by timer', async () => {
  const { scope, asked, setHidden } = createWindow();
  const { written, send } = start(scope);
  await send('a');
  await send('b');
  setHidden(true);
  await setImmediate();
  assert.deepEqual([written, asked.timers.length], [['a', 'b'], 1]);
  asked.frames.shift()(); // the old frame comes when the page is shown again, and changes nothing
  await send('c');
  assert.deepEqual(written, ['a', 'b']);
});

test('where there are no frames, as in a worker, the timer is used', async () => {
  const { scope, asked } = createWindow();
  const { send } = start({ setTimeout: scope.setTimeout });
  await send('a');
  assert.equal(asked.timers.length, 1);
});

test('what write throws rejects the promise and leaves the answer alone', async () => {
  const { scope } = createWindow();
  const broken = new Error('no node');
  const { painted, send, finish, answer } = start(scope, () => {
    throw broken;
  });
  const rejected = assert.rejects(painted, broken);
  await send('a');
  await rejected;
  await finish();
  assert.equal((await answer.finished).state, 'done');
});
