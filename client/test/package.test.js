import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const source = new URL('../src/', import.meta.url);
const files = readdirSync(source).filter((name) => name.endsWith('.js')).map((name) => ({ name, text: readFileSync(new URL(name, source), 'utf8') }));

/** Enough for this code: block comments, the rest of a line behind `//`, indentation. Names stay as long as they are. */
const strip = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, '').replace(/^\s+/gm, '');

test('the core, bundled and minified, is at most 6 KiB of gzip', async (t) => {
  const { outputFiles } = await build({ entryPoints: [fileURLToPath(new URL('index.js', source))], bundle: true, minify: true, format: 'esm', write: false });
  const size = gzipSync(outputFiles[0].contents, { level: 9 }).length;
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= 6144, `${size} bytes`);
});

test('modules are imported by relative paths with extensions, so that a browser takes them as they are', () => {
  for (const { name, text } of files) {
    for (const [, path] of text.matchAll(/\bfrom '(.*)'/g)) assert.match(path, /^\.\/[a-z-]+\.js$/, name);
  }
});

test('nothing is evaluated from strings', () => {
  for (const { name, text } of files) assert.doesNotMatch(strip(text), /\beval\b|\bFunction\(/, name);
});

test('importing needs no window and works in a worker', async () => {
  const worker = new Worker(`
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(new URL('index.js', source).href)}).then((all) => parentPort.postMessage(Object.keys(all)));
  `, { eval: true });
  const names = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  await worker.terminate();
  assert.deepEqual(names, ['TokenfallError', 'ask', 'attach', 'createParser']);
});
