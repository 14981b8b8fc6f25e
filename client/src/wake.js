/**
 * Tells when the page comes back: the network is there again, the page is shown from the back/forward cache, or its tab is
 * looked at. Where there is no such thing, as in Node.js, it never tells.
 *
 * @param {(online: boolean) => void} wake told whether it was the network that came back
 * @param {AbortSignal} signal ends it
 */
export function onWake(wake, signal) {
  const listen = (/** @type {Event} */ { type }) => {
    const online = type === 'online';
    if (online || !globalThis.document?.hidden) wake(online);
  };
  for (const type of ['online', 'pageshow', 'visibilitychange']) globalThis.addEventListener?.(type, listen, { signal });
}
