// Compares the parser with eventsource-parser's callback API: the same events in the same chunks, in alternating rounds, so that other
// load on the machine affects both. Usage: npm run bench
import { createParser as createOther } from 'eventsource-parser';
import { createParser } from '../src/sse.js';

const eventCount = 200_000;
const rounds = 15;

/** Events as Tokenfall writes them, split at positions from a seed, the same in every run. */
function createChunks() {
  const bytes = new TextEncoder().encode(Array.from({ length: eventCount }, (_, n) =>
    `event: delta\ndata: {"text":"token ${n % 97} of it"}\nid: Zk3vM0q2T5uXw8yB1cD4eA.${n + 2}\n\n`).join(''));
  const chunks = [];
  let seed = 42;
  for (let at = 0; at < bytes.length; ) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const to = at + 16 + (seed >>> 8) % (16 * 1024 - 16);
    chunks.push(bytes.subarray(at, to));
    at = to;
  }
  return { chunks, size: bytes.length };
}

/** Each returns the length of all texts, so that no work can be skipped. */
const parsers = {
  tokenfall(chunks) {
    let length = 0;
    const parser = createParser({ onEvent: ({ data }) => (length += JSON.parse(data).text.length) });
    for (const chunk of chunks) parser.push(chunk);
    return length;
  },
  'eventsource-parser'(chunks) {
    let length = 0;
    const parser = createOther({ onEvent: ({ data }) => (length += JSON.parse(data).text.length) });
    const decoder = new TextDecoder();
    for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }));
    return length;
  },
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const { chunks, size } = createChunks();
const names = Object.keys(parsers);
const lengths = new Set(names.flatMap((name) => Array.from({ length: 3 }, () => parsers[name](chunks)))); // also warms up
if (lengths.size !== 1) throw new Error(`The parsers disagree: ${[...lengths].join(', ')}`);

const times = Object.fromEntries(names.map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const name of round % 2 ? names : names.toReversed()) {
    const { user, system } = process.cpuUsage();
    parsers[name](chunks);
    const used = process.cpuUsage({ user, system });
    times[name].push((used.user + used.system) / 1000);
  }
}

console.log(`${eventCount} events, ${(size / 1e6).toFixed(1)} MB in ${chunks.length} chunks, JSON parsed, Node ${process.version}, ${rounds} rounds`);
for (const name of names) {
  const time = median(times[name]);
  console.log(`${name.padEnd(20)} ${time.toFixed(0).padStart(5)} ms CPU (median)  ${(eventCount / time / 1000).toFixed(2)} M events/s`);
}
const ratio = median(times.tokenfall.map((time, round) => time / times['eventsource-parser'][round]));
console.log(`tokenfall / eventsource-parser: ${ratio.toFixed(2)} (median of the rounds' ratios; the target is at most 1.2)`);
