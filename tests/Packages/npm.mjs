// Usage: node npm.mjs PROJECT_FOLDER ASSEMBLY SCRIPT: the compiled script must read a whole answer from a built application.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { withServer } from './server.mjs';

const [folder, assembly, script] = process.argv.slice(2);
const file = path.resolve(folder, 'bin/Debug/net10.0', `${assembly}.dll`);

await withServer('dotnet', [file], { cwd: folder }, async (address) => {
  const { stdout } = await promisify(execFile)(process.execPath, [script, `${address}/ask/stream`]);
  console.log(stdout);
  assert.match(stdout, /^done, [1-9]\d* characters, [1-9]\d* tokens, function/);
});
