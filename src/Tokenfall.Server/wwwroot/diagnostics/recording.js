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

/** The events of a probe. */
export const types = ['hello', 'tick', 'end'];

/**
 * Takes a frame in; one that is not of a probe says nothing.
 *
 * @param {Recording} recording
 * @param {string} type
 * @param {string} data
 * @param {number} now
 */
export function addFrame(recording, type, data, now) {
  if (!types.includes(type)) return;
  const frame = parse(data);
  if (!frame) return end(recording, 'other', now, 'a frame that the server did not send');
  recording.frames.push({ number: frame.n ?? 0, sent: frame.ms ?? 0, arrived: now });
  if (type === 'end') end(recording, 'complete', now);
}

/**
 * @param {string} data
 * @returns {{ n?: number, ms?: number } | null}
 */
function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/**
 * Beyond its own length a stream is not waited for for ever.
 *
 * @param {Recording} recording
 */
export const patience = (recording) => AbortSignal.timeout(recording.duration + 10_000);

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
