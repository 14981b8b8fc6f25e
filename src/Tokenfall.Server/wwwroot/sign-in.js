import { byId } from './dom.js';
import { call } from './session.js';

/** @param {() => Promise<unknown>} refresh reloads the session and shows the matching part of the page */
export function startSignIn(refresh) {
  const form = byId('sign-in').querySelector('form');
  const button = form.querySelector('button');

  form.addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    showSignInError('');
    button.disabled = true;
    try {
      const { email, password } = form.elements;
      await call('POST', 'account/sign-in', { email: email.value, password: password.value });
      form.reset();
      await refresh();
    } catch (error) {
      // The session has changed in another tab meanwhile.
      if (/** @type {any} */ (error).status === 400) await refresh().catch(() => {});
      showSignInError(/** @type {Error} */ (error).message);
      form.elements.password.select();
    } finally {
      button.disabled = false;
    }
  });
}

/** @param {string} message */
export function showSignInError(message) {
  byId('sign-in-error').textContent = message;
}
