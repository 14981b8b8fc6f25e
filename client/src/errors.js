/**
 * What is known about an error besides its code and message.
 *
 * @typedef {object} ErrorDetails
 * @property {number} [status] HTTP status, when the request was refused
 * @property {boolean} [retryable] whether asking again may succeed
 * @property {string} [requestId] what to quote to whoever runs the server
 * @property {number} [retryAfter] seconds to wait before asking again
 * @property {Record<string, unknown>} [problem] the refusal's problem details (RFC 9457), as sent
 * @property {unknown} [cause] the underlying error
 */

/**
 * Why an answer failed. `message` is safe to show.
 *
 * Codes made here: `request` (it could not be put together), `network` (no response), `refused` (an HTTP error status),
 * `not_a_stream` (a page instead of events), `protocol` (an event that cannot be read), `too_large` (an event over the
 * limit), `truncated` (the connection ended before the answer did), `incomplete` (text is missing).
 * Any other code is the server's own, such as `overloaded` or `rate_limited`.
 */
export class TokenfallError extends Error {
  name = 'TokenfallError';
  /** @type {string} */
  code;
  /** @type {number | undefined} */
  status;
  retryable = false;
  /** @type {string | undefined} */
  requestId;
  /** @type {number | undefined} */
  retryAfter;
  /** @type {Record<string, unknown> | undefined} */
  problem;

  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorDetails} [details]
   */
  constructor(code, message, { cause, ...details } = {}) {
    super(message, { cause });
    this.code = code;
    Object.assign(this, details);
  }
}
