// snippet: cookie-page
import { ask } from 'tokenfall';

const csrfToken = async () => (await (await fetch('/antiforgery')).json()).token;

export async function signIn(name, password) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/sign-in', { method: 'POST', headers, body: JSON.stringify({ name, password }) });
  if (!response.ok) throw new Error('The name or the password is wrong.');
}

export const askSignedIn = (prompt) => ask('/ask/stream', { prompt }, { csrfToken });
// end snippet
