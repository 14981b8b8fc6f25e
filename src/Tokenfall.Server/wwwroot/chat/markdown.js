import { createRenderer, render } from '../client/render/index.js';
import { lexer } from '../vendor/marked/marked.esm.js';
import { make } from '../dom.js';

// Questions are second-level headings. The first-level headings of an answer become second-level, and so on down.
const options = { lexer, headingLevel: 2 };

/** @param {string} text a whole answer @returns {HTMLElement} */
export function drawText(text) {
  const element = make('div');
  const renderer = createRenderer(element, options);
  renderer.write(text);
  renderer.end();
  return element;
}

/**
 * @param {import('/client/index.js').Answer} answer
 * @returns {{ element: HTMLElement, finished: Promise<import('/client/index.js').Outcome> }} `finished` resolves once all of it is drawn
 */
export function drawAnswer(answer) {
  const element = make('div');
  return { element, finished: render(answer, element, options).finished };
}
