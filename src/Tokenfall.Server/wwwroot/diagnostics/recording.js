/**
 * What was seen of one probe. Times are milliseconds: `sent` on the server's clock since the probe's start,
 * `arrived` on the browser's since the request. The two are never compared, only their differences.
 *
 * @typedef {object} Recording
 * @property {number} duration how long it was to last
 * @property {{ number: number, sent: number, arrived: number }[]} frames
 * @property {number[]} beats when comments arrived; EventSource shows none
 * @property {'running' | 'complete' | 'cut' | 'other'} ending `other`: an answer that is no event stream
 * @property {number} ended
 * @property {string} words what broke it
 */

/**
 * @param {number} duration
 * @returns {Recording}
 */
export const newRecording = (duration) => ({ duration, frames: [], beats: [], ending: 'running', ended: 0, words: '' });

/**
 * Takes a frame in.
 *
 * @param {Recording} recording
 * @param {string} type `hello`, `tick` or `end`
 * @param {string} data
 * @param {number} now
 */
export function addFrame(recording, type, data, now) {
  const { n = 0, ms = 0 } = JSON.parse(data);
  recording.frames.push({ number: n, sent: ms, arrived: now });
  if (type === 'end') end(recording, 'complete', now);
}

/**
 * Ends a recording; the first end counts.
 *
 * @param {Recording} recording
 * @param {'complete' | 'cut' | 'other'} ending
 * @param {number} now
 * @param {string} [words]
 */
export function end(recording, ending, now, words = '') {
  if (recording.ending !== 'running') return;
  Object.assign(recording, { ending, ended: now, words });
}
