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

/** Web Locks of tabs, which hold theirs until they close. */
export function createLocks(...openTabs) {
  const holders = new Map(openTabs.map((id) => [`tokenfall:tab:${id}`, []]));
  return {
    async request(name, options, callback = options) {
      if (holders.has(name)) await new Promise((resolve) => holders.get(name).push(resolve));
      if (!options.signal?.aborted) await callback();
    },
    close(id) {
      const waiting = holders.get(`tokenfall:tab:${id}`);
      holders.delete(`tokenfall:tab:${id}`);
      for (const grant of waiting) grant();
    },
  };
}

/** What the scripts of the chat page need of a browser. */
export function fakePage({ locks } = {}) {
  const page = new EventTarget();
  Object.assign(globalThis, { addEventListener: page.addEventListener.bind(page), removeEventListener: page.removeEventListener.bind(page) });
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });
  Object.defineProperty(globalThis, 'localStorage', { value: new FakeStorage(), configurable: true });
}
