import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createParser } from '../src/sse.js';

const cases = JSON.parse(readFileSync(new URL('fixtures/sse-cases.json', import.meta.url), 'utf8'))
  .map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes_base64, 'base64') }));

/** Pushes the body cut at the given positions, and compares everything a case promises. */
function check({ name, bytes, events, retry, lastEventId }, cuts, how) {
  const seen = [];
  let seenRetry = null;
  const parser = createParser({ onEvent: (event) => seen.push(event), onRetry: (value) => (seenRetry = value) });
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    parser.push(bytes.subarray(from, to));
    from = to;
  }
  parser.end();
  assert.deepEqual(seen, events, `${name}, ${how}`);
  if (retry !== undefined) assert.equal(seenRetry, retry, `${name}, ${how}: retry`);
  if (lastEventId !== undefined) assert.equal(parser.lastEventId, lastEventId, `${name}, ${how}: lastEventId`);
}

test('there are 35 cases', () => assert.equal(cases.length, 35));

for (const entry of cases) {
  const { n, name, bytes } = entry;

  test(`case ${n}, ${name}: whole`, () => check(entry, [], 'whole'));

  test(`case ${n}, ${name}: byte by byte`, () => check(entry, bytes.keys(), 'byte by byte'));

  test(`case ${n}, ${name}: with empty chunks`, () => check(entry, [...bytes.keys()].flatMap((i) => [i, i, i]), 'empty chunks'));

  test(`case ${n}, ${name}: at every two-way split`, () => {
    for (let i = 1; i < bytes.length; i++) check(entry, [i], `split at ${i}`);
  });
}

test('all cases: random splits', (t) => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  t.diagnostic(`SEED=${seed}`);
  const random = mulberry32(seed);
  for (const entry of cases) {
    for (let round = 0; round < 100; round++) {
      const cuts = Array.from({ length: 2 + random() * 8 }, () => Math.floor(random() * entry.bytes.length)).sort((a, b) => a - b);
      check(entry, cuts, `SEED=${seed}, cuts ${cuts}`);
    }
  }
});

/** A small seeded generator of numbers from 0 to 1. */
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
