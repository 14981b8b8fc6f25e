import { addFrame, end, patience, types } from './recording.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * Reads a probe with EventSource, which some hops and browsers treat unlike fetch. Never throws.
 *
 * @param {string} url
 * @param {Recording} recording filled as events arrive
 * @param {() => void} changed called after each change
 * @returns {Promise<void>}
 */
export function readByEventSource(url, recording, changed) {
  const began = performance.now();
  const source = new EventSource(url);
  return new Promise((resolve) => {
    for (const type of types) {
      source.addEventListener(type, (event) => {
        addFrame(recording, type, /** @type {MessageEvent} */ (event).data, performance.now() - began);
        if (recording.ending !== 'running') finish();
        changed();
      });
    }
    source.onerror = () => {
      const opened = recording.frames.length > 0;
      end(recording, opened ? 'cut' : 'other', performance.now() - began, opened ? 'the connection broke' : 'the browser takes the answer for no event stream');
      finish();
      changed();
    };

    patience(recording).addEventListener('abort', () => {
      end(recording, 'cut', performance.now() - began, 'its end never came');
      finish();
      changed();
    });

    function finish() {
      source.close();
      resolve();
    }
  });
}
