import { createBackoff } from './backoff.js';
import { TokenfallError } from './errors.js';
import { onPageEvents } from './page-events.js';
import { createPost, prepareRequest } from './request.js';
import { isBusy, isFinal, isGone, isUnanswered, openStream } from './response.js';
import { createParser } from './sse.js';
import { createStop } from './stop.js';
import * as timing from './timing.js';
import { createWatchdog } from './watchdog.js';

/**
 * @typedef {object} ReconnectOptions
 * @property {number} [retryTime] milliseconds without a connection to the run before it gives up; 120,000 by default, more than the
 *   server's `ResumeGrace`. Time offline does not count, and of a sleep no more than the attempt it interrupts
 * @property {number} [retries] failed attempts in a row before it gives up; unlimited by default
 * @property {number} [idleTimeout] milliseconds without a byte, heartbeats included, before a connection is replaced; 40,000 by
 *   default, more than twice the server's heartbeat interval
 * @property {number} [maxEventSize] largest event accepted, in UTF-16 code units; 16 Mi by default
 */

/** @typedef {import('./request.js').RequestOptions & ReconnectOptions} ConnectionOptions */

/**
 * What to read: `url` and `body` of a question, or `runUrl` and `id` of a run that exists, from event `number`.
 *
 * @typedef {{ url?: string, body?: unknown, runUrl?: string, id?: string, number?: number }} Target
 */

/**
 * What a connection reports. The answer draws its own conclusions.
 *
 * @typedef {object} Observer
 * @property {(id: string, url: string) => void} onRun the server has accepted the question
 * @property {() => void} onOpen the server has answered, and events follow
 * @property {() => void} onLost there is no connection, and another attempt follows
 * @property {(retryAt: number) => void} onBusy the server is busy and is asked again at this time
 * @property {(event: import('./sse.js').ServerSentEvent) => void} onEvent throws `protocol` for an event that cannot be parsed
 * @property {() => void} onChunk all events of a network chunk have been reported
 * @property {() => void} onStopped the run is stopped, and its end cannot be read or need not be
 * @property {(error: TokenfallError) => void} onFailure there will be no other attempt
 */

/** @typedef {ReturnType<typeof createConnection>} Connection */

const learningRepeats = 2; // a stop must not take minutes
const busyRepeats = 4;
const maxBaseDelay = 60_000; // a delay that overflows a timer would be no delay at all
const pageActive = 'page-active'; // the reason when a connection is replaced although it has not failed

/**
 * @param {string} url
 * @returns {string} the URL without query, fragment and trailing slash
 */
