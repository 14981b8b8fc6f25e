import { TokenfallError } from './errors.js';

// Types such as RequestInit['headers'] are there with TypeScript's DOM library and without it, with @types/node.

/**
 * @typedef {object} RequestOptions
 * @property {RequestInit['headers'] | (() => RequestInit['headers'] | Promise<RequestInit['headers']>)} [headers] additional
 *   headers, or a function that returns them, called before every request
 * @property {'omit' | 'same-origin' | 'include'} [credentials] passed to `fetch`, whose default is `same-origin`
 * @property {string | (() => string | Promise<string>)} [csrfToken] sent as `X-CSRF-TOKEN` with POST and DELETE; a function is
 *   called before each of them
 * @property {typeof globalThis.fetch} [fetch] used instead of the global one
 */

/**
 * The parts of a request that do not depend on the options.
 *
 * @typedef {object} RequestParts
 * @property {string} method
 * @property {RequestInit['body']} [body]
 * @property {Record<string, string>} [headers] headers of the same name in the options take precedence
 * @property {boolean} [keepalive]
 */

/**
 * Creates the POST that asks the question. Its idempotency key lets the server recognise a POST that is repeated because no
 * response came.
 *
 * @param {unknown} body objects and arrays are sent as JSON; FormData, URLSearchParams, strings and Blobs as they are
 * @returns {RequestParts}
 * @throws {TypeError} if an object cannot be written as JSON
 */
export function createPost(body) {
  /** @type {Record<string, string>} */
  const headers = { 'Idempotency-Key': crypto.getRandomValues(new Uint32Array(5)).join('-'), 'Tokenfall-Resume': '1' };
  // By tag rather than by constructor, so that objects from another frame are recognised, too.
  const isJson = /^\[object (Object|Array)\]$/.test({}.toString.call(body));
  if (!isJson) return { method: 'POST', headers, body: /** @type {RequestInit['body']} */ (body) };
  headers['Content-Type'] = 'application/json';
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/**
 * Prepares one request.
 *
 * @param {string} url
 * @param {() => RequestParts} createParts
 * @param {RequestOptions} options
 * @param {AbortSignal} signal aborts the request and the reading of its response
 * @returns {Promise<() => Promise<Response>>} sends the request; rejects with `network` if there is no response
 * @throws {TokenfallError} `request` if the request cannot be created; retryable if a callback failed and a run may exist
 */
export async function prepareRequest(url, createParts, { headers, credentials, csrfToken, fetch: customFetch }, signal) {
  let retryable = false;
  /** @type {Omit<RequestParts, 'headers'>} */
  let parts;
  // A callback may need the network, too: it must not hang longer than a request, and it may succeed another time.
  const valueOf = async (/** @type {any} */ option) => {
    if (typeof option !== 'function') return option;
    retryable = parts.method !== 'POST';
    const value = await Promise.race([option(), new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))]);
    retryable = false;
    return value;
  };
  try {
    const { headers: defaults, ...others } = createParts();
    parts = others;
    const all = new Headers(await valueOf(headers));
    for (const name in defaults) if (!all.has(name)) all.set(name, defaults[name]);
    all.set('Accept', 'text/event-stream');
    const token = parts.method !== 'GET' && (await valueOf(csrfToken));
    if (token) all.set('X-CSRF-TOKEN', token);
    const init = { ...parts, headers: all, credentials, cache: /** @type {const} */ ('no-store'), signal };
    // Validate now, so that a bad URL or body is not mistaken for a network failure.
    if (!customFetch) new Request(url, init);
    return async () => {
      try {
        return await (customFetch ?? fetch)(url, init);
      } catch (cause) {
        throw new TokenfallError('network', 'The server could not be reached.', { retryable: true, cause });
      }
    };
  } catch (cause) {
    throw new TokenfallError('request', 'The request could not be created.', { retryable, cause });
  }
}
