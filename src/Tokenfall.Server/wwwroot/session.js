import { addressOf } from './base.js';

/**
 * @typedef {object} Session
 * @property {string | null} user the e-mail address of the signed-in user
 * @property {string} csrfToken
 * @property {string | null} model
 * @property {boolean} demo
 * @property {boolean} signIn whether the server requires sign-in
 */

/** The last session loaded. @type {Session | undefined} */
let session;

/**
 * Loads the session from the server.
 *
 * @returns {Promise<Session>}
 */
export async function loadSession() {
  const response = await call('GET', 'account/session');
  session = /** @type {Session} */ (await response.json());
  return session;
}

/** The antiforgery token of the session. */
export const csrfToken = () => session?.csrfToken ?? '';

/**
 * Like `fetch`, but sends a request again with a new antiforgery token if the server rejected the old one before doing anything.
 * It does not if another user has signed in meanwhile, because that user did not make the request.
 *
 * @param {RequestInfo | URL} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function fetchWithToken(url, init = {}) {
  const response = await fetch(url, init);
  if (response.status !== 400 || !(await hasStaleToken(response.clone()))) return response;
  const previousUser = session?.user;
  const { user } = await loadSession();
  if (user !== previousUser) return response;
  const headers = new Headers(init.headers);
  headers.set('X-CSRF-TOKEN', csrfToken());
  return fetch(url, { ...init, headers });
}

/** @param {Response} response */
async function hasStaleToken(response) {
  const problem = await response.json().catch(() => undefined);
  return problem?.code === 'antiforgery';
}

/**
 * Calls the server, and turns every failure into an error with a message for the user.
 *
 * @param {string} method
 * @param {string} path a path of this application, without a slash before it
 * @param {unknown} [body]
 * @param {URLSearchParams} [query]
 * @returns {Promise<Response>}
 * @throws {Error} with a message for the user, and the HTTP `status` and the problem's `code` if there was a response
 */
export async function call(method, path, body, query = new URLSearchParams()) {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') headers.set('X-CSRF-TOKEN', csrfToken());
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const send = fetchWithToken(addressOf(path) + (query.size ? `?${query}` : ''), { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const response = await send.catch(() => {
    throw new Error('The server cannot be reached. Check that it is running and that you are online, then try again.');
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => undefined);
  const message = problem?.detail ?? `The server answered with status ${response.status}. Try again. If it keeps failing, contact the operator.`;
  throw Object.assign(new Error(message), { status: response.status, code: problem?.code });
}
