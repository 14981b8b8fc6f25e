// Answers that are whole need no words.
const whole = new Set(['end_turn', 'stop_sequence']);

const notes = /** @type {Record<string, string>} */ ({
  stopped: 'Stopped.',
  max_tokens: 'The answer was cut off at the maximum length that the server allows.',
  model_context_window_exceeded: 'The answer was cut off: the conversation has filled the model’s memory. Start a new chat to go on.',
  abandoned: 'The answer ended because nobody was reading it.',
  refusal: 'The model declined to continue.',
  pause_turn: 'The model paused before it was done. Ask it to go on.',
  tool_use: 'The model asked for a tool that this page cannot run, and waits for its result.',
  unknown: 'The provider did not say why the answer ended. It may not be complete.',
});

/**
 * What to tell the reader about why an answer ended. Providers add reasons, so one that is not known here is named rather than left out.
 *
 * @param {string | null | undefined} reason the `stop_reason`
 * @returns {string | undefined} nothing when the answer is whole
 */
export function noteOf(reason) {
  if (reason == null || whole.has(reason)) return undefined;
  return Object.hasOwn(notes, reason) ? notes[reason] : `The answer ended early (${reason.replaceAll('_', ' ')}). It may not be complete.`;
}
