import { idInAddress, replaceAddress } from './address.js';
import { Chat } from './chat/chat.js';
import { startShortcuts } from './chat/shortcuts.js';
import { onChange, publishChange } from './conversations/changes.js';
import { clearLegacy, importLegacy } from './conversations/legacy.js';
import { Sidebar } from './conversations/sidebar.js';
import { byId, showFailure } from './dom.js';
import { call, loadSession } from './session.js';
import { showSignInError, startSignIn } from './sign-in.js';
import { showErrorToast } from './toasts.js';

const anonymousAccount = 'anonymous';
const stopTimeout = 2000; // milliseconds that a sign-out waits for answers to stop

/** Whether this page has tried to move to the server what an earlier version has stored. */
let hasImported = false;

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
  byId('chat').hidden = byId('tools').hidden = byId('sidebar-open').hidden = !signedIn;
  byId('demo').hidden = !(signedIn && demo);
  byId('model').hidden = !(signedIn && model) || demo;
  byId('model').textContent = model ?? '';
  byId('account').hidden = user === null;
  byId('account').textContent = user?.slice(0, 1).toUpperCase() ?? '';
  byId('user').textContent = user ?? '';
  if (signedIn) open(user ?? anonymousAccount);
  else close();
  showSignInError(message);
  if (signedIn !== wasSignedIn || !signedIn) focus(signedIn);
}

/** @param {string} account */
async function open(account) {
  clearLegacy(account);
  chat.open(account);
  sidebar.open();
  if (hasImported) return;
  hasImported = true;
  try {
    const imported = await importLegacy(account);
    if (!imported) return;
    sidebar.open();
    if (!idInAddress() && !chat.shownId) {
      replaceAddress(imported);
      chat.show(imported);
    }
  } catch (error) {
    showErrorToast('The conversation that this browser has stored could not be moved to the server. It is tried again when the page is loaded.', error);
  }
}

function close() {
  clearLegacy();
  chat.close();
  sidebar.close();
}

/** @param {boolean} signedIn */
function focus(signedIn) {
  // On touch screens a focused box opens the keyboard, which hides half the page.
  if (matchMedia('(pointer: fine)').matches) byId(signedIn ? 'prompt' : 'email').focus();
}

const chat = new Chat(refresh);
const sidebar = new Sidebar(chat);
startSignIn(refresh);
startShortcuts(chat, sidebar);

byId('new').addEventListener('click', () => chat.startNew());
byId('examples').addEventListener('click', (/** @type {any} */ { target }) => {
  if (target.tagName === 'BUTTON') chat.compose(target.textContent);
});

byId('sign-out').addEventListener('click', async () => {
  try {
    byId('menu').hidePopover();
    await sidebar.finish();
    // After signing out nobody could read them any more.
    await Promise.race([chat.stopAll().catch(() => {}), new Promise((resolve) => setTimeout(resolve, stopTimeout))]);
    await call('POST', 'account/sign-out');
    publishChange({ kind: 'signed-out' });
    chat.clear();
    await refresh();
  } catch (error) {
    showFailure(error);
  }
});

onChange(({ kind }) => {
  if (kind !== 'signed-out' || byId('chat').hidden) return;
  chat.clear();
  refresh('You were signed out in another tab.').catch(() => {});
});

// The session may have ended while nobody looked, and whoever looks now may be someone else.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && !byId('chat').hidden) refresh('You were signed out.').catch(() => {});
});

refresh().catch(showFailure);
