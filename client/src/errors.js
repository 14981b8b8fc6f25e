/**
 * Details of an error besides its code and message.
 *
 * @typedef {object} ErrorDetails
 * @property {number} [status] HTTP status of the response, if there was one
 * @property {boolean} [retryable] whether asking again may succeed
 * @property {string} [requestId] the id to quote to the server's operator
 * @property {number} [retryAfter] seconds to wait before asking again
 * @property {Record<string, unknown>} [problem] the response's problem details (RFC 9457), as sent
 * @property {unknown} [cause] the underlying error
 */

/**
 * Why an answer failed. `message` is safe to show to users.
 *
 * The client's own codes: `request` (the request could not be created), `network` (no response), `refused` (an HTTP error
 * status), `not_a_stream` (the response is not an event stream), `protocol` (an event could not be parsed), `too_large` (an
 * event exceeded the size limit), `truncated` (the connection ended before the answer did), `incomplete` (text is missing), `abandoned` (the run was ended because nobody was
 * reading it).
 * Any other code comes from the server, such as `overloaded` or `rate_limited`.
 */
export class TokenfallError extends Error {
  name = 'TokenfallError';
  /** @type {string} */
  code;
  /** HTTP status of the response, if there was one. @type {number | undefined} */
  status;
  /** Whether asking again may succeed. */
  retryable = false;
  /** The id to quote to the server's operator. @type {string | undefined} */
  requestId;
  /** Seconds to wait before asking again. @type {number | undefined} */
  retryAfter;
  /** The response's problem details (RFC 9457), as sent. @type {Record<string, unknown> | undefined} */
  problem;

  /**
   * @param {string} code
   * @param {string} message safe to show to users
   * @param {ErrorDetails} [details]
   */
  constructor(code, message, { cause, ...details } = {}) {
    super(message, { cause });
    this.code = code;
    Object.assign(this, details);
  }
}
