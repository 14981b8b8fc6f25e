import { byId, make } from '../dom.js';

const mac = navigator.platform.startsWith('Mac');

/**
 * A key press that does something wherever the focus is. Keys go by their place on the keyboard (`code`), so that Alt on a Mac, which
 * turns letters into others, does not hide them.
 *
 * @typedef {object} Shortcut
 * @property {string} words what it does
 * @property {string[]} keys as they are shown
 * @property {(event: KeyboardEvent) => boolean} [fits]
 * @property {() => void} [act] none: the key works only in the box, which sees to it itself
 */

/** @param {import('./chat.js').Chat} chat */
export function startShortcuts(chat) {
  /** @type {Shortcut[]} */
  const shortcuts = [
    { words: 'Send', keys: ['Enter'] },
    { words: 'New line', keys: ['Shift', 'Enter'] },
    { words: 'Change the last question', keys: ['↑'] },
    { words: 'Stop the answer', keys: ['Esc'], fits: (event) => event.key === 'Escape' && !document.querySelector(':popover-open'), act: () => chat.stop() },
    { words: 'Go to the box', keys: [alt, 'Shift', 'I'], fits: withAlt('KeyI'), act: () => chat.compose() },
    { words: 'Copy the last answer', keys: [alt, 'Shift', 'C'], fits: withAlt('KeyC'), act: () => chat.copyLast() },
    { words: 'Ask the last question again', keys: [alt, 'Shift', 'R'], fits: withAlt('KeyR'), act: () => chat.askLastAgain() },
    { words: 'New chat', keys: [alt, 'Shift', 'N'], fits: withAlt('KeyN'), act: () => chat.startAnew() },
    { words: 'This list', keys: [alt, 'Shift', 'K'], fits: withAlt('KeyK'), act: () => byId('help').togglePopover() },
  ];
  addEventListener('keydown', (event) => {
    const shortcut = byId('chat').hidden ? undefined : shortcuts.find(({ fits }) => fits?.(event));
    if (!shortcut) return;
    event.preventDefault();
    shortcut.act?.();
  });
  byId('shortcuts').replaceChildren(...shortcuts.flatMap(({ words, keys }) => [
    make('dt', '', words),
    make('dd', '', ...keys.map((key) => make('kbd', '', key))),
  ]));
}

const alt = mac ? '⌥' : 'Alt';

/** @param {string} code */
function withAlt(code) {
  return (/** @type {KeyboardEvent} */ event) => event.code === code && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
}
