/** @typedef {import('./recording.js').Recording} Recording */

// A delay that nobody notices, and that a busy machine may cause.
const tolerance = 100; // milliseconds

/**
 * Classifies how events arrived compared with how they were sent, by the same rules as `tokenfall doctor`.
 *
 * @param {Recording} recording
 * @param {number} interval milliseconds between two events, as sent
 * @returns {{ kind: 'unknown' | 'live' | 'late' | 'batched' | 'at-the-end', lag: number }} `lag` is the median event's delay in milliseconds
 */
export function readArrival({ frames }, interval) {
  const ticks = frames.filter((frame) => frame.number > 0);
  if (ticks.length < 4) return { kind: 'unknown', lag: 0 };
  const shortest = Math.min(...frames.map(difference));
  const lags = ticks.map((tick) => difference(tick) - shortest);
  const sorted = [...lags].sort((one, other) => one - other);
  const groups = group(ticks, interval / 4);
  const grouped = groups.filter((size) => size > 1).reduce((sum, size) => sum + size, 0);
  const lag = at(sorted, 0.5);
  const duration = ticks[ticks.length - 1].sent - ticks[0].sent;
  if (groups[groups.length - 1] >= 0.7 * ticks.length && lags[0] > 0.6 * duration) return { kind: 'at-the-end', lag };
  if (grouped >= 0.5 * ticks.length) return { kind: 'batched', lag };
  return { kind: at(sorted, 0.3) < tolerance ? 'live' : 'late', lag };
}

/** @param {{ sent: number, arrived: number }} frame */
const difference = (frame) => frame.arrived - frame.sent;

/**
 * @param {number[]} sorted
 * @param {number} share
 */
const at = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))];

/**
 * Returns the sizes of the groups of events that arrived together.
 *
 * @param {{ arrived: number }[]} ticks
 * @param {number} gap milliseconds that separate two groups
 */
function group(ticks, gap) {
  const sizes = [1];
  for (let i = 1; i < ticks.length; i++) {
    if (ticks[i].arrived - ticks[i - 1].arrived < gap) sizes[sizes.length - 1]++;
    else sizes.push(1);
  }
  return sizes;
}
