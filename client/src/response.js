import { TokenfallError } from './errors.js';

// 52x: what Cloudflare answers for a server that it cannot reach.
const retryableStatuses = /408|425|429|50[234]|52\d/;
const gatewayStatuses = /50[24]|52\d/;
const goneStatuses = [404, 410];
const lastingStatuses = [401, 403, ...goneStatuses];

/**
 * @param {Response} response
 * @returns {Promise<ReadableStream<Uint8Array>>} the bytes of the event stream
 * @throws {TokenfallError} `refused`, or the server's own code, for an error status; `not_a_stream` if the response is not an
 *   event stream
 */
export async function openStream(response) {
  if (!response.ok) throw await responseError(response);
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/event-stream *(;|$)/i.test(type) && response.body) return response.body;
  const message = `Expected an event stream, but the response has ${type ? `the type ${type}` : 'no content type'}. Is it a sign-in page or a proxy's error page?`;
  throw new TokenfallError('not_a_stream', message, { status: response.status });
}

/**
 * @param {Response} response with an error status
 * @returns {Promise<TokenfallError>}
 */
export async function responseError(response) {
  const { status, headers } = response;
  const problem = await readProblem(response);
  const { title, detail = title, code = 'refused', retryable = retryableStatuses.test(String(status)), traceId, request_id = traceId } = problem ?? {};
  return new TokenfallError(code, detail ?? `The server refused the request with status ${status}.`, {
    status,
    retryable,
    requestId: request_id,
    retryAfter: retryAfterSeconds(headers),
    problem,
  });
}

/**
 * Reads problem details (RFC 9457). A body of another type, such as an error page, is not read at all.
 *
 * @param {Response} response
 * @returns {Promise<Record<string, any> | undefined>}
 */
async function readProblem(response) {
  if (!/json/i.test(response.headers.get('content-type') ?? '')) return undefined;
  const problem = await response.json().catch(() => undefined);
  return Object(problem) === problem ? problem : undefined;
}

/**
 * `Retry-After` holds seconds or a date (RFC 9110, 10.2.3). A date is compared with the server's clock if the response has one.
 *
 * @param {Headers} headers
 * @returns {number | undefined} seconds
 */
function retryAfterSeconds(headers) {
  const value = headers.get('retry-after') ?? '';
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = parseInt(value, 10) || Math.ceil((Date.parse(value) - now) / 1000);
  return seconds > 0 ? seconds : undefined;
}

/** @typedef {import('./errors.js').TokenfallError} Failure */

/**
 * Whether a server's refusal to go on with a run is final. Everything else is tried again: one odd answer, such as a proxy's error page or
 * a sign-in page of the network, says nothing about the run.
 *
 * @param {Failure} error
 */
export const isFinal = ({ code, status, retryable }) =>
  lastingStatuses.includes(status ?? 0) || /^(protocol|too_large)$/.test(code) || (code === 'request' && !retryable);

/** Whether the run is gone. @param {{ status?: number } | undefined} error */
export const isGone = (error) => goneStatuses.includes(error?.status ?? 0);

/** Whether the server is too busy to begin, and may have room later. @param {Failure} error */
export const isBusy = ({ status, retryable }) => retryable && (status === 429 || status === 503);

/** Whether a request may have reached the server although its answer did not come back. @param {Failure} error */
export const isUnanswered = ({ code, status }) => /^(network|truncated)$/.test(code) || gatewayStatuses.test(String(status));
