import { makeSvg } from '../dom.js';

/** @typedef {import('./recording.js').Recording} Recording */

const height = 40;
const margin = 8;

/**
 * Draws a timeline: a line for each event, from when it was sent to when it arrived.
 *
 * @param {Recording} recording
 * @param {number} width in CSS pixels, so that dots stay round on narrow screens
 * @returns {SVGElement}
 */
export function drawTimeline(recording, width) {
  const last = recording.frames[recording.frames.length - 1]?.arrived ?? 0;
  const longest = Math.max(recording.duration, recording.ended, last);
  const x = (/** @type {number} */ milliseconds) => (margin + ((width - 2 * margin) * milliseconds) / longest).toFixed(1);
  const svg = makeSvg('svg', { class: 'timeline', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${recording.frames.length} events` });
  svg.append(makeSvg('path', { class: 'rail', d: `M${margin} 8H${width - margin}M${margin} 32H${width - margin}` }));
  for (let second = 1000; second < longest; second += 1000) svg.append(makeSvg('path', { class: 'rail', d: `M${x(second)} 4V36` }));
  for (const heartbeat of recording.heartbeats) svg.append(makeSvg('path', { class: 'heartbeat', d: `M${x(heartbeat)} 27V37` }));
  for (const { sent, arrived } of recording.frames) {
    svg.append(
      makeSvg('path', { class: 'path', d: `M${x(sent)} 8L${x(arrived)} 32` }),
      makeSvg('circle', { class: 'sent', cx: x(sent), cy: '8', r: '2.5' }),
      makeSvg('circle', { class: 'arrived', cx: x(arrived), cy: '32', r: '3.5' }));
  }
  if (recording.ending === 'cut') svg.append(makeSvg('path', { class: 'cut', d: `M${Number(x(recording.ended)) - 5} 27l10 10m0 -10l-10 10` }));
  return svg;
}
