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
  const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pending += value;
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) take(block, recording, now());
    changed();
    if (recording.ending !== 'running') return reader.cancel();
  }
}

/**
 * @param {string} block
 * @param {Recording} recording
 * @param {number} now
 */
function take(block, recording, now) {
  if (block.startsWith(':')) recording.beats.push(now);
  const [, type] = /^event: (.*)$/m.exec(block) ?? [];
  const [, data] = /^data: (.*)$/m.exec(block) ?? [];
  if (type && data) addFrame(recording, type, data, now);
}
