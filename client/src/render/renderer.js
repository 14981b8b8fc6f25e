import { appendBlocks } from './blocks.js';
import { CodeBlock, copyCode } from './code.js';
import { reshape } from './dom.js';
import { follow } from './follow.js';
import { schedule, unschedule } from './frames.js';
import { lex } from './lex.js';
import { mend } from './mend.js';
import { Sections } from './sections.js';
import { Splitter } from './split.js';

/**
 * @typedef {object} RenderOptions
 * @property {import('./lex.js').Lexer} lexer `marked`'s: `import { lexer } from 'marked'`
 * @property {readonly string[]} [images] origins that images may come from, such as `https://images.example`; none unless given.
 *   An image's address can carry what the model knows to its host, so this is a list of those who may learn it
 * @property {Element} [scroller] kept at its end while the answer grows, until the reader moves up; such as `document.scrollingElement`
 * @property {number} [headingLevel] of the answer's first-level headings; 3 unless given
 * @property {Partial<import('./inline.js').Rules['labels']>} [labels] the words that the renderer itself puts on the page
 */

/**
 * @typedef {object} Renderer
 * @property {(text: string) => void} write more of the Markdown, cut anywhere
 * @property {() => Promise<void>} end no more comes; resolves when everything is on the page
 * @property {() => void} close stops at once; what is on the page stays
 */

const labels = { copy: 'Copy', copied: 'Copied', table: 'Table', image: 'Image', done: 'Done', open: 'Not done' };

/**
 * Draws Markdown into an element as it comes. The element is the renderer's until its end; it should be empty.
 *
 * @param {Element} element
 * @param {RenderOptions} options
 * @returns {Renderer}
 * @throws {TypeError} without a lexer
 */
export function createRenderer(element, options) {
  if (typeof options?.lexer !== 'function') {
    throw new TypeError("The renderer needs a lexer: import { lexer } from 'marked', and give it as the option lexer.");
  }
  const rules = { images: options.images ?? [], headingLevel: options.headingLevel ?? 3, labels: { ...labels, ...options.labels } };
  const splitter = new Splitter();
  const sections = new Sections(element);
  const following = options.scroller && follow(options.scroller, element);
  let definitions = '';
  /** @type {CodeBlock | undefined} */
  let code;
  let codeLength = 0;
  let rested = 0; // when the unfinished part may be drawn again
  let drawn = ''; // the unfinished part, as it is on the page
  let resolve = () => {};
  /** @type {Promise<void> | undefined} */
  let ended;
  let closed = false;

  /**
   * @param {string} source
   * @param {boolean} open
   */
  function draw(source, open) {
    const { tokens, defined } = lex(options.lexer, definitions, source);
    if (!open) definitions = defined;
    const fragment = document.createDocumentFragment();
    appendBlocks(fragment, tokens, rules, open);
    reshape(sections.last, sections.end, fragment);
  }

  /** @param {import('./split.js').Part} part */
  function apply(part) {
    drawn = '';
    if ('flow' in part) {
      draw(part.flow, false);
      sections.finish(part.flow.length, part.flow.split('\n').length);
    } else if ('open' in part) {
      reshape(sections.last, sections.end, document.createDocumentFragment());
      code = new CodeBlock(part.open, rules);
      codeLength = 0;
      sections.last.append(code.element);
    } else if ('code' in part) {
      code?.append(part.code);
      codeLength++;
    } else {
      code?.close();
      code = undefined;
      sections.finish(0, codeLength + 2);
    }
  }

  function preview() {
    const { rest } = splitter;
    if (code) return code.preview(rest);
    const source = mend(rest, splitter.inCode);
    if (source === drawn) return;
    const begin = performance.now();
    draw(source, true);
    drawn = source;
    const end = performance.now();
    // A part that takes long to draw is drawn less often, so that it takes a fifth of the time at most.
    rested = end + (end - begin > 4 ? 4 * (end - begin) : 0);
  }

  /** @type {import('./frames.js').Job} */
  function work(deadline) {
    for (let parts = splitter.next(); parts; parts = splitter.next()) {
      parts.forEach(apply);
      if (performance.now() >= deadline) return true;
    }
    if (ended) {
      resolve();
      return false;
    }
    if (performance.now() < rested) return true;
    preview();
    return false;
  }

  /** @param {Event} event */
  const clicked = (event) => void copyCode(event, rules);
  element.addEventListener('click', clicked);

  return {
    write(text) {
      splitter.push(text);
      if (!closed) schedule(work);
    },
    end() {
      ended ??= new Promise((done) => {
        resolve = () => {
          done();
          // The last growth is followed in the frame in which it is laid out.
          if (following) setTimeout(following.close, 1000);
        };
        splitter.end();
        if (closed) done();
        else schedule(work);
      });
      return ended;
    },
    close() {
      closed = true;
      unschedule(work);
      following?.close();
      resolve();
    },
  };
}
