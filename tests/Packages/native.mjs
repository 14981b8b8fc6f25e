// Usage: node native.mjs BINARY: a native binary must stream, resume and stop. The last line says its size and its time to the first token.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { eventsOf, post, readToEnd, withServer } from './server.mjs';

const [binary] = process.argv.slice(2);
const started = performance.now();
let figures;

await withServer(binary, [], { cwd: '.' }, async (address) => {
  const milliseconds = await firstToken(address);
  await resumes(address);
  await stops(address);
  await acceptsAndRefuses(address);
  await probes(address);
  const megabytes = statSync(binary).size / 1e6;
  figures = `${megabytes.toFixed(1)} MB, first token ${milliseconds.toFixed(0)} ms after the start of the process`;
});
await readsSettings();
console.log(figures);

async function firstToken(address) {
  let milliseconds;
  for await (const { event } of eventsOf(await post(`${address}/echo/stream`, { text: 'Hello' }))) {
    if (event === 'delta') milliseconds ??= performance.now() - started;
  }
  assert.ok(milliseconds, 'no token came');
  return milliseconds;
}

async function resumes(address) {
  const cut = new AbortController();
  const response = await post(`${address}/ask/stream`, { prompt: 'What is a waterfall?' }, {}, cut.signal);
  const location = response.headers.get('Location');
  let text = '';
  let id;
  try {
    for await (const frame of eventsOf(response)) {
      if (frame.event === 'delta') text += frame.data.text;
      id = frame.id;
      if (text.length > 20) cut.abort();
    }
    assert.fail('the stream ended before it was cut');
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
  const rest = await readToEnd(await fetch(address + location, { headers: { 'Last-Event-ID': id } }));
  assert.equal(rest.last.event, 'done');
  assert.equal(text.length + rest.text.length, rest.last.data.chars, 'text was lost or repeated');
}

async function stops(address) {
  const response = await post(`${address}/echo/stream`, { text: 'Hello', wait: true });
  const stop = await fetch(address + response.headers.get('Location'), { method: 'DELETE' });
  assert.equal(stop.status, 202);
  const { last } = await readToEnd(response);
  assert.equal(last.data.stop_reason, 'stopped');
}

async function acceptsAndRefuses(address) {
  const form = new URLSearchParams({ prompt: 'What is a waterfall?' });
  const accepted = await fetch(`${address}/ask/stream`, { method: 'POST', body: form, headers: { Prefer: 'respond-async' } });
  assert.equal(accepted.status, 202);
  assert.equal((await accepted.json()).location, accepted.headers.get('Location'));

  for (const [path, body] of [['/ask/stream', { prompt: 5 }], ['/echo/stream', { text: [] }]]) {
    const refused = await post(address + path, body);
    assert.equal(refused.status, 400);
    assert.equal((await refused.json()).code, 'malformed_json');
  }
}

async function probes(address) {
  const id = 'a-probe-with-a-name';
  await readToEnd(await fetch(`${address}/ask/stream/probe?count=1&interval=1&id=${id}`));
  const record = await (await fetch(`${address}/ask/stream/probe/${id}`)).json();
  assert.equal(record.state, 'finished');
}

async function readsSettings() {
  await withServer(binary, ['--anthropic'], { cwd: '.', env: { Tokenfall__MaxPromptLength: '3', ANTHROPIC_API_KEY: 'none' } }, async (address) => {
    const refused = await post(`${address}/ask/stream`, { prompt: 'four' });
    assert.equal((await refused.json()).code, 'prompt_too_long');
  });
}
