const hiddenInterval = 50;

/**
 * Writes an answer's text as it arrives, at most once per animation frame. A hidden tab has no frames: there it writes
 * every 50 ms, so that an answer goes on behind another tab. All text is written before the promise resolves; it rejects
 * only with what `write` throws, and then the answer goes on unwritten.
 *
 * @param {import('./answer.js').Answer} answer
 * @param {(text: string) => void} write such as `(text) => node.append(text)`
 * @param {Scope} [scope] the window; given in tests
 * @returns {Promise<import('./answer.js').Outcome>}
 */
export async function paint(answer, write, scope = globalThis) {
  const texts = answer[Symbol.asyncIterator]();
  for (;;) {
    // How the answer ended is in the outcome. Text that comes while a frame is awaited is joined by the iteration.
    const { value, done } = await texts.next().catch(() => ({ value: undefined, done: true }));
    if (done || value === undefined) return answer.finished;
    write(value);
    await nextFrame(scope);
  }
}

/**
 * @typedef {object} Scope
 * @property {Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>} [document]
 * @property {(callback: () => void) => unknown} [requestAnimationFrame]
 * @property {(callback: () => void, milliseconds: number) => unknown} setTimeout
 */

/**
 * @param {Scope} scope
 * @returns {Promise<void>}
 */
function nextFrame(scope) {
  const { document } = scope;
  return new Promise((resolve) => {
    if (!document || document.hidden || !scope.requestAnimationFrame) {
      scope.setTimeout(resolve, hiddenInterval);
      return;
    }
    // A frame that was asked for never comes when the tab is hidden meanwhile.
    const arrived = () => {
      document.removeEventListener('visibilitychange', arrived);
      resolve();
    };
    document.addEventListener('visibilitychange', arrived);
    scope.requestAnimationFrame(arrived);
  });
}