export const withoutQuery = (url) => url.replace(/\/?([?#].*)?$/, '');

/**
 * Manages the connections of one answer: a POST that starts its run, and a GET that continues after each lost connection.
 *
 * @param {Target} target
 * @param {ConnectionOptions} options
 * @param {Observer} observer
 */
export function createConnection({ url = '', body, runUrl, id = '', number = 0 }, options, observer) {
  const { retryTime = timing.retryTime, idleTimeout = timing.idleTimeout, retries, maxEventSize } = options;
  const backoff = createBackoff();
  const reading = backoff.attempts({ time: retryTime, count: retries });
  const posting = backoff.attempts({ time: retryTime, count: retries, attemptTime: idleTimeout });
  const learning = backoff.attempts({ count: learningRepeats });
  const lifetime = new AbortController(); // until the answer ends
  let current = new AbortController(); // closes the current connection
  /** @type {ReturnType<typeof createWatchdog> | undefined} */
  let watchdog;
  /** What the server calls this reader. @type {string | null} */
  let reader = null;
  let busyAnswers = 0;
  let mayRun = !!runUrl; // whether a run may exist: a POST may have arrived although no answer came back
  let heard = false; // whether an event was read
  let again = 0; // 1 to read the last event a second time
  let terminal = false; // whether the terminal event was read
  let readsEnd = false; // whether the connection is made only for the end of a run that was stopped
  /** @type {TokenfallError | undefined} */
  let failure;
  /** @type {Promise<void> | undefined} */
  let loop;
  let onNamed = () => {};

  const stopping = createStop(options, backoff, {
    runUrl: () => runUrl,
    isOver: () => terminal,
    learnRun,
    onConfirmed() {
      if (lifetime.signal.aborted) return;
      if (backoff.isHeld()) return observer.onStopped();
      backoff.endWaits(); // the network works, so read the end now
      const timer = setTimeout(observer.onStopped, timing.endTimeout);
      lifetime.signal.addEventListener('abort', () => clearTimeout(timer));
    },
  });
  // A stop that waits for the run's name outlives the answer.
  const isOver = () => terminal || (lifetime.signal.aborted && (!stopping.isWaiting() || !!runUrl || !mayRun));

  async function readToEnd() {
    while (!isOver()) {
      try {
        await connect();
      } catch (error) {
        if (!isOver()) await recover(/** @type {TokenfallError} */ (error));
      } finally {
        watchdog?.stop();
        watchdog = undefined;
        current.abort();
      }
    }
  }

  /** @type {import('./request.js').RequestParts | undefined} */
  let post;
  function nextRequest() {
    if (!runUrl) return (post ??= createPost(body));
    const position = number > again && { 'Last-Event-ID': `${id}.${number - again}` };
    const predecessor = reader && { 'Tokenfall-Reader': reader };
    return { method: 'GET', headers: { ...position, ...predecessor } };
  }

  /** Makes one connection and reads it until the answer has ended. Throws if the connection ends first. */
  async function connect() {
    const connection = (current = new AbortController());
    watchdog = createWatchdog(runUrl || stopping.isWaiting() ? Math.min(timing.attemptTimeout, idleTimeout) : idleTimeout, () => connection.abort());
    const isPost = !runUrl;
    const send = await prepareRequest(runUrl ?? url, nextRequest, options, current.signal);
    if (isOver()) return;
    const mightRun = mayRun;
    mayRun = true;
    const response = await send();
    if (response.status === 204 && number && !again) {
      again = 1; // the run ended with the event we named: read that event again to learn how
      return;
    }
    again = 0;
    const stream = await openStream(response).catch((error) => {
      if (isPost && !isUnanswered(error)) mayRun = mightRun;
      throw error;
    });
    reader = response.headers.get('tokenfall-reader') ?? reader;
    setRun(response.headers.get('location')?.split('/').pop());
    if (isOver()) return;
    reading.opened();
    watchdog.setLimit(idleTimeout);
    observer.onOpen();
    const alreadyRead = number;
    const parser = createParser({
      maxEventSize,
      onRetry: (delay) => (backoff.base = Math.min(delay, maxBaseDelay)),
      onEvent(event) {
        const [runId, eventNumber] = event.id.split('.');
        if (eventNumber) setRun(runId);
        if (isOver() || (Number(eventNumber) <= alreadyRead && !/^(queued|done|error)$/.test(event.type))) return;
        observer.onEvent(event);
        heard = true;
        number = Number(eventNumber) || number;
        reading.progressed();
      },
    });
    const body = stream.getReader();
    // The loop ends with the answer, not with the connection, which may stay open after the terminal event.
    while (!isOver()) {
      const { value, done } = await body.read().catch(throwTruncated);
      if (done) throwTruncated();
      watchdog.reset();
      parser.push(value);
      observer.onChunk();
    }
  }

  /** Waits before the next attempt, or throws the error if there should be none. @param {TokenfallError} error */
  async function recover(error) {
    if (stopping.isConfirmed()) {
      // One attempt to read the end, if it was the open connection that broke.
      if (error.code !== 'truncated' || readsEnd) observer.onStopped();
      readsEnd = true;
    } else if (runUrl) {
      if (isFinal(error)) throw error;
      observer.onLost();
      if (current.signal.reason !== pageActive) await reading.wait(error);
    } else if (isBusy(error) && !stopping.isWaiting() && ++busyAnswers <= busyRepeats && (error.retryAfter ?? 0) * 1000 <= timing.maxRetryAfter) {
      failure = error;
      const delay = (error.retryAfter ? error.retryAfter * 1000 : timing.busyDelay) + backoff.jitter(busyAnswers);
      observer.onBusy(Date.now() + delay);
      await backoff.delay(delay, true);
    } else if (isUnanswered(error) && !heard) {
      // Repeated with the same Idempotency-Key, so that a run that it has started is found, and not started again.
      observer.onLost();
      await (stopping.isWaiting() ? learning : posting).wait(error);
    } else {
      throw error;
    }
  }

  const start = () => (loop ??= run());

  async function run() {
    try {
      await readToEnd();
      loop = undefined;
    } catch (error) {
      loop = undefined; // before anybody hears of it and starts again
      failure = /** @type {TokenfallError} */ (error);
      if (stopping.isConfirmed()) observer.onStopped();
      else observer.onFailure(failure);
    }
  }

  /** Resolves once the run's URL is known, or nothing runs. Throws if a run may exist that cannot be found. */
  async function learnRun() {
    if (!mayRun) {
      return failure ? observer.onFailure(failure) : observer.onStopped();
    }
    watchdog?.setLimit(Math.min(timing.attemptTimeout, idleTimeout));
    backoff.endWaits(true);
    await Promise.race([start(), new Promise((resolve) => (onNamed = () => resolve(undefined)))]);
    if (!runUrl && mayRun) throw failure;
  }

  /**
   * The run's URL is built from the requested one, because behind a proxy the server may not know its public path.
   *
   * @param {string | undefined} newId
   */
  function setRun(newId) {
    if (runUrl || !newId) return;
    id = newId;
    runUrl = `${withoutQuery(url)}/${id}`;
    observer.onRun(id, runUrl);
    onNamed();
  }

  /** Tells the server that this reader does not return. */
  function sayGoodBye() {
    if (!runUrl || !reader || terminal || stopping.isConfirmed()) return;
    const leave = () => ({ method: 'DELETE', keepalive: true });
    prepareRequest(`${withoutQuery(runUrl)}/readers/${reader}`, leave, { ...options, csrfToken: undefined }, AbortSignal.timeout(timing.attemptTimeout))
      .then((send) => send())
      .catch(() => {}); // the server waits longer, then
  }

  onPageEvents((online) => {
    if (runUrl && (online || (watchdog && watchdog.idleTime() > idleTimeout / 2))) current.abort(pageActive);
    backoff.endWaits();
  }, sayGoodBye, lifetime.signal);
  start();

  return {
    stop: stopping.stop,

    /** Makes the next attempt now. */
    retry: () => backoff.endWaits(true),

    /** Whether the run may still be there although the answer has ended. */
    isResumable: () => mayRun && !terminal && !stopping.isConfirmed() && !isGone(failure),

    /**
     * Ends the connection.
     *
     * @param {'left' | 'ended' | 'failed'} why `left`: the reader leaves a run that goes on; `ended`: the terminal event was read
     */
    close(why) {
      lifetime.abort();
      terminal ||= why === 'ended';
      if (why === 'left') sayGoodBye();
      if (isOver()) current.abort();
      backoff.endWaits(true);
    },
  };
}

/** @param {unknown} [cause] @returns {never} */
function throwTruncated(cause) {
  throw new TokenfallError('truncated', 'The connection ended before the answer was complete.', { retryable: true, cause });
}
