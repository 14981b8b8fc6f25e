/** @typedef {import('./answer.js').Answer} Answer */
/** @typedef {import('./answer.js').AnswerState} AnswerState */
/** @typedef {import('./answer.js').Outcome} Outcome */
/** @typedef {import('./answer.js').ToolEvent} ToolEvent */
/** @typedef {import('./answer.js').Usage} Usage */
/** @typedef {import('./ask.js').AskOptions} AskOptions */
/** @typedef {import('./ask.js').Position} Position */
/** @typedef {import('./sse.js').Parser} Parser */
/** @typedef {import('./sse.js').ParserOptions} ParserOptions */
/** @typedef {import('./sse.js').ServerSentEvent} ServerSentEvent */

export { ask, attach } from './ask.js';
export { TokenfallError } from './errors.js';
export { createParser } from './sse.js';
