import { announce, byId, make, makeButton, showFailure } from './dom.js';
import { call, loadSession } from './session.js';

/** @typedef {{ id: number, name: string, hint: string, createdAt: string, key?: string }} ApiKey */

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const rows = byId('list').tBodies[0];

async function start() {
  const session = await loadSession();
  if (!session.signIn) return showFailure('Sign-in is switched off on this server, so programs need no key.');
  if (session.user === null) return location.replace('/');
  byId('user').textContent = session.user;
  await showKeys();
  byId('keys').hidden = false;
}

async function showKeys() {
  /** @type {ApiKey[]} */
  const keys = await (await call('GET', '/account/keys')).json();
  rows.replaceChildren(...keys.map(row));
  byId('list').hidden = keys.length === 0;
  byId('none').hidden = keys.length > 0;
}

/** @param {ApiKey} key */
function row(key) {
  const revoke = makeButton('Revoke', attempt(async () => {
    if (!confirm(`Revoke “${key.name}”? Programs that use it stop working at once.`)) return;
    await call('DELETE', `/account/keys/${key.id}`);
    await showKeys();
    byId('name').focus();
    announce(`${key.name} is revoked`);
  }));
  revoke.setAttribute('aria-label', `Revoke ${key.name}`);

  const cells = [key.name, `tfk_…${key.hint}`, date.format(new Date(key.createdAt)), revoke].map((content) => make('td', '', content));
  return make('tr', '', ...cells);
}

byId('add').addEventListener('submit', attempt(async (event) => {
  event.preventDefault();
  const name = byId('name').value;
  /** @type {ApiKey} */
  const made = await (await call('POST', '/account/keys', { name })).json();
  byId('name').value = '';
  byId('secret').value = made.key;
  byId('made').hidden = false;
  byId('secret').select();
  byId('copy').textContent = 'Copy';
  await showKeys();
}));

byId('copy').addEventListener('click', attempt(async () => {
  byId('secret').select();
  await navigator.clipboard.writeText(byId('secret').value);
  byId('copy').textContent = 'Copied';
  announce('Key copied');
}));

/**
 * An event handler whose failure is shown on the page.
 *
 * @param {(event: Event) => Promise<void>} work
 * @returns {(event?: any) => Promise<void>}
 */
function attempt(work) {
  return async (event) => {
    byId('failure').hidden = true;
    try {
      await work(event);
    } catch (error) {
      showFailure(error);
    }
  };
}

start().catch(showFailure);
