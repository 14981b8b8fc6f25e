import { TokenfallError } from './errors.js';

const knownTypes = /^(queued|start|delta|thinking|tool_input|tool_call|tool_result|source|file|data|done|error)$/;

/**
 * Parses the data of an event of Tokenfall's protocol.
 *
 * @param {string} type
 * @param {string} json
 * @returns {Record<string, any> | undefined} `undefined` for an event type that this version does not know
 * @throws {TokenfallError} `protocol` if the data does not match the type
 */
export function decodeEvent(type, json) {
  if (!knownTypes.test(type)) return undefined;
  try {
    const data = JSON.parse(json);
    const isText = type === 'delta' || type === 'thinking';
    if (Object(data) !== data || (isText && typeof data.text !== 'string')) throw new TypeError();
    return data;
  } catch (cause) {
    throw new TokenfallError('protocol', `The server sent a "${type}" event that cannot be read: ${json.slice(0, 99)}`, { cause });
  }
}

/**
 * The wire spells names in snake_case, JavaScript in camelCase. Only the outer level is converted: what is inside belongs to
 * tools and applications.
 *
 * @param {Record<string, any>} data
 * @returns {Record<string, any>}
 */
export const camelCaseKeys = (data) => Object.fromEntries(
  Object.entries(data).map(([key, value]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
);

/**
 * @param {Record<string, any>} data of a `done` or `error` event
 * @returns {import('./events.js').Usage} every count of tokens that is known
 */
export function usageOf(data) {
  const known = Object.entries(camelCaseKeys(data)).filter(([name, value]) => name.endsWith('Tokens') && value != null);
  return { ...Object.fromEntries(known), ...(data.usage && { quality: data.usage }) };
}

/**
 * @param {Record<string, any>} data of an `error` event
 * @returns {TokenfallError}
 */
export function serverError({ code = 'internal', message = 'The server could not finish the answer.', retryable = false, request_id, retry_after }) {
  return new TokenfallError(code, message, { retryable, requestId: request_id, retryAfter: retry_after });
}
