import { TokenfallError } from './errors.js';

const known = /^(start|delta|thinking|tool_call|tool_result|done|error)$/;

/**
 * The data of an event of Tokenfall's dialect; nothing for an event that this version does not know.
 *
 * @param {string} type
 * @param {string} json
 * @returns {Record<string, any> | undefined}
 * @throws {TokenfallError} `protocol`, when the data is not what the type promises
 */
export function decode(type, json) {
  if (!known.test(type)) return undefined;
  try {
    const data = JSON.parse(json);
    const isText = type === 'delta' || type === 'thinking';
    if (Object(data) !== data || (isText && typeof data.text !== 'string')) throw new TypeError();
    return data;
  } catch (cause) {
    throw new TokenfallError('protocol', `The server sent an event that cannot be read: "${type}" with ${json.slice(0, 99)}`, { cause });
  }
}

/**
 * @param {Record<string, any>} data of an `error` event
 * @returns {TokenfallError}
 */
export function serverError({ code = 'internal', message = 'The server could not finish the answer.', retryable = false, request_id, retry_after }) {
  return new TokenfallError(code, message, { retryable, requestId: request_id, retryAfter: retry_after });
}
