import { createParser } from '../client/index.js';
import { addFrame, end, timeoutSignal } from './recording.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * Reads a probe with fetch, as the chat page reads its answers. Never throws: errors are recorded.
 *
 * @param {string} url
 * @param {Recording} recording filled as events arrive
 * @param {() => void} onChange called after each change
 */
export async function readByFetch(url, recording, onChange) {
  const began = performance.now();
  const now = () => performance.now() - began;
  try {
    const response = await fetch(url, { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal: timeoutSignal(recording) });
    const type = response.headers.get('Content-Type') ?? 'no content type';
    if (!response.ok || !type.startsWith('text/event-stream')) {
      end(recording, 'other', now(), `status ${response.status} with ${type}${response.redirected ? `, after a redirect to ${response.url}` : ''}`);
      return;
    }
    await readFrames(/** @type {ReadableStream<Uint8Array>} */ (response.body), recording, now, onChange);
    end(recording, 'cut', now(), 'the response ended early');
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    end(recording, 'cut', now(), timedOut ? 'its end did not arrive in time' : String(error));
  } finally {
    onChange();
  }
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Recording} recording
 * @param {() => number} now
 * @param {() => void} onChange
 */
async function readFrames(body, recording, now, onChange) {
  const reader = body.getReader();
  const parser = createParser({
    onEvent: ({ type, data }) => addFrame(recording, type, data, now()),
    onComment: () => recording.heartbeats.push(now()),
  });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.push(value);
    onChange();
    if (recording.ending !== 'running') return reader.cancel();
  }
}
