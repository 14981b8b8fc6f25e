import { TokenfallError } from './errors.js';

const known = new Set(['start', 'delta', 'thinking', 'tool_call', 'tool_result', 'done', 'error']);

/**
 * The data of an event of Tokenfall's dialect; nothing for an event that this version does not know.
 *
 * @param {string} type
 * @param {string} json
 * @returns {Record<string, any> | undefined}
 * @throws {TokenfallError} `protocol`, when the data is not what the type promises
 */
export function decode(type, json) {
  if (!known.has(type)) return undefined;
  let data;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw unreadable(type, 'is not JSON', cause);
  }
  if (typeof data !== 'object' || data === null) throw unreadable(type, 'is not an object');
  if ((type === 'delta' || type === 'thinking') && typeof data.text !== 'string') throw unreadable(type, 'has no text');
  return data;
}

/**
 * @param {Record<string, any>} data of an `error` event
 * @returns {TokenfallError}
 */
export function serverError(data) {
  return new TokenfallError(data.code ?? 'internal', data.message ?? 'The server could not finish the answer.', {
    retryable: data.retryable,
    requestId: data.request_id,
    retryAfter: data.retry_after,
  });
}

/**
 * @param {string} type
 * @param {string} how
 * @param {unknown} [cause]
 */
function unreadable(type, how, cause) {
  return new TokenfallError('protocol', `The server sent an event that cannot be read: the data of "${type}" ${how}.`, { cause });
}
