// snippet: cookie-page
import { ask } from 'tokenfall';

let answer;

async function antiforgery() {
  const response = await fetch('/antiforgery');
  if (!response.ok) throw new Error('Sign in first.');
  return response.json();
}

export async function signIn(name, password) {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/sign-in', { method: 'POST', headers, body: JSON.stringify({ name, password }) });
  if (!response.ok) throw new Error('The name or the password is wrong.');
}

export function askSignedIn(prompt) {
  answer = ask('/ask/stream', { prompt }, { csrfToken: async () => (await antiforgery()).token });
  return answer;
}

export async function signOut() {
  await answer?.stop(); // first: an answer that has begun goes on, and signed out nobody can stop it
  const { token, header } = await antiforgery();
  const response = await fetch('/sign-out', { method: 'POST', headers: { [header]: token } });
  if (!response.ok) throw new Error('You are still signed in. Try again.');
}
// end snippet
