import { announce, byId, make, showFailure } from '../dom.js';
import { addressOf } from '../base.js';
import { loadSession } from '../session.js';
import { readByEventSource } from './read-by-event-source.js';
import { readByFetch } from './read-by-fetch.js';
import { newRecording } from './recording.js';
import { createStreamView } from './stream-view.js';
import { judgeCuts, judgeEnd, judgePaced } from './verdict.js';

/** @typedef {import('./recording.js').Recording} Recording */

const endpoint = addressOf('ask/stream');
const interval = 300; // milliseconds
const count = 12;
const silence = 12_000; // milliseconds

const paced = `${endpoint}/probe?interval=${interval}&count=${count}`;
const silent = `${endpoint}/probe?count=0&silence=${silence}`;

async function start() {
  const session = await loadSession();
  if (session.signIn && session.user === null) return location.replace(addressOf('.'));
  byId('user').textContent = session.user ?? '';
  byId('command').textContent = `tokenfall doctor ${location.origin}${endpoint}`;
  byId('diagnostics').hidden = false;
  byId('again').addEventListener('click', () => measure().catch(showFailure));
  await measure();
}

async function measure() {
  byId('again').disabled = true;
  showVerdict('', 'Measuring for about 12 seconds…', []);
  const judge = (/** @type {Recording} */ recording) => judgePaced(recording, interval);
  // Four connections: browsers allow six to a server that does not speak HTTP/2.
  const [byFetch, byEventSource, silentStream, heartbeatStream] = [
    stream('fetch', interval * count, judge),
    stream('EventSource', interval * count, judge),
    stream('A silent stream', silence, judgeEnd),
    stream('A stream with heartbeats only', silence, judgeEnd),
  ];
  byId('streams').replaceChildren(...[byFetch, byEventSource, silentStream, heartbeatStream].map(({ view }) => view.element));
  await Promise.all([
    readByFetch(paced, byFetch.recording, byFetch.view.update),
    readByEventSource(paced, byEventSource.recording, byEventSource.view.update),
    readByFetch(silent, silentStream.recording, silentStream.view.update),
    readByFetch(`${silent}&heartbeat=1000`, heartbeatStream.recording, heartbeatStream.view.update),
  ]);

  const explanations = [byFetch, byEventSource].map(({ recording }) => judge(recording).explanation).filter((text) => text !== '');
  const problems = [...new Set([...explanations, ...judgeCuts(silentStream.recording, heartbeatStream.recording)])];
  if (problems.length > 0) showVerdict('failed', 'Something between the server and this browser disrupts streams.', problems);
  else showVerdict('ok', 'Streams reach this browser as they are sent.', []);
  byId('again').disabled = false;
}

/**
 * @param {string} name
 * @param {number} duration
 * @param {(recording: Recording) => { ok: boolean, summary: string }} judge
 */
function stream(name, duration, judge) {
  const recording = newRecording(duration);
  return { recording, view: createStreamView(name, recording, judge) };
}

/**
 * @param {string} state
 * @param {string} title
 * @param {string[]} problems
 */
function showVerdict(state, title, problems) {
  byId('verdict').className = `verdict ${state}`;
  byId('verdict-title').textContent = title;
  byId('verdict-problems').replaceChildren(...problems.map((problem) => make('li', '', problem)));
  announce(title);
}

start().catch(showFailure);
