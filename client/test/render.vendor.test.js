import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const npm = new URL('../node_modules/marked/', import.meta.url);
const page = new URL('../../src/Tokenfall.Server/wwwroot/vendor/marked/', import.meta.url);

test("the page's marked is the npm package's of the pinned version, byte for byte, with its license", () => {
  for (const [name, original] of [['marked.esm.js', 'lib/marked.esm.js'], ['LICENSE', 'LICENSE']]) {
    const [served, published] = [readFileSync(new URL(name, page)), readFileSync(new URL(original, npm))];
    assert.ok(served.equals(published), `Copy client/node_modules/marked/${original} to ${page.pathname}${name}.`);
  }
});
