import { createBackoff } from './backoff.js';
import { TokenfallError } from './errors.js';
import { createPost, prepare } from './request.js';
import { openStream, refusal } from './response.js';
import { createParser } from './sse.js';
import { onWake } from './wake.js';
import { createWatchdog } from './watchdog.js';

/**
 * @typedef {object} ConnectionOptions
 * @property {number} [retries] how often in a row it tries to read on before it gives up, while the browser is online; 10
 *   unless given. A POST that got no response is repeated three times at most
 * @property {number} [idleTimeout] milliseconds without a byte, heartbeats included, after which a connection is given up;
 *   40,000 unless given, more than twice the server's heartbeat
 * @property {number} [maxEventSize] longest event accepted, in UTF-16 code units; 16 Mi unless given
 */

/** @typedef {import('./request.js').RequestOptions & ConnectionOptions} LinkOptions */

/**
 * What a link does to its answer.
 *
 * @typedef {object} Sink
 * @property {import('./answer.js').Answer} answer gets its `id` and `url` from here
 * @property {AbortSignal} gone aborts when nobody reads any more, or there is nothing left to read
 * @property {(url?: string) => void} name resolves `answer.named`
 * @property {(event: import('./sse.js').ServerSentEvent) => void} read throws `protocol` for one that cannot be read
 * @property {() => void} flush hands the text of the events so far to the iterations
 * @property {(state: import('./answer.js').AnswerState) => void} change
 * @property {(state: import('./answer.js').AnswerState) => void} settle
 * @property {(error: TokenfallError) => void} fail
 */

const postRepeats = 3;
const longestRetry = 60_000; // milliseconds; what is longer than a timer can be would be no wait at all
const woken = 'awake'; // why a connection was given up

/** An address without query, fragment and final slash. @param {string} address */
export const plain = (address) => address.replace(/\/?([?#].*)?$/, '');

/**
 * The connections of one answer: a POST that starts its run, and after every cut a GET that reads on.
 *
 * @param {string} address where to ask, or the run's own
 * @param {LinkOptions} options
 * @param {Sink} sink
 * @param {unknown} body what to ask
 * @param {number} number of the last event read: more than none only for an answer that has its run's `url` already
 * @returns {() => Promise<void>} ends the run on the server, as soon as the server has named it
 */
export function createLink(address, options, sink, body, number = 0) {
  const { answer, gone, name, read, flush, change, settle, fail } = sink;
  const { retries = 10, idleTimeout = 40_000, maxEventSize } = options;
  const backoff = createBackoff();
  let run = answer.url;
  let line = new AbortController(); // ends the present connection
  /** @type {ReturnType<typeof createWatchdog> | undefined} */
  let watchdog;
  let failures = 0; // in a row
  let stopping = false;
  let stopped = false;
  if (run) name(run);

  async function follow() {
    while (!gone.aborted) {
      try {
        await connect();
      } catch (error) {
        if (!gone.aborted) await recover(error);
      } finally {
        watchdog?.end();
        line.abort();
      }
    }
  }

  /** @type {import('./request.js').Call | undefined} */
  let post;
  const nextCall = () => run
    ? { method: 'GET', headers: number ? { 'Last-Event-ID': `${answer.id}.${number}` } : undefined }
    : (post ??= createPost(body));

  /** One connection. It ends with the run, with nobody left to read it, or by throwing. */
  async function connect() {
    line = new AbortController();
    const send = await prepare(run || address, nextCall, options, line.signal);
    if (stopping && !run) settle('stopped'); // nothing has been sent
    if (gone.aborted) return;
    watchdog = createWatchdog(idleTimeout, () => line.abort());
    const response = await send();
    nameRun(response.headers.get('location')?.split('/').pop());
    if (response.status === 204 && number) {
      number--; // The run has ended with the event that we named: read that one again, to know how.
      return;
    }
    const reader = (await openStream(response)).getReader();
    if (!gone.aborted) change(answer.text ? 'streaming' : number ? 'thinking' : 'queued');
    const before = number;
    const parser = createParser({
      maxEventSize,
      onRetry: (time) => (backoff.base = Math.min(time, longestRetry)),
      onEvent(event) {
        const [of, nth] = event.id.split('.');
        if (Number(nth) <= before) return;
        if (nth) nameRun(of);
        read(event);
        number = Number(nth) || number;
        failures = 0;
      },
    });
    // Nobody waits for the connection's end: it may stay open behind the terminal event.
    while (!gone.aborted) {
      const { value, done } = await reader.read().catch(cut);
      if (done) cut();
      watchdog.arrived();
      parser.push(value);
      flush();
    }
  }

  /** Waits before the next attempt, or throws the error when there is to be none. @param {any} error */
  async function recover(error) {
    // A POST is repeated, under its Idempotency-Key, only when there was no response at all.
    if (!run && error.code !== 'network') throw error;
    if (!run && stopping) return settle('stopped');
    if (run && error.retryable) change('reconnecting');
    const most = !run ? postRepeats : globalThis.navigator?.onLine === false ? Infinity : retries;
    if (line.signal.reason !== woken) await backoff.next(error, ++failures, most);
  }

  async function stop() {
    stopping = true;
    await answer.named;
    for (let failed = 0; run && !stopped && answer.state !== 'done' && answer.state !== 'stopped'; ) {
      try {
        // keepalive: who stops and then closes the page has stopped.
        const send = await prepare(run, () => ({ method: 'DELETE', keepalive: true }), options, AbortSignal.timeout(idleTimeout));
        const response = await send();
        if (!response.ok) throw await refusal(response);
        stopped = true;
        backoff.wake(); // the network is there: read the end
      } catch (error) {
        await backoff.next(error, ++failed, retries);
      }
    }
  }

  /**
   * A run lies below the address that was asked, whatever path a proxy in between has shown the server.
   *
   * @param {string | undefined} id
   */
  function nameRun(id) {
    if (run || !id) return;
    run = `${plain(address)}/${id}`;
    Object.assign(answer, { id, url: run });
    name(run);
  }

  onWake((online) => {
    if (run && (online || (watchdog && watchdog.silence() > idleTimeout / 2))) line.abort(woken);
    backoff.wake();
  }, gone);

  gone.addEventListener('abort', () => {
    // A stop that waits for the run's name still needs the response.
    if (run || !stopping) line.abort();
    backoff.wake(true);
  });

  follow()
    .catch((error) => (stopped ? settle('stopped') : fail(error)))
    .finally(() => name(run));

  return stop;
}

/** @param {unknown} [cause] @returns {never} */
function cut(cause) {
  throw new TokenfallError('truncated', 'The connection ended before the answer was complete.', { retryable: true, cause });
}
