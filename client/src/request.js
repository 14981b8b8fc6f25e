/**
 * @typedef {object} RequestOptions
 * @property {HeadersInit | (() => HeadersInit | Promise<HeadersInit>)} [headers] more headers, or a function that gives them
 * @property {RequestCredentials} [credentials] `same-origin` unless given
 * @property {string | (() => string | Promise<string>)} [csrfToken] sent as `X-CSRF-TOKEN`
 */

/**
 * Puts together the one POST. Objects and arrays become JSON; FormData, URLSearchParams, strings, Blobs go as they are.
 *
 * @param {unknown} body
 * @param {RequestOptions} options
 * @param {AbortSignal} signal
 * @returns {Promise<RequestInit>}
 */
export async function createRequest(body, { headers, credentials = 'same-origin', csrfToken }, signal) {
  const all = new Headers(typeof headers === 'function' ? await headers() : headers);
  all.set('Accept', 'text/event-stream');
  const token = typeof csrfToken === 'function' ? await csrfToken() : csrfToken;
  if (token) all.set('X-CSRF-TOKEN', token);
  // By tag rather than by constructor: it holds for objects of another frame, too.
  const json = ['[object Object]', '[object Array]'].includes(Object.prototype.toString.call(body));
  if (json && !all.has('Content-Type')) all.set('Content-Type', 'application/json');
  const content = json ? JSON.stringify(body) : /** @type {BodyInit | undefined} */ (body);
  return { method: 'POST', headers: all, body: content, credentials, cache: 'no-store', signal };
}
