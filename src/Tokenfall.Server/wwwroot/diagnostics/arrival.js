/** @typedef {import('./recording.js').Recording} Recording */

// What nobody sees, and a busy machine does.
const unseen = 100;

/**
 * How events arrive against how they were sent: `tokenfall doctor` reads them by the same rules.
 *
 * @param {Recording} recording
 * @param {number} interval between two events, as sent
 * @returns {{ kind: 'unknown' | 'live' | 'late' | 'batched' | 'at-the-end', lag: number }} `lag` is the middle event's, in milliseconds
 */
export function readArrival({ frames }, interval) {
  const ticks = frames.filter((frame) => frame.number > 0);
  if (ticks.length < 4) return { kind: 'unknown', lag: 0 };
  const punctual = Math.min(...frames.map(difference));
  const lags = ticks.map((tick) => difference(tick) - punctual);
  const sorted = [...lags].sort((one, other) => one - other);
  const groups = group(ticks, interval / 4);
  const grouped = groups.filter((size) => size > 1).reduce((sum, size) => sum + size, 0);
  const lag = at(sorted, 0.5);
  const lasted = ticks[ticks.length - 1].sent - ticks[0].sent;
  if (groups[groups.length - 1] >= 0.7 * ticks.length && lags[0] > 0.6 * lasted) return { kind: 'at-the-end', lag };
  if (grouped >= 0.5 * ticks.length) return { kind: 'batched', lag };
  return { kind: at(sorted, 0.3) < unseen ? 'live' : 'late', lag };
}

/** @param {{ sent: number, arrived: number }} frame */
const difference = (frame) => frame.arrived - frame.sent;

/**
 * @param {number[]} sorted
 * @param {number} share
 */
const at = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))];

/**
 * The sizes of what arrived together.
 *
 * @param {{ arrived: number }[]} ticks
 * @param {number} apart
 */
function group(ticks, apart) {
  const sizes = [1];
  for (let i = 1; i < ticks.length; i++) {
    if (ticks[i].arrived - ticks[i - 1].arrived < apart) sizes[sizes.length - 1]++;
    else sizes.push(1);
  }
  return sizes;
}
