/**
 * A fake `fetch` whose response is written by the test, so that each write is exactly one network chunk.
 * `calls` holds the requests made; `closed` resolves when the client closes the connection.
 */
export function createPipe() {
  let body;
  let close;
  const calls = [];
  const closed = new Promise((resolve) => (close = resolve));
  const stream = new ReadableStream({ start: (controller) => void (body = controller) });
  return {
    calls,
    closed,
    fetch: async (url, init) => {
      calls.push({ url, init });
      init.signal.addEventListener('abort', () => {
        body.error(init.signal.reason);
        close();
      });
      return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
    },
    write: (data) => body.enqueue(typeof data === 'string' ? new TextEncoder().encode(data) : data),
    end: () => body.close(),
    fail: (error) => body.error(error),
  };
}
