import { startChat } from './chat.js';
import { byId, showFailure } from './dom.js';
import { call, loadSession } from './session.js';
import { startSignIn } from './sign-in.js';

/** @type {import('./session.js').Session} */
let session;

/** Asks who is signed in, and shows what fits. Called at the start, and whenever the server no longer knows this session. */
async function refresh() {
  session = await loadSession();
  const inside = !session.signIn || session.user !== null;
  byId('account').hidden = session.user === null;
  byId('user').textContent = session.user ?? '';
  byId('demo').hidden = !(inside && session.demo);
  byId('sign-in').hidden = inside;
  byId('chat').hidden = !inside;
  byId(inside ? 'prompt' : 'email').focus();
  return inside;
}

const token = () => session.csrfToken;
const chat = startChat({ token, refresh });
startSignIn({ token, refresh });

byId('sign-out').addEventListener('click', async () => {
  try {
    await call('POST', '/account/sign-out', { csrfToken: token() });
    chat.clear();
    await refresh();
  } catch (error) {
    showFailure(error);
  }
});

refresh().catch(showFailure);
