import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenfallError } from '../src/errors.js';
import { createParser } from '../src/sse.js';

const encode = (text) => new TextEncoder().encode(text);

/** Everything that the callbacks were told about one text. */
function parse(text, options) {
  const seen = { events: [], retries: [], comments: [] };
  const parser = createParser({
    onEvent: ({ data }) => seen.events.push(data),
    onRetry: (value) => seen.retries.push(value),
    onComment: (value) => seen.comments.push(value),
    ...options,
  });
  parser.push(encode(text));
  return seen;
}

test('comments are reported without their leading space', () => {
  assert.deepEqual(parse(': one\n:two\n:\n').comments, ['one', 'two', '']);
});

test('retry may be larger than 32 bits and must be digits', () => {
  assert.deepEqual(parse('retry: 12345678910\nretry: 1.5\nretry: -1\nretry: ٣\n').retries, [12345678910]);
});

test('an event is reported as soon as its empty line ends with CR, before a possible LF', () => {
  assert.deepEqual(parse('data: a\r\n\r').events, ['a']);
});

test('one partial byte order mark is part of the first field name', () => {
  const events = [];
  const parser = createParser({ onEvent: (event) => events.push(event.data) });
  parser.push(Uint8Array.of(0xef, 0xbb));
  parser.push(encode('data: a\ndata: b\n\n'));
  assert.deepEqual(events, ['b']);
});

test('a block of nothing but an id advances the last event id', () => {
  const parser = createParser({ onEvent: () => assert.fail() });
  parser.push(encode('id: 7\n'));
  assert.equal(parser.lastEventId, '');
  parser.push(encode('\n'));
  assert.equal(parser.lastEventId, '7');
});

test('parsers work without the optional callbacks', () => {
  assert.deepEqual(parse(': x\nretry: 5\ndata: a\n\n', { onRetry: undefined, onComment: undefined }).events, ['a']);
});

for (const [what, text] of Object.entries({
  'one finished line': `data: ${'x'.repeat(100)}\n`,
  'one unfinished line': `data: ${'x'.repeat(100)}`,
  'many lines': 'data: xxxx\n'.repeat(20),
  'an unfinished comment': `:${'x'.repeat(100)}`,
})) {
  test(`an event over the limit is a typed error and ends the parser: ${what}`, () => {
    const events = [];
    const parser = createParser({ onEvent: (event) => events.push(event), maxEventSize: 64 });
    const tooLarge = (error) => error instanceof TokenfallError && error.code === 'too_large' && /64 characters/.test(error.message);
    const byteByByte = () => {
      for (const byte of encode(text)) parser.push(Uint8Array.of(byte));
    };
    assert.throws(byteByByte, tooLarge);
    assert.throws(() => parser.push(encode('\n\ndata: next\n\n')), tooLarge);
    assert.deepEqual(events, []);
  });
}

test('the limit is for one event, however many there are', () => {
  assert.equal(parse('data: 0123456789\n\n'.repeat(50), { maxEventSize: 20 }).events.length, 50);
});

test('lines that are not data do not count towards the event once they are finished', () => {
  assert.deepEqual(parse(`${': 0123456789\n'.repeat(50)}data: a\n\n`, { maxEventSize: 20 }).events, ['a']);
});
