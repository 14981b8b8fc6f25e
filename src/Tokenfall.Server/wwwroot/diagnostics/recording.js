/**
 * What was observed of one probe. Times are in milliseconds: `sent` by the server's clock since the probe's start, `arrived` by the
 * browser's clock since the request. The two are never compared, only their differences.
 *
 * @typedef {object} Recording
 * @property {number} duration how long the probe should last
 * @property {{ number: number, sent: number, arrived: number }[]} frames
 * @property {number[]} heartbeats when comments arrived; EventSource does not expose them
 * @property {'running' | 'complete' | 'cut' | 'other'} ending `other`: a response that is not a probe's event stream
 * @property {number} ended when it ended
 * @property {string} reason why it failed
 */

/**
 * @param {number} duration
 * @returns {Recording}
 */
export const newRecording = (duration) => ({ duration, frames: [], heartbeats: [], ending: 'running', ended: 0, reason: '' });

/** The event types of a probe. */
export const types = ['hello', 'tick', 'end'];

/**
 * Records an event; other types than a probe's are ignored.
 *
 * @param {Recording} recording
 * @param {string} type
 * @param {string} data
 * @param {number} now
 */
export function addFrame(recording, type, data, now) {
  if (!types.includes(type)) return;
  const frame = parse(data);
  if (!frame) return end(recording, 'other', now, 'an event that the server did not send');
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
 * Aborts when a probe takes ten seconds longer than it should.
 *
 * @param {Recording} recording
 */
export const timeoutSignal = (recording) => AbortSignal.timeout(recording.duration + 10_000);

/**
 * Ends a recording. Only the first call counts.
 *
 * @param {Recording} recording
 * @param {'complete' | 'cut' | 'other'} ending
 * @param {number} now
 * @param {string} [reason]
 */
export function end(recording, ending, now, reason = '') {
  if (recording.ending !== 'running') return;
  Object.assign(recording, { ending, ended: now, reason });
}
