/**
 * Calls back when the page becomes active again: the network is back, the page is restored from the back/forward cache, or
 * its tab is shown. Without such events, as in Node.js, it never calls.
 *
 * @param {(online: boolean) => void} onActive `online` is true if the network came back
 * @param {AbortSignal} signal removes the listeners
 */
export function onPageActive(onActive, signal) {
  const listener = (/** @type {Event} */ { type }) => {
    const online = type === 'online';
    if (online || !globalThis.document?.hidden) onActive(online);
  };
  for (const type of ['online', 'pageshow', 'visibilitychange']) globalThis.addEventListener?.(type, listener, { signal });
}
