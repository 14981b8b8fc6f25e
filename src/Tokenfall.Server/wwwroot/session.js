/**
 * @typedef {object} Session
 * @property {string | null} user the e-mail of whoever is signed in
 * @property {string} csrfToken
 * @property {string | null} model
 * @property {boolean} demo
 * @property {boolean} signIn whether people sign in at all
 */

/** @returns {Promise<Session>} */
export async function loadSession() {
  return (await call('GET', '/account/session')).json();
}

/**
 * Calls the server, and puts every failure in words.
 *
 * @param {string} method
 * @param {string} path
 * @param {{ csrfToken?: string, body?: unknown }} [options]
 * @returns {Promise<Response>}
 * @throws {Error} its message is for the reader; `status` is the HTTP status, where there was one
 */
export async function call(method, path, { csrfToken, body } = {}) {
  const headers = new Headers({ Accept: 'application/json' });
  if (csrfToken) headers.set('X-CSRF-TOKEN', csrfToken);
  if (body) headers.set('Content-Type', 'application/json');
  const send = fetch(path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
  const response = await send.catch(() => {
    throw new Error('The server cannot be reached. Check that it is running and that you are online, then try again.');
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => undefined);
  const words = problem?.detail ?? `The server answered with status ${response.status}. Try again; if it stays so, ask whoever runs it.`;
  throw Object.assign(new Error(words), { status: response.status });
}
