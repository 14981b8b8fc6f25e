import { byId, make } from '../dom.js';

const mac = navigator.platform.startsWith('Mac');

/**
 * A keyboard shortcut that works wherever the focus is. Keys are matched by their position (`code`), because Alt on a Mac changes the
 * letter.
 *
 * @typedef {object} Shortcut
 * @property {string} label what it does
 * @property {string[]} keys as displayed
 * @property {(event: KeyboardEvent) => boolean} [matches]
 * @property {() => void} [run] missing for keys that the text box itself handles
 */

/**
 * @param {import('./chat.js').Chat} chat
 * @param {import('../conversations/sidebar.js').Sidebar} sidebar
 */
export function startShortcuts(chat, sidebar) {
  /** @type {Shortcut[]} */
  const shortcuts = [
    { label: 'Send', keys: ['Enter'] },
    { label: 'New line', keys: ['Shift', 'Enter'] },
    { label: 'Edit the last question', keys: ['↑'] },
    { label: 'Stop the answer', keys: ['Esc'], matches: (event) => event.key === 'Escape' && !document.querySelector(':popover-open, dialog[open]'), run: () => chat.stop() },
    { label: 'Go to the text box', keys: [alt, 'Shift', 'I'], matches: withAlt('KeyI'), run: () => chat.compose() },
    { label: 'Copy the last answer', keys: [alt, 'Shift', 'C'], matches: withAlt('KeyC'), run: () => chat.copyLast() },
    { label: 'Ask the last question again', keys: [alt, 'Shift', 'R'], matches: withAlt('KeyR'), run: () => chat.askLastAgain() },
    { label: 'New chat', keys: [alt, 'Shift', 'N'], matches: withAlt('KeyN'), run: () => chat.startNew() },
    { label: 'Search the conversations', keys: [alt, 'Shift', 'F'], matches: withAlt('KeyF'), run: () => sidebar.search() },
    { label: 'Show or hide the conversations', keys: [alt, 'Shift', 'S'], matches: withAlt('KeyS'), run: () => sidebar.toggle() },
    { label: 'Undo a deletion', keys: [alt, 'Shift', 'Z'], matches: withAlt('KeyZ'), run: () => sidebar.undo() },
    { label: 'Show or hide this list', keys: [alt, 'Shift', 'K'], matches: withAlt('KeyK'), run: () => byId('help').togglePopover() },
  ];
  addEventListener('keydown', (event) => {
    const shortcut = byId('chat').hidden ? undefined : shortcuts.find(({ matches }) => matches?.(event));
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run?.();
  });
  byId('shortcuts').replaceChildren(...shortcuts.flatMap(({ label, keys }) => [
    make('dt', '', label),
    make('dd', '', ...keys.map((key) => make('kbd', '', key))),
  ]));
}

const alt = mac ? '⌥' : 'Alt';

/** @param {string} code */
function withAlt(code) {
  return (/** @type {KeyboardEvent} */ event) => event.code === code && event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey;
}
