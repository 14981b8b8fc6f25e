import { ask } from './tokenfall/index.js';

const [form, askButton, stopButton, state, output] =
  ['form', '#ask', '#stop', '#state', '#answer'].map((selector) => document.querySelector(selector));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  output.textContent = '';
  askButton.disabled = true;
  stopButton.disabled = false;

  const answer = ask('/ask/stream', { prompt: form.elements.prompt.value }, {
    onState: (name) => { state.textContent = name; },
  });
  stopButton.onclick = () => answer.stop().catch((error) => { state.textContent = error.message; });
  try {
    for await (const text of answer) output.append(text);
    state.textContent = `${answer.state}, ${answer.usage.outputTokens} tokens`;
  } catch (error) {
    state.textContent = error.message;
  } finally {
    askButton.disabled = false;
    stopButton.disabled = true;
  }
});
