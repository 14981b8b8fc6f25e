// snippet: event-source
export async function ask(prompt, onText, onEnd, headers = {}) {
  const response = await fetch('/ask/stream', {
    method: 'POST', headers: { ...headers, Prefer: 'respond-async' }, body: new URLSearchParams({ prompt }),
  });
  if (!response.ok) throw new Error((await response.json()).detail);
  const { location } = await response.json();

  const source = new EventSource(location);
  source.addEventListener('delta', ({ data }) => onText(JSON.parse(data).text));
  source.addEventListener('done', ({ data }) => {
    source.close();
    onEnd(JSON.parse(data));
  });
  source.addEventListener('error', ({ data }) => {
    if (data === undefined) return; // the browser's own "error": it reconnects by itself
    source.close();
    onEnd(JSON.parse(data));
  });
  return { stop: () => fetch(location, { method: 'DELETE', headers }) };
}
// end snippet
