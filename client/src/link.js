import { Backoff } from './backoff.js';
import { TokenfallError } from './errors.js';
import { createPost, prepare } from './request.js';
import { openStream, refusal } from './response.js';
import { createParser } from './sse.js';
import { onWake } from './wake.js';
import { Watchdog } from './watchdog.js';

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
 * What a link tells its answer.
 *
 * @typedef {object} Sink
 * @property {(id: string, url: string) => void} named the server has named the run
 * @property {() => void} accepted a response has begun
 * @property {(event: import('./sse.js').ServerSentEvent) => void} event throws `protocol` for one that cannot be read
 * @property {() => void} flush hands the text of the events so far to the iterations
 * @property {() => void} cut the connection is lost, and is about to be made again
 * @property {() => void} stopped the run was stopped, and no event is going to say so
 * @property {(error: TokenfallError) => void} fail
 */

const postRepeats = 3;
const longestRetryAfter = 60; // seconds; a longer one is left to the caller
const woken = new Error('The page woke up, and the connection may have died meanwhile.');

/** The connections of one answer: a POST that starts its run, and after every cut a GET that reads on. */
export class Link {
  /** Resolves to the run's address as soon as it is known; to nothing when that never happens. @type {Promise<string | undefined>} */
  named;

  #address;
  #options;
  #sink;
  #retries;
  #idleTimeout;
  /** The run's address. @type {string | undefined} */
  #run;
  #last = ''; // id of the last event, and its number
  #number = 0;
  #failures = 0; // in a row
  #left = false;
  #ended = false;
  #stopped = false;
  /** @type {Promise<void> | undefined} */
  #stopping;
  #line = new AbortController(); // ends the present connection
  /** @type {Watchdog | undefined} */
  #watchdog;
  #backoff = new Backoff();
  #deafen;
  /** @type {(run?: string) => void} */
  #name = () => {};

