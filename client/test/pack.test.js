import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openEvents, serve } from '../support/server.js';
import { answerOf, run, wire } from '../support/wire.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const npm = (folder, ...args) => execute('npm', [...args, '--no-audit', '--no-fund', '--offline', '--loglevel=error'], { cwd: folder });

let project;
let packed;

before(async () => {
  project = mkdtempSync(join(tmpdir(), 'tokenfall-pack-'));
  const { stdout } = await npm(root, 'pack', '--json', '--pack-destination', project);
  [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))); // what the prepack script prints comes first
  writeFileSync(join(project, 'package.json'), '{"type":"module","private":true}');
  await npm(project, 'install', `./${packed.filename}`);
});

after(() => rmSync(project, { recursive: true }));

test('the package holds its sources, their types and what must go with them, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);
  for (const path of ['LICENSE', 'README.md', 'package.json', 'src/index.js', 'dist/index.d.ts', 'dist/tabs.d.ts']) assert.ok(paths.includes(path), path);
  const other = paths.filter((path) => !/^(src\/.+\.js|dist\/.+\.d\.ts|LICENSE|README\.md|package\.json)$/.test(path));
  assert.deepEqual(other, []);
});

test('installed into an empty project it brings nothing with it', () => {
  assert.deepEqual(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')), ['tokenfall']);
});

test('installed into an empty project it asks, and resumes after a lost connection', async (t) => {
  const events = answerOf(['Water, ', 'falling.']);
  const { url, requests } = await serve(t, (response, { method }) => {
    openEvents(response, { location: `/ask/stream/${run}` });
    if (method === 'POST') response.write(wire(events.slice(0, 2), { first: 1 }), () => response.destroy());
    else response.end(wire(events.slice(2), { first: 3 }));
  });
  writeFileSync(join(project, 'ask.js'), `
    import { ask } from 'tokenfall';
    import { publishRun } from 'tokenfall/tabs';
    const answer = ask(process.argv[2], { prompt: 'Hi' });
    publishRun('conversation', answer);
    let text = '';
    for await (const piece of answer) text += piece;
    console.log(answer.state, text);`);
  const { stdout } = await execute(process.execPath, ['ask.js', url], { cwd: project });
  assert.equal(stdout, 'done Water, falling.\n');
  assert.deepEqual(requests.map(({ method }) => method), ['POST', 'GET']);

});

for (const library of ['dom', 'node']) {
  test(`installed into an empty project its types work with ${library === 'dom' ? "TypeScript's DOM library" : '@types/node and no DOM library'}`, async () => {
    cpSync(join(root, 'test/types'), join(project, 'types'), { recursive: true });
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    await execute(process.execPath, [compiler, '-p', join(project, 'types', library), '--typeRoots', join(root, 'node_modules/@types')]);
    assert.ok(existsSync(join(project, 'node_modules/tokenfall/dist/index.d.ts')));
  });
}

test('its package.json can be read, as tools do', async () => {
  writeFileSync(join(project, 'version.js'), `
    import { createRequire } from 'node:module';
    console.log(createRequire(import.meta.url)('tokenfall/package.json').name);`);
  const { stdout } = await execute(process.execPath, ['version.js'], { cwd: project });
  assert.equal(stdout, 'tokenfall\n');
});

test('packing a fresh clone without npm ci fails, and says to run it', async (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'tokenfall-clone-'));
  t.after(() => rmSync(clone, { recursive: true }));
  for (const name of ['package.json', 'tsconfig.json', 'scripts', 'src']) cpSync(join(root, name), join(clone, name), { recursive: true });
  await assert.rejects(npm(clone, 'pack'), ({ stderr }) => /Run `npm ci` first/.test(stderr));
  assert.deepEqual(readdirSync(clone).filter((name) => name.endsWith('.tgz')), []);
});
