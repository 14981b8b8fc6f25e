import { blocks } from './blocks.js';
import { copyCode, createCodeBlock } from './code.js';
import { reshape } from './dom.js';
import { follow } from './follow.js';
import { schedule } from './frames.js';
import { lex } from './lex.js';
import { mend } from './mend.js';
import { createSections } from './sections.js';
import { createSplitter } from './split.js';

/**
 * @typedef {object} RenderOptions
 * @property {import('./lex.js').Lexer} lexer `marked`'s: `import { lexer } from 'marked'`
 * @property {readonly string[]} [images] origins that images may come from, such as `https://images.example`; none unless given.
 *   An image's address can carry what the model knows to its host, so this is a list of those who may learn it
 * @property {Element} [scroller] kept at its end while the answer grows, until the reader moves up; such as `document.scrollingElement`
 * @property {number} [headingLevel] of the answer's first-level headings; 3 unless given
 * @property {import('./inline.js').Rules['labels']} [labels] the words that the renderer itself puts on the page
 */

/**
 * @typedef {object} Renderer
 * @property {(text: string) => void} write more of the Markdown, cut anywhere
 * @property {() => Promise<void>} end no more comes; resolves when everything is on the page
 * @property {() => void} close stops at once; what is on the page stays
 */

const english = { copy: 'Copy', copied: 'Copied' };

/**
 * Draws Markdown into an element as it comes. The element is the renderer's until its end; it should be empty.
 *
 * @param {Element} element
 * @param {RenderOptions} options
 * @returns {Renderer}
 * @throws {TypeError} without a lexer
 */
export function createRenderer(element, { lexer, images = [], scroller, headingLevel = 3, labels = english }) {
  if (!lexer) throw new TypeError("Give the option lexer: import { lexer } from 'marked'.");
  const rules = { images, headingLevel, labels };
  const sections = createSections(element);
  const following = scroller && follow(scroller, element);
  /** @type {import('./code.js').CodeBlock | undefined} */
  let code;
  let ended = false;
  let closed = false;
  /** @type {() => void} */
  let resolve;
  /** @type {Promise<void>} */
  const finished = new Promise((done) => (resolve = done));

  /**
   * @param {string} source
   * @param {boolean} open
   */
  function draw(source, open) {
    const fragment = document.createDocumentFragment();
    fragment.append(...blocks(lex(lexer, source), rules, open));
    fragment.normalize(); // a thousand small text nodes take long to lay out
    reshape(sections.last, sections.end, fragment);
  }

  const splitter = createSplitter({
    flow(source) {
      draw(source, false);
      sections.finish();
    },
    open(language) {
      reshape(sections.last, sections.end, document.createDocumentFragment());
      code = createCodeBlock(language, rules);
      sections.last.append(code.element);
    },
    code(text) {
      code?.append(text);
    },
    close() {
      code?.close();
      code = undefined;
      sections.finish();
    },
  });

  /** @type {import('./frames.js').Job} */
  function work(deadline) {
    while (!closed && splitter.next()) {
      if (performance.now() >= deadline) return true;
    }
    if (closed || ended) {
      resolve();
      // The last growth is followed in the frame in which it is laid out.
      setTimeout(() => following?.close(), 1000);
    } else if (code) {
      code.preview(splitter.rest);
    } else {
      draw(mend(splitter.rest, splitter.inCode), true);
    }
    return false;
  }

  element.addEventListener('click', (event) => copyCode(event, rules));

  return {
    write(text) {
      splitter.push(text);
      schedule(work);
    },
    end() {
      ended = true;
      splitter.end();
      schedule(work);
      return finished;
    },
    close() {
      closed = true;
      schedule(work);
    },
  };
}
