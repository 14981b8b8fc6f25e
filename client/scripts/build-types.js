// Writes the type declarations of src/ to dist/, from nothing, so that none is left of a module that is gone.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;

if (!existsSync(compiler)) {
  console.error('The type declarations cannot be built, because TypeScript is not installed here. Run `npm ci` first.');
  process.exit(1);
}
rmSync(`${root}dist`, { recursive: true, force: true });
process.exit(spawnSync(process.execPath, [compiler, '-p', root, '--noEmit', 'false'], { stdio: 'inherit' }).status ?? 1);
