// Starts an application and reads its streams, for the checks of the packed packages.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts an application on a free port; resolves with its address when it listens. Kills it when `use` is done. */
export async function withServer(command, args, { cwd, env = {} }, use) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env, ASPNETCORE_URLS: 'http://127.0.0.1:0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await use(await addressOf(child));
  } finally {
    const closed = new Promise((resolve) => { child.once('close', resolve); });
    if (child.kill('SIGKILL')) await closed;
  }
}

async function addressOf(child) {
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      console.log(line);
      const match = /Now listening on: (\S+)/.exec(line);
      if (match) resolve(match[1]);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The application ended with code ${code} before it listened.`)));
  });
  return address;
}

/** Posts JSON; the response is there as soon as its headers are. */
export function post(url, body, headers = {}, signal = undefined) {
  return fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers }, signal });
}

/** The events of a response: `{ event, id, data }`, with `data` parsed. */
export async function* eventsOf(response) {
  if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const frames = text.split('\n\n');
    text = frames.pop();
    for (const frame of frames) {
      const fields = Object.fromEntries(frame.split('\n').map((line) => line.split(/: ?(.*)/s, 2)));
      if (fields.event) yield { event: fields.event, id: fields.id, data: JSON.parse(fields.data) };
    }
  }
}

/** Reads a response to its end: the whole text and the terminal event. */
export async function readToEnd(response) {
  let text = '';
  let last;
  for await (const frame of eventsOf(response)) {
    if (frame.event === 'delta') text += frame.data.text;
    last = frame;
  }
  return { text, last };
}
