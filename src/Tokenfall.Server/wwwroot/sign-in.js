import { byId } from './dom.js';
import { call } from './session.js';

/** @param {() => Promise<unknown>} refresh asks again who is signed in, and shows what fits */
export function startSignIn(refresh) {
  const form = byId('sign-in').querySelector('form');
  const button = form.querySelector('button');

  form.addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    showSignInError('');
    button.disabled = true;
    try {
      const { email, password } = form.elements;
      await call('POST', '/account/sign-in', { email: email.value, password: password.value });
      form.reset();
      await refresh();
    } catch (error) {
      // Somebody has signed in or out in another tab meanwhile.
      if (/** @type {any} */ (error).status === 400) await refresh().catch(() => {});
      showSignInError(/** @type {Error} */ (error).message);
      form.elements.password.select();
    } finally {
      button.disabled = false;
    }
  });
}

/** @param {string} words */
export function showSignInError(words) {
  byId('sign-in-error').textContent = words;
}
