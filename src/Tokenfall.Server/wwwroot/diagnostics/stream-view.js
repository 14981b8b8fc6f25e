import { make } from '../dom.js';
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
  const said = make('span');
  const element = make('section', 'stream', make('h3', '', name, said));
  const drawing = () => drawTimeline(recording, element.clientWidth || 640);
  element.append(drawing());

  return {
    element,
    /** Draws again what is known by now. */
    update() {
      element.lastChild.replaceWith(drawing());
      if (recording.ending === 'running') return;
      const { well, short } = judge(recording);
      said.textContent = short;
      element.className = well ? 'stream well' : 'stream ill';
    },
  };
}
