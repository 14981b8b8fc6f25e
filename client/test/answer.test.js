import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ask } from '../src/ask.js';
import { createPipe } from '../support/pipe.js';
import { answerOf, run, wire } from '../support/wire.js';

/** How an answer ends that consists of these events, and what its callbacks were told. */
async function read(events, options) {
  const pipe = createPipe();
  const log = [];
  const answer = ask('/ask', {}, {
    fetch: pipe.fetch,
    onText: (delta) => log.push(['text', delta]),
    onThinking: (delta) => log.push(['thinking', delta]),
    onTool: (tool) => log.push(['tool', tool]),
    onUsage: (usage) => log.push(['usage', usage]),
    onState: (state) => log.push(['state', state]),
    ...options,
  });
  pipe.write(typeof events === 'string' ? events : wire(events, { first: 1 }));
  return { answer, log, outcome: await answer.finished };
}

test('callbacks follow the answer in order', async () => {
  const { answer, log } = await read([
    ['start', { run, model: 'demo' }],
    ['thinking', { text: 'Hm' }],
    ['thinking', { text: '.' }],
    ['tool_call', { name: 'clock' }],
    ['tool_result', { output: 'noon' }],
    ['delta', { text: 'No' }],
    ['thinking', { text: '!' }],
    ['delta', { text: 'on' }],
    ['done', { input_tokens: 1, output_tokens: 2, chars: 4 }],
  ]);
  assert.deepEqual(log, [
    ['state', 'thinking'],
    ['thinking', 'Hm'],
    ['thinking', '.'],
    ['tool', { type: 'tool_call', data: { name: 'clock' } }],
    ['tool', { type: 'tool_result', data: { output: 'noon' } }],
    ['state', 'streaming'],
    ['text', 'No'],
    ['thinking', '!'],
    ['text', 'on'],
    ['usage', { inputTokens: 1, outputTokens: 2 }],
    ['state', 'done'],
  ]);
  assert.equal(answer.thinking, 'Hm.!');
  assert.equal(answer.usage.inputTokens, 1);
});

test('callbacks get the answer with the text already in it', async () => {
  const texts = [];
  const { answer } = await read(answerOf(['a', 'b']), { onText: (_, given) => texts.push([given, given.text]) });
  assert.deepEqual(texts, [[answer, 'a'], [answer, 'ab']]);
});

test('an error event is a failure that keeps the text and the usage', async () => {
  const { outcome, log } = await read([
    ['delta', { text: 'Hal' }],
    ['error', {
      code: 'overloaded', message: 'Busy.', retryable: true, request_id: 'r-1', retry_after: 3, input_tokens: 5, output_tokens: 1,
    }],
  ]);
  const { state, text, usage, error } = outcome;
  assert.deepEqual([state, text, usage], ['failed', 'Hal', { inputTokens: 5, outputTokens: 1 }]);
  assert.deepEqual([error.code, error.message, error.retryable, error.requestId, error.retryAfter], ['overloaded', 'Busy.', true, 'r-1', 3]);
  assert.deepEqual(log.at(-1), ['state', 'failed']);
});

test('an error event without fields still has a code and a message', async () => {
  const { error } = (await read([['error', {}]])).outcome;
  assert.deepEqual([error.code, error.retryable], ['internal', false]);
  assert.ok(error.message);
});

test('done with stop_reason stopped means stopped', async () => {
  const { outcome } = await read(answerOf(['Hal'], { stop_reason: 'stopped' }));
  assert.deepEqual([outcome.state, outcome.text, outcome.stopReason, outcome.error], ['stopped', 'Hal', 'stopped', undefined]);
});

test('text that is missing is noticed at done, in UTF-16 code units', async () => {
  assert.equal((await read(answerOf(['😶‍🌫️'], { chars: 6 }))).outcome.state, 'done');
  const { state, text, error } = (await read(answerOf(['😶‍🌫️'], { chars: 7 }))).outcome;
  assert.deepEqual([state, text, error?.code, error?.retryable], ['failed', '😶‍🌫️', 'incomplete', true]);
  assert.match(error.message, /6 of 7/);
});

