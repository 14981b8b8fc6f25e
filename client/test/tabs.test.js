import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { publishRun, subscribeToRuns } from '../src/tabs.js';

/** An answer as far as tabs know one. */
function createAnswer(url) {
  let accept;
  let finish;
  return {
    accepted: new Promise((resolve) => (accept = () => resolve(url))),
    finished: new Promise((resolve) => (finish = resolve)),
    accept: () => accept(),
    finish: () => finish(),
  };
}

/** Another tab: a thread with modules and a channel of its own. `next()` is the next run that it hears of. */
function openTab(conversation) {
  const worker = new Worker(`
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ subscribeToRuns }) => {
      subscribeToRuns(workerData.conversation, (run) => parentPort.postMessage(run));
      parentPort.postMessage('watching');
    });
  `, { eval: true, workerData: { conversation, module: new URL('../src/tabs.js', import.meta.url).href } });
  after(() => worker.terminate());
  const seen = [];
  let arrive = () => {};
  worker.on('message', (message) => (seen.push(message), arrive()));
  const next = async () => {
    while (seen.length === 0) await new Promise((resolve) => (arrive = resolve));
    return seen.shift();
  };
  return { seen, next };
}

test('an idle tab hears of a run as soon as it is named, with what goes with it', async () => {
  const tab = openTab('a');
  assert.equal(await tab.next(), 'watching');
  const answer = createAnswer('/ask/stream/r1');
  const told = publishRun('a', answer, { prompt: 'Hi' });
  answer.accept();
  assert.deepEqual(await tab.next(), { url: '/ask/stream/r1', detail: { prompt: 'Hi' } });
  answer.finish();
  await told;
});

test('a tab opened late hears of what is running, once, and not of what has ended', async () => {
  const [ended, running] = [createAnswer('/ask/stream/r1'), createAnswer('/ask/stream/r2')];
  const over = publishRun('b', ended);
  const told = publishRun('b', running);
  ended.accept();
  running.accept();
  ended.finish();
  await over;
  const tab = openTab('b');
  const heard = [await tab.next(), await tab.next()];
  assert.deepEqual(heard.filter((message) => message !== 'watching'), [{ url: '/ask/stream/r2', detail: undefined }]);
  const again = openTab('b'); // its question makes the first tab tell once more
  while ((await again.next()) === 'watching');
  const last = createAnswer('/ask/stream/r3');
  const lastTold = publishRun('b', last);
  last.accept();
  assert.equal((await tab.next()).url, '/ask/stream/r3');
  running.finish();
  last.finish();
  await Promise.all([told, lastTold]);
});

test('the tab that announces does not hear of its own run, nor one of another conversation', async () => {
  const heard = [];
  const stops = [subscribeToRuns('c', (run) => heard.push(run)), subscribeToRuns('d', (run) => heard.push(run))];
  const tab = openTab('c');
  assert.equal(await tab.next(), 'watching');
  const answer = createAnswer('/ask/stream/r1');
  const told = publishRun('c', answer);
  answer.accept();
  await tab.next();
  answer.finish();
  await told;
  for (const stop of stops) stop();
  assert.deepEqual(heard, []);
});

for (const [how, channel] of [['there is none', undefined], ['it is forbidden', class { constructor() { throw new DOMException('', 'NotSupportedError'); } }]]) {
  test(`without a channel between tabs (${how}) each is alone, and nothing fails`, async (t) => {
    const before = globalThis.BroadcastChannel;
    t.after(() => (globalThis.BroadcastChannel = before));
    globalThis.BroadcastChannel = channel;
    const answer = createAnswer('/ask/stream/r1');
    const told = publishRun('f', answer);
    const stop = subscribeToRuns('f', () => assert.fail('heard of a run'));
    answer.accept();
    answer.finish();
    await told;
    stop();
  });
}

test('an answer that ends without a name is not announced', async () => {
  await publishRun('e', { accepted: Promise.resolve(undefined), finished: new Promise(() => {}) });
});
