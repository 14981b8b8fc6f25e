import { TokenfallError } from './errors.js';

const retryableStatuses = /408|425|429|50[234]/;

/**
 * Gives the bytes of an accepted answer.
 *
 * @param {Response} response
 * @returns {Promise<ReadableStream<Uint8Array>>}
 * @throws {TokenfallError} `refused` for an error status, `not_a_stream` for anything that is not an event stream
 */
export async function openStream(response) {
  if (!response.ok) throw await refusal(response);
  const type = response.headers.get('content-type') ?? '';
  if (/^text\/event-stream *(;|$)/i.test(type) && response.body) return response.body;
  const message = `The server sent ${type || 'no content type'} instead of events: a sign-in page, or a proxy's?`;
  throw new TokenfallError('not_a_stream', message, { status: response.status });
}

/**
 * The error that an error status means.
 *
 * @param {Response} response
 */
export async function refusal(response) {
  const { status, headers } = response;
  const problem = await readProblem(response);
  const { title, detail = title, code = 'refused', retryable = retryableStatuses.test(String(status)), traceId, request_id = traceId } = problem ?? {};
  return new TokenfallError(code, detail ?? `The server refused the request with status ${status}.`, {
    status,
    retryable,
    requestId: request_id,
    retryAfter: secondsToWait(headers),
    problem,
  });
}

/**
 * Problem details (RFC 9457). A body of another type, an error page for instance, is not even read.
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
 * `Retry-After` is seconds or a date (RFC 9110, 10.2.3). A date is measured against the server's clock where it is sent.
 *
 * @param {Headers} headers
 * @returns {number | undefined}
 */
function secondsToWait(headers) {
  const value = headers.get('retry-after') ?? '';
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const seconds = parseInt(value, 10) || Math.ceil((Date.parse(value) - now) / 1000);
  return seconds > 0 ? seconds : undefined;
}
