import { byId } from '../dom.js';

const stateKey = 'tokenfall.sidebar';
const wide = matchMedia('(min-width: 56rem)');

/** The panel beside the chat: open or closed, which is remembered; on a narrow window a drawer over the page, which is not. */
export class Panel {
  #element = byId('sidebar');
  /** What cannot be used while the drawer is open. */
  #behind = [document.querySelector('header'), byId('chat')];

  constructor() {
    byId('sidebar-open').addEventListener('click', () => this.#toggle(true));
    byId('sidebar-close').addEventListener('click', () => this.#toggle(false));
    byId('sidebar-backdrop').addEventListener('click', () => this.#toggle(false));
    this.#element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape' || wide.matches || document.querySelector(':popover-open, dialog[open]')) return;
      event.stopPropagation();
      this.#toggle(false);
    });
    wide.addEventListener('change', () => this.#show(wide.matches && isOpenByChoice()));
    this.#show(wide.matches && isOpenByChoice());
  }

  get isOpen() {
    return document.body.dataset.sidebar === 'open';
  }

  /** Whether somebody is signed in, so that there is something to show. @param {boolean} enabled */
  set enabled(enabled) {
    this.#element.hidden = !enabled;
    document.body.classList.toggle('with-sidebar', enabled);
    if (!enabled && !wide.matches) this.#show(false);
  }

  toggle() {
    this.#toggle(!this.isOpen);
  }

  /** Opens it. */
  open() {
    if (!this.isOpen) this.#toggle(true);
  }

  /** Closes the drawer, because the chat is shown; what is beside the chat stays. */
  closeDrawer() {
    if (!wide.matches) this.#show(false);
  }

  /** @param {boolean} open */
  #toggle(open) {
    if (wide.matches) store(open);
    this.#show(open);
    byId(open ? 'sidebar-close' : 'sidebar-open').focus();
  }

  /** @param {boolean} open */
  #show(open) {
    document.body.dataset.sidebar = open ? 'open' : 'closed';
    this.#element.inert = !open;
    byId('sidebar-open').setAttribute('aria-expanded', String(open));
    for (const element of this.#behind) if (element) element.inert = open && !wide.matches;
  }
}

// Without local storage nothing is remembered, and nothing fails.
function isOpenByChoice() {
  try {
    return localStorage.getItem(stateKey) !== 'closed';
  } catch {
    return true;
  }
}

/** @param {boolean} open */
function store(open) {
  try {
    if (open) localStorage.removeItem(stateKey);
    else localStorage.setItem(stateKey, 'closed');
  } catch {
    // as above
  }
}
