import { autoScroll } from './auto-scroll.js';
import { renderBlocks } from './blocks.js';
import { copyCode, createCodeBlock } from './code.js';
import { completeMarkdown } from './complete-markdown.js';
import { morphChildren } from './dom.js';
import { schedule } from './frames.js';
import { lex } from './lex.js';
import { createSections } from './sections.js';
import { createSplitter } from './split.js';

/**
 * @typedef {object} RenderOptions
 * @property {import('./lex.js').Lexer} lexer `marked`'s: `import { lexer } from 'marked'`
 * @property {readonly string[]} [images] origins that images may come from, such as `https://images.example`; none by
 *   default. An image's URL can carry anything the model knows to its host, so list only hosts you trust with that
 * @property {Element} [scroller] a scroll container whose end is kept in view while the answer grows, until the user scrolls up;
 *   such as `document.scrollingElement`
 * @property {number} [headingLevel] the level that the answer's first-level headings get; 3 by default
 * @property {import('./inline.js').Settings['labels']} [labels] the texts of the renderer's own buttons; English by default
 */

/**
 * @typedef {object} Renderer
 * @property {(text: string) => void} write adds Markdown, split anywhere
 * @property {() => Promise<void>} end call it after the last text; resolves when everything is on the page
 * @property {() => void} close stops rendering at once; what is on the page stays
 */

const defaultLabels = { copy: 'Copy', copied: 'Copied' };

/**
 * Renders Markdown into an element as it arrives. The element should be empty; only the renderer may change it until the end.
 *
 * @param {Element} element
 * @param {RenderOptions} options
 * @returns {Renderer}
 * @throws {TypeError} if there is no lexer
 */
export function createRenderer(element, { lexer, images = [], scroller, headingLevel = 3, labels = defaultLabels }) {
  if (!lexer) throw new TypeError("Pass a lexer: import { lexer } from 'marked'.");
  const settings = { images, headingLevel, labels };
  const sections = createSections(element);
  const scrolling = scroller && autoScroll(scroller, element);
  /** @type {import('./code.js').CodeBlock | undefined} */
  let code; // the code block being written
  let ended = false;
  let closed = false;
  /** @type {() => void} */
  let resolve;
  /** @type {Promise<void>} */
  const finished = new Promise((resolver) => (resolve = resolver));

  /**
   * @param {string} source
   * @param {boolean} open
   */
  function draw(source, open) {
    const fragment = document.createDocumentFragment();
    fragment.append(...renderBlocks(lex(lexer, source), settings, open));
    fragment.normalize(); // laying out a thousand small text nodes takes long
    morphChildren(sections.last, sections.end, fragment);
  }

  const splitter = createSplitter({
    markdown(source) {
      draw(source, false);
      sections.finish();
    },
    startCode(language) {
      morphChildren(sections.last, sections.end, document.createDocumentFragment());
      code = createCodeBlock(language, settings);
      sections.last.append(code.element);
    },
    code(text) {
      code?.append(text);
    },
    endCode() {
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
      // The last growth still needs scrolling, in the frame in which it is laid out.
      setTimeout(() => scrolling?.close(), 1000);
    } else if (code) {
      code.preview(splitter.tail);
    } else {
      draw(completeMarkdown(splitter.tail, splitter.inCode), true);
    }
    return false;
  }

  element.addEventListener('click', (event) => copyCode(event, settings));

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
