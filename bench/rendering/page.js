import { ask } from '../../client/src/index.js';
import { markedDomPurify } from './contenders/marked-dompurify.js';
import { streamdown } from './contenders/streamdown.js';
import { textContent } from './contenders/text-content.js';
import { tokenfall } from './contenders/tokenfall.js';
import { tokens } from './text.mjs';

const contenders = { tokenfall, textContent, markedDomPurify, streamdown };
const frame = () => new Promise(requestAnimationFrame);
const settled = () => frame().then(frame);

/** Everything as fast as it comes. */
globalThis.burst = async (name, count) => {
  const longest = watchTasks();
  const begin = performance.now();
  const view = begins(name);
  const answer = ask(`/stream?count=${count}`, {}, { onText: view.write });
  const { state, error } = await answer.finished;
  if (state !== 'done') throw error ?? new Error(state);
  await view.end();
  await settled();
  const total = performance.now() - begin;
  return { total, longest: await longest() };
};

/** A model's pace, under a text that is there already; the end is kept in view. */
globalThis.steady = async (name, shown, rate, seconds) => {
  const view = begins(name);
  view.write(tokens(shown).join(''));
  // There, when the page has stopped growing.
  for (let height = -1; height !== document.body.scrollHeight;) {
    height = document.body.scrollHeight;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await settled();
  }
  const longest = watchTasks();
  const times = [];
  const answer = ask(`/stream?count=${rate * (seconds + 1)}&rate=${rate}`, {}, { onText: view.write });
  for (const begin = await frame(); (times.at(-1) ?? begin) < begin + seconds * 1000;) times.push(await frame());
  answer.close();
  const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
  return {
    fps: (1000 * gaps.length) / (times.at(-1) - times[0]),
    gap: gaps[Math.floor(gaps.length * 0.95)],
    longest: await longest(),
  };
};

function begins(name) {
  const element = document.getElementById('answer');
  const view = contenders[name](element);
  if (!view.pins) {
    const pin = () => {
      document.scrollingElement.scrollTop = document.scrollingElement.scrollHeight;
      requestAnimationFrame(pin);
    };
    pin();
  }
  return view;
}

/** The browser names tasks of 50 ms and more. */
function watchTasks() {
  let longest = 0;
  const note = (list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration)));
  const observer = new PerformanceObserver(note);
  observer.observe({ type: 'longtask' });
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    observer.disconnect();
    return longest;
  };
}
