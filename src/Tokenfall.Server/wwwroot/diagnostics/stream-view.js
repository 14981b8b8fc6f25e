import { drawTimeline } from './timeline.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * One stream on the page: its name, what is known of it, and its drawing.
 *
 * @param {string} name
 * @param {Recording} recording
 * @param {(recording: Recording) => { well: boolean, short: string }} judge asked once the stream has ended
 */
export function createStreamView(name, recording, judge) {
  const element = document.createElement('section');
  const heading = document.createElement('h3');
  const said = document.createElement('span');
  element.className = 'stream';
  heading.append(name, said);
  const drawing = () => drawTimeline(recording, element.clientWidth || 640);
  element.append(heading, drawing());

  return {
    element,
    /** Draws again what is known by now. */
    update() {
      element.replaceChild(drawing(), /** @type {Node} */ (element.lastChild));
      if (recording.ending === 'running') return;
      const { well, short } = judge(recording);
      said.textContent = short;
      element.className = well ? 'stream well' : 'stream ill';
    },
  };
}
