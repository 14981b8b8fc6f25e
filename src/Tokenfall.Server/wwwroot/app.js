import { Chat } from './chat/chat.js';
import { startShortcuts } from './chat/shortcuts.js';
import { byId, showFailure } from './dom.js';
import { call, loadSession } from './session.js';
import { showSignInError, startSignIn } from './sign-in.js';

const anonymousAccount = 'anonymous';
const stopTimeout = 2000; // milliseconds that a sign-out waits for an answer to stop

/**
 * Loads the session and shows the chat or the sign-in form. Called at the start, and whenever the session may have changed.
 *
 * @param {string} [message] shown in the sign-in form
 */
async function refresh(message = '') {
  const { user, signIn, demo, model } = await loadSession();
  const signedIn = !signIn || user !== null;
  const wasSignedIn = !byId('chat').hidden;
  byId('sign-in').hidden = signedIn;
  byId('chat').hidden = byId('tools').hidden = !signedIn;
  byId('demo').hidden = !(signedIn && demo);
  byId('model').hidden = !(signedIn && model) || demo;
  byId('model').textContent = model ?? '';
  byId('account').hidden = user === null;
  byId('account').textContent = user?.slice(0, 1).toUpperCase() ?? '';
  byId('user').textContent = user ?? '';
  if (signedIn) chat.open(user ?? anonymousAccount);
  else chat.close();
  showSignInError(message);
  if (signedIn !== wasSignedIn || !signedIn) focus(signedIn);
}

/** @param {boolean} signedIn */
function focus(signedIn) {
  // On touch screens a focused box opens the keyboard, which hides half the page.
  if (matchMedia('(pointer: fine)').matches) byId(signedIn ? 'prompt' : 'email').focus();
}

const chat = new Chat(refresh);
startSignIn(refresh);
startShortcuts(chat);

byId('new').addEventListener('click', () => chat.startNew());
byId('examples').addEventListener('click', (/** @type {any} */ { target }) => {
  if (target.tagName === 'BUTTON') chat.compose(target.textContent);
});

byId('sign-out').addEventListener('click', async () => {
  try {
    byId('menu').hidePopover();
    // After signing out nobody could read it any more.
    await Promise.race([chat.stop().catch(() => {}), new Promise((resolve) => setTimeout(resolve, stopTimeout))]);
    await call('POST', 'account/sign-out');
    chat.clear();
    await refresh();
  } catch (error) {
    showFailure(error);
  }
});

// The session may have ended while nobody looked, and whoever looks now may be someone else.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && !byId('chat').hidden) refresh('You were signed out.').catch(() => {});
});

refresh().catch(showFailure);
