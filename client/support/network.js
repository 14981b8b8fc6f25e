import { setImmediate } from 'node:timers/promises';
import { run } from './wire.js';

/**
 * A fake network: every request waits until the test answers it. `next()` resolves to the next request.
 */
export function createNetwork() {
  const calls = [];
  let taken = 0;
  let arrive = () => {};
  return {
    calls,
    fetch: (url, init) => new Promise((resolve, reject) => {
      calls.push(createCall(url, init, resolve, reject));
      arrive();
    }),
    async next() {
      while (taken === calls.length) await new Promise((resolve) => (arrive = resolve));
      return calls[taken++];
    },
  };
}

function createCall(url, init, resolve, reject) {
  let body;
  const stream = new ReadableStream({ start: (controller) => void (body = controller) });
  init.signal.addEventListener('abort', () => {
    reject(init.signal.reason);
    try { body.error(init.signal.reason); } catch { /* it has ended */ }
  });
  return {
    url,
    method: init.method,
    keepalive: init.keepalive,
    headers: Object.fromEntries(new Headers(init.headers)),
    body: init.body,
    signal: init.signal,
    /** Starts an event stream; the response to a POST names the run. */
    open(location = init.method === 'POST' ? `/ask/stream/${run}` : undefined, headers = {}) {
      resolve(new Response(stream, { headers: { 'content-type': 'text/event-stream', ...(location && { location }), ...headers } }));
    },
    refuse: (status, headers = {}, body = null) => resolve(new Response(body, { status, headers })),
    fail: (error = new TypeError('Failed to fetch')) => reject(error),
    write: (text) => body.enqueue(new TextEncoder().encode(text)),
    end: () => body.close(),
    break: (error = new TypeError('network error')) => body.error(error),
  };
}

/** Lets pending promise callbacks run. */
export const flushPromises = async () => {
  for (let i = 0; i < 3; i++) await setImmediate();
};
