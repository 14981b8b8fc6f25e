import { createRenderer } from '/client/render/index.js';
import { lexer } from '/marked.js';
import { generator } from '/random.js';

/** An element of its own for each text, so that no test sees another's. */
function place() {
  const element = document.createElement('div');
  document.body.replaceChildren(element);
  return element;
}

const frame = () => new Promise((resolve) => setTimeout(resolve, 17));

/** Draws a text that comes in pieces, each in a frame of its own, and gives what it became. */
globalThis.draw = async (pieces, options) => {
  const element = place();
  const renderer = createRenderer(element, { lexer, ...options });
  for (const piece of pieces) {
    renderer.write(piece);
    if (pieces.length > 1) await frame();
  }
  await renderer.end();
  return element.innerHTML;
};

/** Begins a text that the test goes on with. */
globalThis.begin = (options) => {
  globalThis.element = place();
  globalThis.renderer = createRenderer(globalThis.element, { lexer, ...options });
};

/** Every text that was shown while one grew. */
globalThis.watch = async (text) => {
  begin();
  const seen = [];
  const observer = new MutationObserver(() => seen.push(element.innerText));
  observer.observe(element, { subtree: true, childList: true, characterData: true });
  for (let at = 0; at < text.length; at += 3) {
    renderer.write(text.slice(at, at + 3));
    await frame();
  }
  return seen;
};

/** The longest task in milliseconds while a text is drawn that comes all at once; 0 when none took 50. */
globalThis.longestTask = async (unit, count) => {
  let longest = 0;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration))));
  observer.observe({ type: 'longtask' });
  await draw([unit.repeat(count)]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  document.body.replaceChildren();
  return longest;
};

/** Draws texts at once and in random pieces; gives the first that differs. */
globalThis.compare = async (seed, rounds) => {
  const random = generator(seed);
  const words = ['word ', 'a', '\n', '\n\n', '```', '```js\n', '# ', '- ', '1. ', '   ', '    ', '> ', '| x | y |\n', '|-|-|\n', '**', '*', '_', '`', '~~',
    '[a](https://example.com)', '![a](https://example.com/a.png)', '[', '](', '<b>', '&amp;', '\\', '\r\n', '😀', 'https://example.com/a_b', '- [x] ', '---\n'];
  for (let round = 0; round < rounds; round++) {
    let text = '';
    for (let i = 0; i < 80; i++) text += words[Math.floor(random() * words.length)];
    const pieces = [];
    for (let at = 0; at < text.length; at += pieces.at(-1).length) pieces.push(text.slice(at, at + 1 + Math.floor(random() * 60)));
    if ((await draw(pieces)) !== (await draw([text]))) return text;
  }
  return '';
};

globalThis.ready = true;
