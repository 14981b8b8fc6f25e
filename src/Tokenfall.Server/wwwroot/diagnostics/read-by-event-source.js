import { addFrame, end, timeoutSignal, types } from './recording.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * Reads a probe with EventSource, which some hops and browsers treat differently from fetch. Never throws.
 *
 * @param {string} url
 * @param {Recording} recording filled as events arrive
 * @param {() => void} onChange called after each change
 * @returns {Promise<void>}
 */
export function readByEventSource(url, recording, onChange) {
  const began = performance.now();
  const source = new EventSource(url);
  return new Promise((resolve) => {
    for (const type of types) {
      source.addEventListener(type, (event) => {
        addFrame(recording, type, /** @type {MessageEvent} */ (event).data, performance.now() - began);
        if (recording.ending !== 'running') finish();
        onChange();
      });
    }
    source.onerror = () => {
      const opened = recording.frames.length > 0;
      end(recording, opened ? 'cut' : 'other', performance.now() - began, opened ? 'the connection broke' : 'a response that the browser does not accept as an event stream');
      finish();
      onChange();
    };

    timeoutSignal(recording).addEventListener('abort', () => {
      end(recording, 'cut', performance.now() - began, 'its end did not arrive in time');
      finish();
      onChange();
    });

    function finish() {
      source.close();
      resolve();
    }
  });
}
