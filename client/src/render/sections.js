import { make } from './dom.js';

const blocksOfSection = 40;
const elementsOfSection = 1000;
const charactersOfLine = 80;

/**
 * The finished blocks of an answer, in sections that the browser neither lays out nor paints while they are out of sight.
 * Per block that would cost more than it saves.
 *
 * @param {Element} parent
 */
export function createSections(parent) {
  const begin = () => {
    const section = make('div', { className: 'tf-section' });
    section.style.display = 'flow-root'; // as later, when it is contained: nothing moves then
    parent.append(section);
    return section;
  };
  const sections = {
    /** The section that grows. */
    last: begin(),

    /** Its last finished block; nothing when it has none. @type {Node | null} */
    end: null,

    /** Everything in the last section is finished. */
    finish() {
      const { last } = sections;
      sections.end = last.lastChild;
      if (last.childElementCount < blocksOfSection && last.getElementsByTagName('*').length < elementsOfSection) return;
      // The height is a guess, until the section has been in sight.
      const text = last.textContent ?? '';
      const lines = last.childElementCount + text.split('\n').length + text.length / charactersOfLine;
      last.style.cssText += `; content-visibility: auto; contain-intrinsic-block-size: auto ${Math.ceil(lines)}lh`;
      sections.last = begin();
      sections.end = null;
    },
  };
  return sections;
}
