import { createElement } from './dom.js';

const maxBlocks = 40;
const maxElements = 1000;
const charactersPerLine = 80;

/**
 * Groups an answer's finished blocks into sections, which the browser neither lays out nor paints while they are off-screen.
 * Containing each block by itself would cost more than it saves.
 *
 * @param {Element} parent
 */
export function createSections(parent) {
  const begin = () => {
    const section = createElement('div', { className: 'tf-section' });
    section.style.display = 'flow-root'; // as under containment later, so that nothing moves then
    parent.append(section);
    return section;
  };
  const sections = {
    /** The section that is growing. */
    last: begin(),

    /** The last finished block in it, if there is one. @type {Node | null} */
    end: null,

    /** Marks everything in the last section as finished. */
    finish() {
      const { last } = sections;
      sections.end = last.lastChild;
      if (last.childElementCount < maxBlocks && last.getElementsByTagName('*').length < maxElements) return;
      // The height is an estimate until the section has been on-screen.
      const text = last.textContent ?? '';
      const lines = last.childElementCount + text.split('\n').length + text.length / charactersPerLine;
      last.style.cssText += `; content-visibility: auto; contain-intrinsic-block-size: auto ${Math.ceil(lines)}lh`;
      sections.last = begin();
      sections.end = null;
    },
  };
  return sections;
}
