import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const entry = new URL('../src/render/index.js', import.meta.url);

test('the renderer, bundled and minified, is at most 5 KiB of gzip', async (t) => {
  const { outputFiles: [bundle] } = await build({
    entryPoints: [entry.pathname], bundle: true, minify: true, format: 'esm', target: 'es2022', write: false,
  });
  const size = gzipSync(bundle.contents, { level: 9 }).length;
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= 5120, `${size} bytes`);
});

test('importing the renderer needs no window and works in a worker', async () => {
  const worker = new Worker(`
    const { parentPort } = require('node:worker_threads');
    import(${JSON.stringify(entry.href)}).then((all) => parentPort.postMessage(Object.keys(all)));
  `, { eval: true });
  const names = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  await worker.terminate();
  assert.deepEqual(names, ['autoScroll', 'createRenderer', 'render']);
});
