import { make } from '../dom.js';
import { drawTimeline } from './timeline.js';

/** @typedef {import('./recording.js').Recording} Recording */

/**
 * A stream on the page: its name, its verdict, and its timeline.
 *
 * @param {string} name
 * @param {Recording} recording
 * @param {(recording: Recording) => { ok: boolean, summary: string }} judge called once the stream has ended
 */
export function createStreamView(name, recording, judge) {
  const summaryElement = make('span');
  const element = make('section', 'stream', make('h3', '', name, summaryElement));
  const drawing = () => drawTimeline(recording, element.clientWidth || 640);
  element.append(drawing());

  return {
    element,
    /** Redraws the recording. */
    update() {
      element.lastChild.replaceWith(drawing());
      if (recording.ending === 'running') return;
      const { ok, summary } = judge(recording);
      summaryElement.textContent = summary;
      element.className = ok ? 'stream ok' : 'stream failed';
    },
  };
}
