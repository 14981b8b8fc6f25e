const types = ['online', 'pageshow', 'visibilitychange', 'pagehide'];

/**
 * Calls back when the page becomes active again (the network is back, the page is restored from the back/forward cache, or its tab is
 * shown), and when it is closed, reloaded or left. Without such events, as in Node.js, it never calls.
 *
 * @param {(online: boolean) => void} onActive `online` is true if the network came back
 * @param {() => void} onHide
 * @param {AbortSignal} signal removes the listeners
 */
export function onPageEvents(onActive, onHide, signal) {
  const listener = (/** @type {Event} */ { type }) => {
    const online = type === 'online';
    if (type === 'pagehide') onHide();
    else if (online || !globalThis.document?.hidden) onActive(online);
  };
  for (const type of types) globalThis.addEventListener?.(type, listener);
  signal.addEventListener('abort', () => {
    for (const type of types) globalThis.removeEventListener?.(type, listener);
  });
}
