import { createRenderer } from './renderer.js';

/** @typedef {import('./follow.js').Following} Following */
/** @typedef {import('./lex.js').Lexer} Lexer */
/** @typedef {import('./renderer.js').Renderer} Renderer */
/** @typedef {import('./renderer.js').RenderOptions} RenderOptions */

/**
 * An answer as the renderer reads it; `tokenfall`'s is one.
 *
 * @template Outcome
 * @typedef {AsyncIterable<string> & { finished: Promise<Outcome> }} Readable
 */

/**
 * @template Outcome
 * @typedef {object} Rendering
 * @property {Promise<Outcome>} finished how the answer ended, when all of it is on the page; never rejects
 * @property {() => void} close stops drawing; the answer goes on
 */

export { follow } from './follow.js';
export { createRenderer };

/**
 * Draws an answer into an element while it arrives.
 *
 * @template Outcome
 * @param {Readable<Outcome>} answer
 * @param {Element} element an empty one
 * @param {import('./renderer.js').RenderOptions} options
 * @returns {Rendering<Outcome>}
 * @throws {TypeError} without a lexer
 */
export function render(answer, element, options) {
  const renderer = createRenderer(element, options);
  const read = async () => {
    try {
      for await (const text of answer) renderer.write(text);
    } catch {
      // How the answer ended is in the outcome.
    }
    await renderer.end();
    return answer.finished;
  };
  return { finished: read(), close: renderer.close };
}
