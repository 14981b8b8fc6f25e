/**
 * `connecting` until the server answers; `busy` while it has no room and the question waits to be asked again (see
 * `answer.retryAt`); `queued` while the run waits for its turn (see `answer.position`); `thinking` until the first text; `streaming`
 * while text arrives; `reconnecting` after the connection is lost. Then one of: `done`, `stopped` (the run was stopped on the
 * server), `failed` (see `answer.error`), `closed` (this reader stopped reading).
 *
 * @typedef {'connecting' | 'busy' | 'queued' | 'thinking' | 'streaming' | 'reconnecting' | 'done' | 'stopped' | 'failed' | 'closed'} AnswerState
 */

/**
 * Tokens used, as far as the provider reports them.
 *
 * @typedef {object} Usage
 * @property {number} [inputTokens] all input tokens, cached ones included
 * @property {number} [cachedInputTokens] input tokens read from the provider's cache
 * @property {number} [cacheWriteTokens] input tokens written to the provider's cache
 * @property {number} [outputTokens] all output tokens
 * @property {number} [reasoningTokens] output tokens spent on reasoning
 * @property {'measured' | 'estimated' | 'unknown'} [quality] `measured` by the provider, `estimated` from the text when the run
 *   ended early, or `unknown`
 */

/**
 * A step of a tool call. `part` tells the pieces of one call's input from those of the next: absent for the first part, then
 * counted from 2.
 *
 * @typedef {(
 *   | { type: 'tool_input', data: { id?: string, name?: string, text: string, part?: number, [field: string]: any } }
 *   | { type: 'tool_call', data: { id?: string, name: string, input?: any, incomplete?: boolean, providerExecuted?: boolean, approval?: boolean, part?: number, [field: string]: any } }
 *   | { type: 'tool_result', data: { id?: string, output?: any, error?: boolean, part?: number, [field: string]: any } }
 * )} ToolEvent `tool_input` is a piece of the arguments' JSON as the model writes it; the first
 *   piece has the tool's name and may be empty. `tool_call` has the arguments in `input`:
 *   parsed, or, when `incomplete` is set, the text received so far. `providerExecuted`: the provider runs the tool itself.
 *   `approval`: the call waits for approval
 */

/**
 * A source that the answer cites.
 *
 * @typedef {object} SourceEvent
 * @property {'url' | 'document'} type
 * @property {string} [url]
 * @property {string} [title]
 * @property {string} [document] the id or index of a document at the provider
 * @property {string} [citedText] the passage cited
 * @property {number} [start] where the citation begins
 * @property {number} [end] where the citation ends
 * @property {number} [part] absent for the first source, then counted from 2
 */

/**
 * A file that the model produced, as a URL or as data.
 *
 * @typedef {object} FileEvent
 * @property {string} mediaType such as `image/png`
 * @property {string} [url]
 * @property {string} [data] the content in base64
 * @property {string} [name]
 * @property {number} [part] absent for the first file, then counted from 2
 */

/**
 * Data that the application sends with the answer. Provider content of an unknown kind arrives as `unknown_content`, with its
 * type only.
 *
 * @typedef {object} DataEvent
 * @property {string} name
 * @property {any} value
 * @property {number} [part] absent for the first one, then counted from 2
 */

/** @typedef {import('./answer.js').Answer} Answer */

/**
 * Callbacks run as events are read. An exception in a callback is reported as uncaught, like one in an event listener, and
 * does not affect the answer.
 *
 * @typedef {object} AnswerOptions
 * @property {(delta: string, answer: Answer, part: number) => void} [onText] receives each piece of text; `part` counts the
 *   answer's texts from 1
 * @property {(delta: string, answer: Answer, part: number) => void} [onThinking] receives each piece of reasoning; `part`
 *   counts from 1
 * @property {(tool: ToolEvent, answer: Answer) => void} [onTool]
 * @property {(source: SourceEvent, answer: Answer) => void} [onSource]
 * @property {(file: FileEvent, answer: Answer) => void} [onFile]
 * @property {(data: DataEvent, answer: Answer) => void} [onData]
 * @property {(usage: Usage, answer: Answer) => void} [onUsage] called once, when the answer ends
 * @property {(state: AnswerState, answer: Answer) => void} [onState] called at every change of the state, the final one
 *   included, of `answer.position` and of `answer.retryAt`
 * @property {AbortSignal} [signal] aborting it closes the answer; iterations then throw its reason, usually an `AbortError`
 */

export {};
