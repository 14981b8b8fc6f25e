// snippet: fetch
export async function ask(prompt, onText, headers = {}) {
  const response = await fetch('/ask/stream', { method: 'POST', headers, body: new URLSearchParams({ prompt }) });
  if (!response.ok) throw new Error((await response.json()).detail);

  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error('The connection was lost.');
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const [, event] = /^event: (.*)$/m.exec(block) ?? [];
      if (!event) continue; // a heartbeat
      const data = JSON.parse(/^data: (.*)$/m.exec(block)[1]);
      if (event === 'delta') onText(data.text);
      if (event === 'error') throw new Error(data.message);
      if (event === 'done') return data;
    }
  }
}
// end snippet
