/**
 * @typedef {object} Session
 * @property {string | null} user the e-mail of whoever is signed in
 * @property {string} csrfToken
 * @property {string | null} model
 * @property {boolean} demo
 * @property {boolean} signIn whether people sign in at all
 */

/** @type {Session | undefined} as the server last told it */
let session;

/**
 * Asks the server who is signed in.
 *
 * @returns {Promise<Session>}
 */
export async function loadSession() {
  const response = await call('GET', '/account/session');
  session = /** @type {Session} */ (await response.json());
  return session;
}

/** The antiforgery token of the session. */
export const csrfToken = () => session?.csrfToken ?? '';

/**
 * `fetch`, except that a request whose antiforgery token has gone stale is sent once more with a new one: the server has done
 * nothing with the first. Not when somebody else is signed in by now: they never asked for it.
 *
 * @param {RequestInfo | URL} url
 * @param {RequestInit} [init]
 * @returns {Promise<Response>}
 */
export async function fetchWithToken(url, init = {}) {
  const response = await fetch(url, init);
  if (response.status !== 400 || !(await isStale(response.clone()))) return response;
  const before = session?.user;
  const { user } = await loadSession();
  if (user !== before) return response;
  const headers = new Headers(init.headers);
  headers.set('X-CSRF-TOKEN', csrfToken());
  return fetch(url, { ...init, headers });
}

/** @param {Response} response */
async function isStale(response) {
  const problem = await response.json().catch(() => undefined);
  return problem?.code === 'antiforgery';
}

/**
 * Calls the server, and puts every failure in words.
 *
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<Response>}
 * @throws {Error} its message is for the reader; `status` is the HTTP status, where there was one
 */
export async function call(method, path, body) {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') headers.set('X-CSRF-TOKEN', csrfToken());
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const send = fetchWithToken(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const response = await send.catch(() => {
    throw new Error('The server cannot be reached. Check that it is running and that you are online, then try again.');
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => undefined);
  const words = problem?.detail ?? `The server answered with status ${response.status}. Try again; if it stays so, ask whoever runs it.`;
  throw Object.assign(new Error(words), { status: response.status });
}
