import { addressOf } from './base.js';
import { announce, byId, make, makeButton, showFailure } from './dom.js';
import { call, loadSession } from './session.js';

/** @typedef {{ id: number, name: string, hint: string, createdAt: string, key?: string }} ApiKey */

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const rows = byId('list').tBodies[0];

async function start() {
  const session = await loadSession();
  if (!session.signIn) return showFailure('This server does not require sign-in, so programs do not need a key.');
  if (session.user === null) return location.replace(addressOf('.'));
  byId('user').textContent = session.user;
  await showKeys();
  byId('keys').hidden = false;
}

async function showKeys() {
  /** @type {ApiKey[]} */
  const keys = await (await call('GET', 'account/keys')).json();
  rows.replaceChildren(...keys.map(row));
  byId('list').hidden = keys.length === 0;
  byId('none').hidden = keys.length > 0;
}

/** @param {ApiKey} key */
function row(key) {
  const revoke = makeButton('Revoke', withErrors(async () => {
    if (!confirm(`Revoke “${key.name}”? Programs that use it will stop working immediately.`)) return;
    await call('DELETE', `account/keys/${key.id}`);
    await showKeys();
    byId('name').focus();
    announce(`${key.name} was revoked`);
  }));
  revoke.setAttribute('aria-label', `Revoke ${key.name}`);

  const cells = [key.name, `tfk_…${key.hint}`, date.format(new Date(key.createdAt)), revoke].map((content) => make('td', '', content));
  return make('tr', '', ...cells);
}

byId('add').addEventListener('submit', withErrors(async (event) => {
  event.preventDefault();
  const name = byId('name').value;
  /** @type {ApiKey} */
  const made = await (await call('POST', 'account/keys', { name })).json();
  byId('name').value = '';
  byId('secret').value = made.key;
  byId('made').hidden = false;
  byId('secret').select();
  byId('copy').textContent = 'Copy';
  await showKeys();
}));

byId('copy').addEventListener('click', withErrors(async () => {
  byId('secret').select();
  await navigator.clipboard.writeText(byId('secret').value);
  byId('copy').textContent = 'Copied';
  announce('Key copied');
}));

/**
 * Wraps an event handler so that its errors are shown on the page.
 *
 * @param {(event: Event) => Promise<void>} handler
 * @returns {(event?: any) => Promise<void>}
 */
function withErrors(handler) {
  return async (event) => {
    byId('failure').hidden = true;
    try {
      await handler(event);
    } catch (error) {
      showFailure(error);
    }
  };
}

start().catch(showFailure);
