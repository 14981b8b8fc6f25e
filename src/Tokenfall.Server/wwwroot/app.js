import { Chat } from './chat/chat.js';
import { startShortcuts } from './chat/shortcuts.js';
import { byId, showFailure } from './dom.js';
import { call, loadSession } from './session.js';
import { showSignInError, startSignIn } from './sign-in.js';

const withoutSignIn = 'anonymous';
const stopTime = 2000; // milliseconds that a sign-out waits for an answer to stop

/**
 * Asks who is signed in, and shows what fits. Called at the start, and whenever that may have changed.
 *
 * @param {string} [why] the words above the sign-in form, should that be what fits
 */
async function refresh(why = '') {
  const { user, signIn, demo, model } = await loadSession();
  const inside = !signIn || user !== null;
  const wasInside = !byId('chat').hidden;
  byId('sign-in').hidden = inside;
  byId('chat').hidden = byId('tools').hidden = !inside;
  byId('demo').hidden = !(inside && demo);
  byId('model').hidden = !(inside && model) || demo;
  byId('model').textContent = model ?? '';
  byId('account').hidden = user === null;
  byId('account').textContent = user?.slice(0, 1).toUpperCase() ?? '';
  byId('user').textContent = user ?? '';
  if (inside) chat.open(user ?? withoutSignIn);
  else chat.close();
  showSignInError(why);
  if (inside !== wasInside || !inside) focus(inside);
}

/** @param {boolean} inside */
function focus(inside) {
  // Where a finger points, a focused box brings up the keyboard, which hides half the page.
  if (matchMedia('(pointer: fine)').matches) byId(inside ? 'prompt' : 'email').focus();
}

const chat = new Chat(refresh);
startSignIn(refresh);
startShortcuts(chat);

byId('new').addEventListener('click', () => chat.startAnew());
byId('examples').addEventListener('click', (/** @type {any} */ { target }) => {
  if (target.tagName === 'BUTTON') chat.compose(target.textContent);
});

byId('sign-out').addEventListener('click', async () => {
  try {
    byId('menu').hidePopover();
    // Nobody could read it any more.
    await Promise.race([chat.stop().catch(() => {}), new Promise((resolve) => setTimeout(resolve, stopTime))]);
    await call('POST', '/account/sign-out');
    chat.forget();
    await refresh();
  } catch (error) {
    showFailure(error);
  }
});

refresh().catch(showFailure);
