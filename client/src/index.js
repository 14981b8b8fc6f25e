/** @typedef {import('./answer.js').Answer} Answer */
/** @typedef {import('./answer.js').Outcome} Outcome */
/** @typedef {import('./ask.js').AskOptions} AskOptions */
/** @typedef {import('./ask.js').AttachPosition} AttachPosition */
/** @typedef {import('./errors.js').ErrorDetails} ErrorDetails */
/** @typedef {import('./events.js').AnswerState} AnswerState */
/** @typedef {import('./events.js').DataEvent} DataEvent */
/** @typedef {import('./events.js').FileEvent} FileEvent */
/** @typedef {import('./events.js').SourceEvent} SourceEvent */
/** @typedef {import('./events.js').ToolEvent} ToolEvent */
/** @typedef {import('./events.js').Usage} Usage */
/** @typedef {import('./sse.js').Parser} Parser */
/** @typedef {import('./sse.js').ParserOptions} ParserOptions */
/** @typedef {import('./sse.js').ServerSentEvent} ServerSentEvent */

export { ask, attach } from './ask.js';
export { TokenfallError } from './errors.js';
export { createParser } from './sse.js';
