import { once } from 'node:events';
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';

/**
 * Starts a server for one test on a free loopback port. `requests` records every request with its body.
 *
 * @param {import('node:test').TestContext} t
 * @param {(response: import('node:http').ServerResponse, request: { method: string, url: string, headers: object, body: string }) => unknown} respond
 */
export async function serve(t, respond) {
  const requests = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body });
    await respond(response, requests.at(-1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}/ask/stream`, requests };
}

/** Starts an event stream that sends every write separately. */
export function openEvents(response, { location, type = 'text/event-stream' } = {}) {
  response.socket.setNoDelay(true);
  response.writeHead(200, { 'content-type': type, ...(location && { location }) });
  response.flushHeaders();
}

/** Writes text byte by byte, so that characters and line endings are split wherever possible. */
export async function writeBytes(response, text) {
  for (const byte of Buffer.from(text)) {
    response.write(Uint8Array.of(byte));
    await setImmediate();
  }
}
