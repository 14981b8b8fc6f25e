import { lexer } from 'marked';
import { createRenderer } from '../../../client/src/render/index.js';

/** @param {HTMLElement} element */
export function tokenfall(element) {
  const renderer = createRenderer(element, { lexer, scroller: document.scrollingElement });
  return { write: renderer.write, end: renderer.end, pins: true };
}
