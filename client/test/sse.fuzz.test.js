import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenfallError } from '../src/errors.js';
import { ask } from '../src/index.js';
import { createParser } from '../src/sse.js';
import { corpus, fuzz } from '../support/fuzz.js';

/** The standard's algorithm as it is written there (HTML, section 9.2.6), on the whole stream. */
function parseWhole(bytes) {
  const events = [];
  let [data, type, id] = ['', '', ''];
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\n|\r/).slice(0, -1)) {
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line);
    if (line === '') {
      if (data) events.push({ type: type || 'message', data: data.slice(0, -1), id });
      [data, type] = ['', ''];
    } else if (field === 'data') data += `${value}\n`;
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
  return events;
}

test('the parser finds what the standard finds, however a stream is cut', (t) => fuzz(t, corpus('answers'), (input, random) => {
  const events = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  for (let from = 0, to; from < input.length; from = to) parser.push(input.subarray(from, (to = from + 1 + Math.floor(random() * 200))));
  parser.end();
  assert.deepEqual(events, parseWhole(input));
}));

test('an answer ends in one of the known ways, whatever is in its stream', (t) => fuzz(t, corpus('answers'), async (input, random) => {
  const cut = Math.floor(random() * input.length);
  const pieces = [input.subarray(0, cut), input.subarray(cut)];
  const body = new ReadableStream({ pull: (stream) => (pieces.length ? stream.enqueue(new Uint8Array(pieces.shift())) : stream.close()) });
  let calls = 0;
  const fetch = async () => (calls++ ? new Response(null, { status: 404 }) : new Response(body, { headers: { 'content-type': 'text/event-stream', location: '/ask/stream/Zk3vM0q2T5uXw8yB1cD4eA' } }));
  const states = [];
  let text = '';
  const answer = ask('http://x/ask/stream', { prompt: 'Hi' }, { fetch, retries: 0, onText: (delta) => (text += delta), onState: (state) => states.push(state) });

  await answer.finished;

  assert.match(answer.state, /^(done|failed|stopped)$/);
  assert.equal(answer.text, text);
  if (answer.state === 'failed') assert.ok(answer.error instanceof TokenfallError, String(answer.error));
  assert.equal(states.filter((state) => /^(done|failed|stopped|closed)$/.test(state)).length, 1);
}));