  /**
   * @param {string} address where to ask
   * @param {LinkOptions} options
   * @param {Sink} sink called later, never from here
   * @param {{ body: unknown } | { id: string, after: string }} start what to ask; or the run that is there already, and the
   *   last event read of it
   */
  constructor(address, options, sink, start) {
    this.#address = address;
    this.#options = options;
    this.#sink = sink;
    this.#retries = options.retries ?? 10;
    this.#idleTimeout = options.idleTimeout ?? 40_000;
    this.named = new Promise((resolve) => (this.#name = resolve));
    this.#deafen = onWake(this.#wake);
    if ('id' in start) {
      this.#run = address;
      this.#seek(start.after);
      this.#name(address);
    }
    this.#follow('body' in start ? start.body : undefined)
      .catch((error) => (this.#stopped ? sink.stopped() : sink.fail(error)))
      .finally(() => this.#name());
  }

  /**
   * Ends the run on the server, as soon as the server has named it. A POST that is on its way is not aborted for it: the
   * server may have it already, and would go on for as long as its disconnect policy says.
   *
   * @returns {Promise<void>} rejects with a `TokenfallError` when the server refuses, or cannot be reached
   */
  stop() {
    return (this.#stopping ??= this.#stop().catch((error) => {
      this.#stopping = undefined;
      throw error;
    }));
  }

  /**
   * Lets go of the connection, for good.
   *
   * @param {boolean} ended whether the run has ended, so that there is nothing left to stop
   */
  leave(ended) {
    this.#left = true;
    this.#ended = ended;
    this.#deafen();
    // A stop that waits for the run's name still needs the response.
    if (this.#run || !this.#stopping) this.#line.abort();
    this.#backoff.wake(true);
  }

  /** @param {unknown} body */
  async #follow(body) {
    const post = this.#run ? undefined : createPost(body);
    while (!this.#left) {
      try {
        const stream = await this.#connect(post);
        if (stream) await this.#read(stream);
      } catch (error) {
        if (!this.#left) await this.#recover(/** @type {TokenfallError} */ (error));
      } finally {
        this.#watchdog?.end();
        this.#line.abort();
      }
    }
  }

  /**
   * @param {import('./request.js').Call} [post] what to send as long as the run is not known
   * @returns {Promise<ReadableStream<Uint8Array> | undefined>} nothing when there is nothing to read
   */
  async #connect(post) {
    const line = (this.#line = new AbortController());
    const read = { method: 'GET', headers: this.#last ? { 'Last-Event-ID': this.#last } : undefined };
    const send = await prepare(this.#run ?? this.#address, this.#run || !post ? read : post, this.#options, line.signal);
    if (this.#left) return undefined;
    if (this.#stopping && !this.#run) {
      this.#sink.stopped(); // before anything was sent
      return undefined;
    }
    this.#watchdog = new Watchdog(this.#idleTimeout, () => line.abort(new Error(`Nothing came for ${this.#idleTimeout} ms.`)));
    const response = await send();
    this.#nameRun(response.headers.get('location')?.split('/').pop(), response);
    if (response.status === 204 && this.#number) {
      // The run has ended with the event that we named: read that one again, to know how.
      this.#seek(`${this.#last.slice(0, -String(this.#number).length)}${this.#number - 1}`);
      return undefined;
    }
    const stream = await openStream(response);
    if (!this.#left) this.#sink.accepted();
    return stream;
  }

  /** @param {ReadableStream<Uint8Array>} stream */
  async #read(stream) {
    const reader = stream.getReader();
    const { maxEventSize } = this.#options;
    const before = this.#number;
    const parser = createParser({ onEvent: (event) => this.#receive(event, before), onRetry: (time) => (this.#backoff.base = time), maxEventSize });
    // The link is left with the terminal event: the connection may stay open behind it, and nobody waits for its end.
    while (!this.#left) {
      const { value, done } = await reader.read().catch((cause) => {
        throw cut('The connection broke before the answer was complete.', cause);
      });
      if (done) throw cut('The stream ended before the answer was complete.');
      this.#watchdog?.arrived();
      parser.push(value);
      this.#sink.flush();
    }
  }

  /**
   * @param {import('./sse.js').ServerSentEvent} event
   * @param {number} before number of the last event of the connections before
   */
  #receive(event, before) {
    const { id } = event;
    const dot = id.lastIndexOf('.');
    const number = Number(id.slice(dot + 1));
    if (number && number <= before) return;
    if (dot > 0) this.#nameRun(id.slice(0, dot));
    this.#sink.event(event);
    if (id) this.#seek(id, number);
    this.#failures = 0;
  }

  /** Goes on after a failure, or throws it. @param {TokenfallError} error */
  async #recover(error) {
    const { code, retryable, retryAfter = 0 } = error;
    // Only when there was no response at all is a POST repeated, under the same Idempotency-Key.
    const mayGoOn = this.#run ? retryable : code === 'network';
    if (mayGoOn && this.#stopping && !this.#run) return this.#sink.stopped();
    const tries = this.#run ? this.#retries : postRepeats;
    const waitsForNetwork = this.#run && globalThis.navigator?.onLine === false;
    if (!mayGoOn || retryAfter > longestRetryAfter || (this.#failures >= tries && !waitsForNetwork)) throw error;
    this.#failures++;
    if (this.#run) this.#sink.cut();
    if (this.#line.signal.reason !== woken) await this.#backoff.wait(this.#failures, retryAfter);
  }

  async #stop() {
    const run = await this.named;
    for (let attempt = 1; run && !this.#ended; attempt++) {
      try {
        // keepalive: whoever stops and then closes the page has stopped.
        const call = { method: 'DELETE', keepalive: true };
        const send = await prepare(run, call, this.#options, AbortSignal.timeout(this.#idleTimeout));
        const response = await send();
        if (!response.ok) throw await refusal(response);
        this.#stopped = true;
        return this.#backoff.wake(); // the network is there: read the end
      } catch (error) {
        const { retryable, retryAfter = 0 } = /** @type {TokenfallError} */ (error);
        if (!retryable || attempt > this.#retries || retryAfter > longestRetryAfter) throw error;
        await this.#backoff.wait(attempt, retryAfter);
      }
    }
  }

  /** @param {boolean} online */
  #wake = (online) => {
    const { silence = 0 } = this.#watchdog ?? {};
    if (this.#run && (online || silence > this.#idleTimeout / 2)) this.#line.abort(woken);
    this.#backoff.wake();
  };

  /**
   * The run lies below the address that was asked, whatever path a proxy in between has shown the server.
   *
   * @param {string | undefined} id
   * @param {Response} [response]
   */
  #nameRun(id, response) {
    if (this.#run || !id) return;
    const asked = response?.redirected ? response.url : this.#address;
    this.#run = `${asked.replace(/\/?([?#].*)?$/, '')}/${id}`;
    this.#sink.named(id, this.#run);
    this.#name(this.#run);
  }

  /** @param {string} id @param {number} [number] */
  #seek(id, number = Number(id.slice(id.lastIndexOf('.') + 1))) {
    this.#last = id;
    this.#number = number || 0;
  }
}

/** @param {string} message @param {unknown} [cause] */
function cut(message, cause) {
  return new TokenfallError('truncated', message, { retryable: true, cause });
}
