import { TokenfallError } from './errors.js';

/**
 * @typedef {object} RequestOptions
 * @property {HeadersInit | (() => HeadersInit | Promise<HeadersInit>)} [headers] more headers, or a function that gives them,
 *   asked for every request
 * @property {RequestCredentials} [credentials] `same-origin` unless given, as `fetch` has it
 * @property {string | (() => string | Promise<string>)} [csrfToken] sent as `X-CSRF-TOKEN` with POST and DELETE; a function is
 *   asked for every one
 * @property {typeof globalThis.fetch} [fetch] used instead of the global one
 */

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {BodyInit} [body]
 * @property {Record<string, string>} [headers] they give way to those of the options
 * @property {boolean} [keepalive]
 */

/**
 * What is posted. Objects and arrays become JSON; FormData, URLSearchParams, strings, Blobs go as they are. The key lets the
 * server recognise a POST that is repeated because no response came.
 *
 * @param {unknown} body
 * @returns {Call}
 * @throws {TypeError} for an object that is no JSON
 */
export function createPost(body) {
  /** @type {Record<string, string>} */
  const headers = { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(5)).join('-'), 'Tokenfall-Resume': '1' };
  // By tag rather than by constructor: it holds for objects of another frame, too.
  const json = /^\[object (Object|Array)\]$/.test({}.toString.call(body));
  if (!json) return { method: 'POST', headers, body: /** @type {BodyInit | undefined} */ (body) };
  headers['Content-Type'] = 'application/json';
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/**
 * Puts together one request, and gives what sends it.
 *
 * @param {string} url
 * @param {() => Call} createCall
 * @param {RequestOptions} options
 * @param {AbortSignal} signal
 * @returns {Promise<() => Promise<Response>>} throws `network` when no response came
 * @throws {TokenfallError} `request`: nothing can be sent
 */
export async function prepare(url, createCall, { headers, credentials, csrfToken, fetch: given }, signal) {
  try {
    const { headers: own, ...call } = createCall();
    const all = new Headers(typeof headers === 'function' ? await headers() : headers);
    for (const name in own) if (!all.has(name)) all.set(name, own[name]);
    all.set('Accept', 'text/event-stream');
    const token = call.method !== 'GET' && (typeof csrfToken === 'function' ? await csrfToken() : csrfToken);
    if (token) all.set('X-CSRF-TOKEN', token);
    const init = { ...call, headers: all, credentials, cache: /** @type {const} */ ('no-store'), signal };
    // Made now, so that an address or a body that cannot be sent is told apart from a network that is down.
    if (!given) new Request(url, init);
    return async () => {
      try {
        return await (given ?? fetch)(url, init);
      } catch (cause) {
        throw new TokenfallError('network', 'The server could not be reached.', { retryable: true, cause });
      }
    };
  } catch (cause) {
    throw new TokenfallError('request', 'The request could not be made.', { cause });
  }
}