test('missing text is noticed when the answer was stopped, too', async () => {
  assert.equal((await read(answerOf(['ab'], { stop_reason: 'stopped', chars: 3 }))).outcome.error?.code, 'incomplete');
});

test('a done without chars is believed', async () => {
  assert.equal((await read([['delta', { text: 'a' }], ['done', {}]])).outcome.state, 'done');
});

test('a surrogate pair may be cut between two deltas', async () => {
  assert.equal((await read(answerOf(['\ud83d', '\ude36']))).outcome.text, '😶');
});

for (const [what, event] of [
  ['broken JSON', ['delta', '{"text":']],
  ['a number', ['start', '1']],
  ['null', ['done', 'null']],
  ['a delta without text', ['delta', { txt: 'a' }]],
  ['a thinking text that is a number', ['thinking', { text: 1 }]],
]) {
  test(`${what} is a protocol failure that keeps the text`, async () => {
    const { outcome, answer } = await read([['delta', { text: 'Hal' }], event, ['delta', { text: 'f' }], ['done', { chars: 4 }]]);
    assert.deepEqual([outcome.state, outcome.text, outcome.error?.code], ['failed', 'Hal', 'protocol']);
    assert.match(outcome.error.message, new RegExp(`"${event[0]}"`));
    assert.equal(answer.lastEventId, `${run}.1`);
  });
}

test('unknown events are ignored, whatever their data is, but their ids count', async () => {
  const unknown = 'event: novelty\ndata: {\n\ndata: [DONE]\n\nid: x.9\ndata:\n\n';
  const { answer, log } = await read(wire([['start', { run }]], { first: 1 }) + unknown + wire([['delta', '{']]));
  assert.deepEqual(log, [['state', 'thinking'], ['state', 'failed']]);
  assert.equal(answer.lastEventId, 'x.9');
});

test('nothing after the terminal event counts', async () => {
  const { outcome, log } = await read([...answerOf(['a']), ['delta', { text: 'b' }], ['error', { code: 'internal' }]]);
  assert.deepEqual([outcome.state, outcome.text, log.at(-1)], ['done', 'a', ['state', 'done']]);
});

test('a connection that stays open after the terminal event is let go', async () => {
  const pipe = createPipe();
  ask('/ask', {}, { fetch: pipe.fetch });
  pipe.write(wire(answerOf([])));
  await pipe.closed;
});

test('closing in a callback is the last thing that callbacks hear of', async () => {
  const log = [];
  const { answer, outcome } = await read(answerOf(['a', 'b']), {
    onText: (delta, given) => (log.push(delta), given.close()),
    onState: (state) => log.push(state),
  });
  assert.deepEqual(log, ['thinking', 'streaming', 'a', 'closed']);
  assert.deepEqual([outcome.state, outcome.text], ['closed', 'a']);
  answer.close();
  assert.equal(answer.state, 'closed');
});

test('an answer closed by a state callback does not report the text that caused the change', async () => {
  const log = [];
  await read([['delta', { text: 'a' }]], {
    onText: (delta) => log.push(delta),
    onState: (state, given) => (log.push(state), state === 'streaming' && given.close()),
  });
  assert.deepEqual(log, ['thinking', 'streaming', 'closed']);
});

test('closing a finished answer changes nothing', async () => {
  const { answer, log } = await read(answerOf(['a']));
  const before = log.length;
  answer.close();
  assert.deepEqual([answer.state, log.length], ['done', before]);
});

test('a callback that throws is reported as uncaught and the answer goes on', async () => {
  const script = `
    import { ask } from ${JSON.stringify(new URL('../src/ask.js', import.meta.url).href)};
    process.on('uncaughtException', (error) => console.log('uncaught', error.message));
    const stream = ${JSON.stringify(wire(answerOf(['a', 'b'])))};
    const fetch = async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
    const answer = ask('/ask', {}, { fetch, onText: (text) => { throw new Error(text); }, onState: () => { throw new Error('state'); } });
    const { state, text } = await answer.finished;
    console.log(state, text);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  assert.deepEqual(stdout.trim().split('\n').sort(), ['done ab', 'uncaught a', 'uncaught b', ...Array(3).fill('uncaught state')]);
});
