import { readdirSync, readFileSync } from 'node:fs';
import { generator } from './random.js';

const corpora = new URL('../../tests/Corpora/', import.meta.url);

// What readers treat specially, and what they forget to.
const pieces = [
  '\0', '\n', '\r', '\r\n', '\n\n', '\r\n\r\n', '"', '\\', '\\u0000', '\\ud800', '\u2028', '\uFEFF', '😀', 'é', 'null', 'true', '{}', '[]', '{', '}', '[', ']', ':', ',', ' ', '\t',
  '-1', '1e999', '0', '9007199254740993', '"__proto__":', '"constructor":', 'data', 'data:', 'data: ', 'event: ', 'event: error', 'event: done', 'event: queued', 'id: ', 'id: \0', 'id',
  'retry: 1', 'retry: 1e9', 'retry: 99999999999999999999', ': ', ':', '.', '.41', 'x'.repeat(5000), '['.repeat(500), '{"a":'.repeat(200),
].map((piece) => Buffer.from(piece)).concat([[0xff], [0xc3], [0x80], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf]].map((bytes) => Buffer.from(bytes)));

/** The files of a corpus of valid inputs, in `tests/Corpora`. */
export const corpus = (name) => readdirSync(new URL(`${name}/`, corpora)).sort().map((file) => readFileSync(new URL(`${name}/${file}`, corpora)));

/**
 * Gives a reader inputs that are nearly valid: each is one of a corpus, changed in a few places. `FUZZ_INPUTS` is their number, and `SEED`
 * repeats those of an earlier run.
 *
 * @param {import('node:test').TestContext} t
 * @param {Buffer[]} inputs valid ones
 * @param {(input: Buffer, random: () => number) => unknown} check throws when the reader does something wrong
 */
export async function fuzz(t, inputs, check) {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  t.diagnostic(`SEED=${seed}`);
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  for (let left = Number(process.env.FUZZ_INPUTS ?? 2000); left > 0; left--) {
    let input = pick(inputs);
    for (let changes = Math.floor(random() * 7); changes > 0; changes--) input = change(input, inputs, random, pick);
    try {
      await check(input, random);
    } catch (error) {
      throw new Error(`SEED=${seed}, with the input (Base64): ${input.toString('base64')}`, { cause: error });
    }
  }
}

/** Changes one place of an input. */
function change(input, inputs, random, pick) {
  const at = Math.floor(random() * (input.length + 1));
  const to = Math.min(input.length, at + 1 + Math.floor(random() * (random() < 0.5 ? 4 : 64)));
  const before = input.subarray(0, at);
  switch (Math.floor(random() * 7)) {
    case 0: return Buffer.concat([before, Buffer.from([Math.floor(random() * 256)]), input.subarray(Math.min(at + 1, input.length))]);
    case 1: return Buffer.concat([before, input.subarray(to)]);
    case 2: return Buffer.concat([before, ...Array.from({ length: 1 + random() * 20 }, () => input.subarray(at, to)), input.subarray(at)]);
    case 3: return before;
    case 4: return Buffer.concat([before, pick(inputs).subarray(Math.floor(random() * 99)), input.subarray(at)]);
    case 5: return Buffer.concat([before, pick(pieces), input.subarray(to)]);
    default: return Buffer.concat([before, pick(pieces), input.subarray(at)]);
  }
}
