// Witness: npm's eventsource with a fetch that posts. It posts again after every lost connection and after the end, until it gets 204.
// Usage: node eventsource.mjs URL. Prints every message as one line of JSON; then {"ended": true}.
import { EventSource } from 'eventsource';

const print = (line) => console.log(JSON.stringify(line));
const source = new EventSource(process.argv[2], {
  fetch: (url, init) => fetch(url, {
    ...init,
    method: 'POST',
    headers: { ...init.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ prompt: 'hi' }),
  }),
});
for (const event of ['start', 'delta', 'done', 'error']) {
  source.addEventListener(event, (message) => {
    if (message.data) print({ event, data: JSON.parse(message.data) });
    else if (source.readyState === EventSource.CLOSED) print({ ended: true });
  });
}
