import { byId } from './dom.js';
import { call } from './session.js';

/** @param {{ token: () => string, refresh: () => Promise<unknown> }} page */
export function startSignIn({ token, refresh }) {
  const form = byId('sign-in').querySelector('form');
  const button = form.querySelector('button');

  form.addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    showError('');
    button.disabled = true;
    try {
      const { email, password } = form.elements;
      await call('POST', '/account/sign-in', { csrfToken: token(), body: { email: email.value, password: password.value } });
      form.reset();
      await refresh();
    } catch (error) {
      showError(/** @type {Error} */ (error).message);
      // The token belongs to a session that the server may have forgotten: the next try has a new one.
      if (/** @type {any} */ (error).status === 400) await refresh().catch(() => {});
      form.elements.password.select();
    } finally {
      button.disabled = false;
    }
  });
}

/** @param {string} words */
function showError(words) {
  byId('sign-in-error').textContent = words;
}
