export const run = 'Zk3vM0q2T5uXw8yB1cD4eA';

/**
 * Events of Tokenfall's dialect as they are on the wire, numbered from `first`.
 *
 * @param {[type: string, data: unknown][]} events a string is sent as it is, anything else as JSON
 */
export function wire(events, { first = 1, lineEnd = '\n' } = {}) {
  return events.map(([type, data], i) => {
    const json = typeof data === 'string' ? data : JSON.stringify(data);
    return [`id: ${run}.${first + i}`, `event: ${type}`, `data: ${json}`, '', ''].join(lineEnd);
  }).join('');
}

/** The events of a finished answer. */
export function answerOf(texts, done = {}) {
  return [
    ['start', { run, model: 'demo' }],
    ...texts.map((text) => ['delta', { text }]),
    ['done', { input_tokens: 12, output_tokens: 39, stop_reason: 'end_turn', chars: texts.join('').length, ...done }],
  ];
}
