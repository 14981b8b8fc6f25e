// Witness: @microsoft/fetch-event-source posts a question, and by itself posts it again after every lost connection.
// Usage: node fetch-event-source.mjs URL. Prints every message as one line of JSON; then {"ended": true}.
import { createRequire } from 'node:module';

// It expects a browser; this much of one is enough. Its ES module build lacks file extensions, so Node must use the CommonJS one.
globalThis.window = globalThis;
globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
const { fetchEventSource } = createRequire(import.meta.url)('@microsoft/fetch-event-source');

const print = (line) => console.log(JSON.stringify(line));
await fetchEventSource(process.argv[2], {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ prompt: 'hi' }),
  onmessage: ({ event, data }) => event && print({ event, data: JSON.parse(data) }),
});
print({ ended: true });
