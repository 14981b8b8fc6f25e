import { once } from 'node:events';
import { createServer } from 'node:http';
import { tokens } from './text.mjs';

const html = '<!doctype html><meta charset="utf-8"><title>Rendering</title><link rel="icon" href="data:,">'
  + '<style>body { margin: 0 auto; max-width: 46rem; font: 16px/1.5 sans-serif; overflow-wrap: anywhere } pre { overflow-x: auto }</style>'
  + '<div id="answer"></div><script src="/page.js"></script>';

/**
 * Serves the page, and answers in Tokenfall's dialect: `POST /stream?count=&rate=`, with `rate` tokens a second or as fast as
 * they are taken.
 *
 * @param {Uint8Array} script the bundled page
 */
export async function startServer(script) {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/stream') {
      stream(response, Number(url.searchParams.get('count')), Number(url.searchParams.get('rate'))).catch(() => response.destroy());
    } else {
      response.setHeader('Content-Type', url.pathname === '/page.js' ? 'text/javascript' : 'text/html');
      response.end(url.pathname === '/page.js' ? script : html);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} count
 * @param {number} rate tokens a second; 0 for no limit
 */
async function stream(response, count, rate) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write('event: start\ndata: {"run":"AAAAAAAAAAAAAAAAAAAAAA"}\nid: AAAAAAAAAAAAAAAAAAAAAA.1\n\n');
  const all = tokens(count);
  const begin = performance.now();
  for (let i = 0, chars = 0; i <= count; i++) {
    const [type, data] = i < count ? ['delta', { text: all[i] }] : ['done', { stop_reason: 'end_turn', chars }];
    chars += all[i]?.length ?? 0;
    const room = response.write(`event: ${type}\ndata: ${JSON.stringify(data)}\nid: AAAAAAAAAAAAAAAAAAAAAA.${i + 2}\n\n`);
    const ahead = rate ? (i / rate) * 1000 - (performance.now() - begin) : 0;
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    else if (!room) await once(response, 'drain');
  }
  response.end();
}
