import { readArrival } from './arrival.js';

/** @typedef {import('./recording.js').Recording} Recording */

const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** @type {Record<string, string>} */
const arrivals = {
  late: 'Every event comes late by about the same. A hop holds small writes back (events-delayed).',
  batched: 'Events come in groups. A hop passes them on by a timer or in blocks (events-batched).',
  'at-the-end': 'Everything comes at the end. A hop between the server and this browser collects the response (response-buffered).',
};

/**
 * A stream that is paced: how it arrived.
 *
 * @param {Recording} recording
 * @param {number} interval
 * @returns {{ well: boolean, short: string, words: string }}
 */
export function judgePaced(recording, interval) {
  if (recording.ending !== 'complete') return judgeEnd(recording);
  const { kind, lag } = readArrival(recording, interval);
  if (kind === 'live') return { well: true, short: `live, ${lag.toFixed(0)} ms`, words: '' };
  const names = { late: `late by ${lag.toFixed(0)} ms`, batched: 'in groups', 'at-the-end': 'all at the end', unknown: 'too few events' };
  return { well: false, short: names[kind], words: arrivals[kind] ?? 'Too few events came to judge by.' };
}

/**
 * A stream that says nothing for a while: whether it lived.
 *
 * @param {Recording} recording
 * @returns {{ well: boolean, short: string, words: string }}
 */
export function judgeEnd(recording) {
  if (recording.ending === 'complete') return { well: true, short: `whole, ${seconds(recording.ended)}`, words: '' };
  if (recording.ending === 'other') return { well: false, short: 'no stream', words: `Instead of a stream there came ${recording.words}.` };
  return { well: false, short: `cut after ${seconds(recording.ended)}`, words: `The stream was cut after ${seconds(recording.ended)}: ${recording.words}.` };
}

/**
 * The silent stream and the one with heartbeats together tell why streams are cut.
 *
 * @param {Recording} silent
 * @param {Recording} beating
 * @returns {string[]}
 */
export function judgeCuts(silent, beating) {
  const refused = [silent, beating].filter((recording) => recording.ending === 'other');
  if (refused.length > 0) return refused.map((recording) => judgeEnd(recording).words);
  if (silent.ending !== 'cut') return beating.ending === 'cut' ? [judgeEnd(beating).words] : [];
  if (beating.ending !== 'cut') return [`A hop cuts streams that are silent for ${seconds(silent.ended)} (idle-cut). Heartbeats that come more often prevent it.`];
  return [`A hop cuts every stream after ${seconds(beating.ended)}, whatever flows (total-cut).`];
}
