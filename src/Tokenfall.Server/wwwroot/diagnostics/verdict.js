import { readArrival } from './arrival.js';

/** @typedef {import('./recording.js').Recording} Recording */

const seconds = (/** @type {number} */ milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** @type {Record<string, string>} */
const arrivals = {
  late: 'Every event arrives late by about the same time. A hop delays small writes (events-delayed).',
  batched: 'Events arrive in groups. A hop forwards them by a timer or in blocks (events-batched).',
  'at-the-end': 'Everything arrives at the end. A hop between the server and this browser buffers the response (response-buffered).',
};

/**
 * Judges how a paced stream arrived.
 *
 * @param {Recording} recording
 * @param {number} interval
 * @returns {{ ok: boolean, summary: string, explanation: string }}
 */
export function judgePaced(recording, interval) {
  if (recording.ending !== 'complete') return judgeEnd(recording);
  const { kind, lag } = readArrival(recording, interval);
  if (kind === 'live') return { ok: true, summary: `live, ${lag.toFixed(0)} ms`, explanation: '' };
  const names = { late: `${lag.toFixed(0)} ms late`, batched: 'in groups', 'at-the-end': 'all at the end', unknown: 'too few events' };
  return { ok: false, summary: names[kind], explanation: arrivals[kind] ?? 'Too few events arrived to judge the stream.' };
}

/**
 * Judges whether a stream that is silent for a while survived.
 *
 * @param {Recording} recording
 * @returns {{ ok: boolean, summary: string, explanation: string }}
 */
export function judgeEnd(recording) {
  if (recording.ending === 'complete') return { ok: true, summary: `complete, ${seconds(recording.ended)}`, explanation: '' };
  if (recording.ending === 'other') return { ok: false, summary: 'not a stream', explanation: `Instead of a stream, the browser got ${recording.reason}.` };
  return { ok: false, summary: `cut after ${seconds(recording.ended)}`, explanation: `The stream was cut after ${seconds(recording.ended)}: ${recording.reason}.` };
}

/**
 * Judges why streams are cut, from a silent stream and one with heartbeats.
 *
 * @param {Recording} silent
 * @param {Recording} withHeartbeats
 * @returns {string[]}
 */
export function judgeCuts(silent, withHeartbeats) {
  const notStreams = [silent, withHeartbeats].filter((recording) => recording.ending === 'other');
  if (notStreams.length > 0) return notStreams.map((recording) => judgeEnd(recording).explanation);
  if (silent.ending !== 'cut') return withHeartbeats.ending === 'cut' ? [judgeEnd(withHeartbeats).explanation] : [];
  if (withHeartbeats.ending !== 'cut') return [`A hop cuts streams that are silent for ${seconds(silent.ended)} (idle-cut). More frequent heartbeats prevent it.`];
  return [`A hop cuts every stream after ${seconds(withHeartbeats.ended)}, whatever it carries (total-cut).`];
}
