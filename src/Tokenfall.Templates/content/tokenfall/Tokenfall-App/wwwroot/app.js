import { ask, attach } from './tokenfall/index.js';

const [form, prompt, askButton, stopButton, state, output] =
  ['form', '#prompt', '#ask', '#stop', '#state', '#answer'].map((selector) => document.querySelector(selector));

const options = { onState: (name) => { state.textContent = name; } };
const stored = 'answer'; // the address of this tab's last answer

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (askButton.disabled) return;
  const answer = ask('/ask/stream', { prompt: prompt.value }, options);
  answer.accepted.then((url) => url && sessionStorage.setItem(stored, url));
  show(answer);
});

// Enter sends, Shift+Enter begins a new line.
prompt.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

// After a reload: the server still has the answer, from its first word.
const url = sessionStorage.getItem(stored);
if (url) show(attach(url, options));

async function show(answer) {
  output.textContent = '';
  askButton.disabled = true;
  stopButton.disabled = false;
  stopButton.onclick = () => answer.stop().catch((error) => { state.textContent = error.message; });
  try {
    for await (const text of answer) output.append(text);
    state.textContent = `${answer.state}, ${answer.usage.outputTokens ?? 'unknown'} tokens`;
  } catch (error) {
    if (!answer.resumable) sessionStorage.removeItem(stored);
    state.textContent = error.message;
  } finally {
    askButton.disabled = false;
    stopButton.disabled = true;
  }
}
