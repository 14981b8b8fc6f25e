// As much of a page as the recipes need: addresses are relative to the server, cookies are kept, and `react` is what a hook needs of React.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** Makes the globals those of a page. */
export function onPage(server, root) {
  const { fetch: realFetch, Request: RealRequest, EventSource: RealEventSource } = globalThis;
  const cookies = new Map();
  globalThis.Request = class extends RealRequest {
    constructor(url, init) {
      super(new URL(url, server), init);
    }
  };
  globalThis.fetch = async (url, init = {}) => {
    const headers = new Headers(init.headers);
    if (cookies.size) headers.set('Cookie', [...cookies].map((cookie) => cookie.join('=')).join('; '));
    const response = await realFetch(new URL(url, server), { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return response;
  };
  globalThis.EventSource = class extends RealEventSource {
    constructor(url) {
      super(new URL(url, server));
    }
  };
  const items = new Map();
  globalThis.sessionStorage = {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => items.set(name, value),
    removeItem: (name) => items.delete(name),
  };
  globalThis.tokenfall = pathToFileURL(`${root}/client/src/index.js`);

  let state = null;
  globalThis.fakeReact = {
    useEffect: () => {},
    useRef: (current) => ({ current }),
    useState: (initial) => {
      state = initial;
      return [initial, (next) => { state = typeof next === 'function' ? next(state) : next; }];
    },
  };
  return {
    hookState: () => state,
    // Node's EventSource sends no cookies.
    withoutReading: () => { globalThis.EventSource = class { addEventListener() {} }; },
  };
}

/** Imports a recipe, as a bundler or an import map would resolve its imports. */
export async function recipe(root, path) {
  const code = (await readFile(`${root}/samples/Snippets/Recipes/${path}`, 'utf8'))
    .replace("import { useEffect, useRef, useState } from 'react'", 'const { useEffect, useRef, useState } = globalThis.fakeReact')
    .replace("from 'tokenfall'", `from '${globalThis.tokenfall}'`);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
