const signs = ['online', 'pageshow', 'visibilitychange'];

/**
 * Tells when the page comes back: the network is there again, the page is shown from the back/forward cache, or its tab is
 * looked at. Where there is no such thing, as in Node.js, it never tells.
 *
 * @param {(online: boolean) => void} wake told whether it was the network that came back
 * @returns {() => void} ends it
 */
export function onWake(wake) {
  const listen = (/** @type {Event} */ { type }) => {
    if (type === 'online' || !globalThis.document?.hidden) wake(type === 'online');
  };
  for (const sign of signs) globalThis.addEventListener?.(sign, listen);
  return () => {
    for (const sign of signs) globalThis.removeEventListener?.(sign, listen);
  };
}
