import { createParser } from '/client/index.js';
import { addFrame, end, patience } from './recording.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * Reads a probe with fetch, as the chat page reads its answers. Never throws: what goes wrong is the result.
 *
 * @param {string} url
 * @param {Recording} recording filled as events arrive
 * @param {() => void} changed called after each change
 */
export async function readByFetch(url, recording, changed) {
  const began = performance.now();
  const now = () => performance.now() - began;
  try {
    const response = await fetch(url, { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: patience(recording) });
    const type = response.headers.get('Content-Type') ?? 'nothing';
    if (!response.ok || !type.startsWith('text/event-stream')) {
      end(recording, 'other', now(), `status ${response.status} with ${type}${response.redirected ? `, after a redirect to ${response.url}` : ''}`);
      return;
    }
    await readFrames(/** @type {ReadableStream<Uint8Array>} */ (response.body), recording, now, changed);
    end(recording, 'cut', now(), 'the response ended early');
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    end(recording, 'cut', now(), late ? 'its end never came' : String(error));
  } finally {
    changed();
  }
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Recording} recording
 * @param {() => number} now
 * @param {() => void} changed
 */
async function readFrames(body, recording, now, changed) {
  const reader = body.getReader();
  const parser = createParser({
    onEvent: ({ type, data }) => addFrame(recording, type, data, now()),
    onComment: () => recording.beats.push(now()),
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.push(value);
    changed();
    if (recording.ending !== 'running') return reader.cancel();
  }
}
