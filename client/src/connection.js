import { createBackoff } from './backoff.js';
import { TokenfallError } from './errors.js';
import { onPageActive } from './page-events.js';
import { createPost, prepareRequest } from './request.js';
import { openStream, responseError } from './response.js';
import { createParser } from './sse.js';
import { createWatchdog } from './watchdog.js';

/**
 * @typedef {object} ReconnectOptions
 * @property {number} [retries] failed attempts in a row before it gives up, 10 by default; unlimited while the browser is
 *   offline. A POST that got no response is repeated three times at most
 * @property {number} [idleTimeout] milliseconds without a byte, heartbeats included, before a connection is replaced; 40,000 by
 *   default, more than twice the server's heartbeat interval
 * @property {number} [maxEventSize] largest event accepted, in UTF-16 code units; 16 Mi by default
 */

/** @typedef {import('./request.js').RequestOptions & ReconnectOptions} ConnectionOptions */

/**
 * How a connection updates its answer.
 *
 * @typedef {object} ConnectionHandlers
 * @property {import('./answer.js').Answer} answer its `id` and `url` are set by the connection
 * @property {AbortSignal} ended aborted when the answer has ended or been closed
 * @property {(url?: string) => void} accept resolves `answer.accepted`
 * @property {(event: import('./sse.js').ServerSentEvent) => void} handleEvent throws `protocol` for an event that cannot be
 *   parsed
 * @property {() => void} flush passes the text received so far to the iterations
 * @property {(state: import('./events.js').AnswerState, position?: number) => void} setState
 * @property {(state: import('./events.js').AnswerState) => void} finish
 * @property {(error: TokenfallError) => void} fail
 */

const postRepeats = 3;
const maxRetryDelay = 60_000; // milliseconds; a delay that overflows a timer would be no delay at all
const pageActive = 'page-active'; // the reason when a connection is replaced although it has not failed

/**
 * @param {string} url
 * @returns {string} the URL without query, fragment and trailing slash
 */
export const withoutQuery = (url) => url.replace(/\/?([?#].*)?$/, '');

/**
 * Manages the connections of one answer: a POST that starts its run, and a GET that continues after each lost connection.
 *
 * @param {string} url the endpoint, or the run's own URL
 * @param {ConnectionOptions} options
 * @param {ConnectionHandlers} handlers
 * @param {unknown} body what to post
 * @param {number} number of the last event read; above 0 only for an answer that already has its run's `url`
 * @returns {() => Promise<void>} stops the run on the server, once the server has accepted the request
 */
export function createConnection(url, options, handlers, body, number = 0) {
  const { answer, ended, accept, handleEvent, flush, setState, finish, fail } = handlers;
  const { retries = 10, idleTimeout = 40_000, maxEventSize } = options;
  const backoff = createBackoff();
  let runUrl = answer.url;
  let current = new AbortController(); // closes the current connection
  /** @type {ReturnType<typeof createWatchdog> | undefined} */
  let watchdog;
  let failures = 0; // in a row
  let stopping = false;
  let stopped = false;
  if (runUrl) accept(runUrl);

  async function readToEnd() {
    while (!ended.aborted) {
      try {
        await connect();
      } catch (error) {
        if (!ended.aborted) await recover(error);
      } finally {
        watchdog?.stop();
        current.abort();
      }
    }
  }

  /** @type {import('./request.js').RequestParts | undefined} */
  let post;
  const nextRequest = () => runUrl
    ? { method: 'GET', headers: number ? { 'Last-Event-ID': `${answer.id}.${number}` } : undefined }
    : (post ??= createPost(body));

  /** Makes one connection and reads it until the answer has ended. Throws if the connection ends first. */
  async function connect() {
    current = new AbortController();
    const send = await prepareRequest(runUrl || url, nextRequest, options, current.signal);
    if (stopping && !runUrl) finish('stopped'); // nothing has been sent
    if (ended.aborted) return;
    watchdog = createWatchdog(idleTimeout, () => current.abort());
    const response = await send();
    setRun(response.headers.get('location')?.split('/').pop());
    if (response.status === 204 && number) {
      number--; // The run ended with the event we named. Read that event again to learn how.
      return;
    }
    const reader = (await openStream(response)).getReader();
    if (!ended.aborted) setState(answer.text ? 'streaming' : answer.position !== undefined ? 'queued' : 'thinking', answer.position);
    const alreadyRead = number;
    const parser = createParser({
      maxEventSize,
      onRetry: (delay) => (backoff.base = Math.min(delay, maxRetryDelay)),
      onEvent(event) {
        const [id, eventNumber] = event.id.split('.');
        if (eventNumber) setRun(id);
        if (event.type !== 'queued' && Number(eventNumber) <= alreadyRead) return;
        handleEvent(event);
        number = Number(eventNumber) || number;
        failures = 0;
      },
    });
    // The loop ends with the answer, not with the connection, which may stay open after the terminal event.
    while (!ended.aborted) {
      const { value, done } = await reader.read().catch(throwTruncated);
      if (done) throwTruncated();
      watchdog.reset();
      parser.push(value);
      flush();
    }
  }

  /** Waits before the next attempt, or throws the error if there should be none. @param {any} error */
  async function recover(error) {
    // A POST is repeated, with the same Idempotency-Key, only if it got no response at all.
    if (!runUrl && error.code !== 'network') throw error;
    if (!runUrl && stopping) return finish('stopped');
    if (runUrl && error.retryable) setState('reconnecting', answer.position);
    const allowed = !runUrl ? postRepeats : globalThis.navigator?.onLine === false ? Infinity : retries;
    if (current.signal.reason !== pageActive) await backoff.wait(error, ++failures, allowed);
  }

  async function stop() {
    stopping = true;
    await answer.accepted;
    for (let attempts = 0; runUrl && !stopped && answer.state !== 'done' && answer.state !== 'stopped'; ) {
      try {
        // keepalive lets the request complete even if the page is closed right after.
        const send = await prepareRequest(runUrl, () => ({ method: 'DELETE', keepalive: true }), options, AbortSignal.timeout(idleTimeout));
        const response = await send();
        if (!response.ok) throw await responseError(response);
        stopped = true;
        backoff.endWaits(); // the network works, so read the end now
      } catch (error) {
        await backoff.wait(error, ++attempts, retries);
      }
    }
  }

  /**
   * The run's URL is built from the requested one, because behind a proxy the server may not know its public path.
   *
   * @param {string | undefined} id
   */
  function setRun(id) {
    if (runUrl || !id) return;
    runUrl = `${withoutQuery(url)}/${id}`;
    Object.assign(answer, { id, url: runUrl });
    accept(runUrl);
  }

  onPageActive((online) => {
    if (runUrl && (online || (watchdog && watchdog.idleTime() > idleTimeout / 2))) current.abort(pageActive);
    backoff.endWaits();
  }, ended);

  ended.addEventListener('abort', () => {
    // A stop that waits for the run's id still needs the response.
    if (runUrl || !stopping) current.abort();
    backoff.endWaits(true);
  });

  readToEnd()
    .catch((error) => (stopped ? finish('stopped') : fail(error)))
    .finally(() => accept(runUrl));

  return stop;
}

/** @param {unknown} [cause] @returns {never} */
function throwTruncated(cause) {
  throw new TokenfallError('truncated', 'The connection ended before the answer was complete.', { retryable: true, cause });
}
