// Usage: node web.mjs PROJECT_FOLDER ASSEMBLY [PAGE...]: runs a built application; its demo model must answer, and its pages be there.
import assert from 'node:assert/strict';
import path from 'node:path';
import { post, readToEnd, withServer } from './server.mjs';

const [folder, assembly, ...pages] = process.argv.slice(2);
const file = path.resolve(folder, 'bin/Debug/net10.0', `${assembly}.dll`);

await withServer('dotnet', [file], { cwd: folder }, async (address) => {
  for (const page of pages) {
    const response = await fetch(address + page);
    assert.equal(response.status, 200, `${page} answered ${response.status}`);
    await response.arrayBuffer();
  }
  const { text, last } = await readToEnd(await post(`${address}/ask/stream`, { prompt: 'What is a waterfall?' }));
  assert.equal(last.event, 'done');
  assert.equal(text.length, last.data.chars);
  assert.match(text, /What is a waterfall\?/);
});
