import { register } from 'node:module';

// The server serves the client's modules below the page's own; in the repository they lie elsewhere.
const client = new URL('../src/', import.meta.url).href;
const hook = `export const resolve = (path, context, next) => next(path.replace(/^\\.\\.\\/client\\//, ${JSON.stringify(client)}), context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

/** As in a browser, what is stored is the object's own properties. */
class FakeStorage {
  getItem(key) {
    return this[key] ?? null;
  }

  setItem(key, value) {
    this[key] = value;
  }

  removeItem(key) {
    delete this[key];
  }
}

/** What the scripts of the chat page need of a browser. */
export function fakePage() {
  const page = new EventTarget();
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });
  delete globalThis.BroadcastChannel; // no other tabs; in Node.js one keeps the process alive
  Object.defineProperty(globalThis, 'localStorage', { value: new FakeStorage(), configurable: true });
}
