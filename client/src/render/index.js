import { createRenderer } from './renderer.js';

/** @typedef {import('./auto-scroll.js').AutoScroll} AutoScroll */
/** @typedef {import('./lex.js').Lexer} Lexer */
/** @typedef {import('./renderer.js').Renderer} Renderer */
/** @typedef {import('./renderer.js').RenderOptions} RenderOptions */

/**
 * What the renderer needs of an answer; an `Answer` of `tokenfall` has it.
 *
 * @template Outcome
 * @typedef {AsyncIterable<string> & { finished: Promise<Outcome> }} Readable
 */

/**
 * @template Outcome
 * @typedef {object} Rendering
 * @property {Promise<Outcome>} finished resolves with the answer's outcome when all of it is on the page; never rejects
 * @property {() => void} close stops rendering; the answer continues
 */

export { autoScroll } from './auto-scroll.js';
export { createRenderer };

/**
 * Renders an answer into an element while it arrives.
 *
 * @template Outcome
 * @param {Readable<Outcome>} answer
 * @param {Element} element an empty element
 * @param {import('./renderer.js').RenderOptions} options
 * @returns {Rendering<Outcome>}
 * @throws {TypeError} if there is no lexer
 */
export function render(answer, element, options) {
  const renderer = createRenderer(element, options);
  const read = async () => {
    try {
      for await (const text of answer) renderer.write(text);
    } catch {
      // The outcome has the error.
    }
    await renderer.end();
    return answer.finished;
  };
  return { finished: read(), close: renderer.close };
}
