// Runs the JavaScript recipes as a page would: addresses are relative to the server, and `react` is as much of React as a hook needs.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [server, root] = process.argv.slice(2);
const recipes = `${root}/samples/Snippets/Recipes/Clients`;
const realFetch = globalThis.fetch;
globalThis.fetch = (url, options) => realFetch(new URL(url, server), options);
const RealEventSource = globalThis.EventSource;
globalThis.EventSource = class extends RealEventSource {
  constructor(url) {
    super(new URL(url, server));
  }
};

let state = null;
globalThis.fakeReact = {
  useEffect: () => {},
  useRef: (current) => ({ current }),
  useState: (initial) => {
    state = initial;
    return [initial, (next) => { state = typeof next === 'function' ? next(state) : next; }];
  },
};

const byFetch = await import(pathToFileURL(`${recipes}/fetch.js`));
let text = '';
await byFetch.ask('Hi', (piece) => { text += piece; });
console.log(`fetch: ${text}`);

const byEventSource = await import(pathToFileURL(`${recipes}/event-source.js`));
text = '';
await new Promise((resolve) => { void byEventSource.ask('Hi', (piece) => { text += piece; }, resolve); });
console.log(`event-source: ${text}`);

const hook = (await readFile(`${recipes}/use-answer.js`, 'utf8'))
  .replace("import { useEffect, useRef, useState } from 'react'", 'const { useEffect, useRef, useState } = globalThis.fakeReact')
  .replace("'tokenfall'", `'${pathToFileURL(`${root}/client/src/index.js`)}'`);
const { useAnswer } = await import(`data:text/javascript,${encodeURIComponent(hook)}`);
const view = useAnswer(new URL('/ask/stream', server).href);
view.start({ prompt: 'Hi' });
while (!['done', 'failed'].includes(state.state)) await new Promise(setImmediate);
console.log(`react: ${state.error ?? state.text}`);
