import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../src/sse.js';

/** CPU time to parse a text in chunks: the best of five, because other work only ever adds. */
function cost(text, chunkSize, expectedEvents) {
  const bytes = new TextEncoder().encode(text);
  const times = Array.from({ length: 5 }, () => {
    let events = 0;
    const parser = createParser({ onEvent: () => events++ });
    const before = process.cpuUsage();
    for (let at = 0; at < bytes.length; at += chunkSize) parser.push(bytes.subarray(at, at + chunkSize));
    const { user, system } = process.cpuUsage(before);
    assert.equal(events, expectedEvents);
    return user + system;
  });
  return Math.min(...times);
}

// Eight times the input costs 8 times the time when linear and 64 times when quadratic: 24 is far from both.
for (const [what, measure] of Object.entries({
  'CRLF line ends in 1 KiB chunks': (n) => cost('event: delta\r\ndata: {"text":"a"}\r\n\r\n'.repeat(n * 10_000), 1024, n * 10_000),
  'LF line ends in one chunk': (n) => cost('data: {"text":"a"}\n\n'.repeat(n * 10_000), Infinity, n * 10_000),
  'CR line ends in one chunk': (n) => cost('data: {"text":"a"}\r\r'.repeat(n * 10_000), Infinity, n * 10_000),
  'one line of up to 4 MB in 1 KiB chunks': (n) => cost(`data: ${'x'.repeat(n * 512 * 1024)}\n\n`, 1024, 1),
  'one event of many data lines in 16-byte chunks': (n) => cost(`${'data: x\n'.repeat(n * 10_000)}\n`, 16, 1),
})) {
  test(`parsing is linear: ${what}`, (t) => {
    measure(1); // warm
    const [small, large] = [measure(1), measure(8)];
    t.diagnostic(`${small} µs, then ${large} µs for eight times the input`);
    assert.ok(large < 24 * small, `${small} µs became ${large} µs`);
  });
}
