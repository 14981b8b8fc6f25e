export const run = 'Zk3vM0q2T5uXw8yB1cD4eA';

/**
 * Formats events as Tokenfall's protocol does.
 *
 * @param {[type: string, data: unknown][]} events a string is sent as it is, anything else as JSON
 * @param {{ first?: number, lineEnd?: string }} [options] `first` is the number of the first event; without it they have no ids
 */
export function wire(events, { first, lineEnd = '\n' } = {}) {
  return events.map(([type, data], i) => {
    const json = typeof data === 'string' ? data : JSON.stringify(data);
    const id = first === undefined ? [] : [`id: ${run}.${first + i}`];
    return [`event: ${type}`, `data: ${json}`, ...id, '', ''].join(lineEnd);
  }).join('');
}

/** The events of a complete answer. */
export function answerOf(texts, done = {}) {
  return [
    ['start', { run, model: 'demo' }],
    ...texts.map((text) => ['delta', { text }]),
    ['done', { input_tokens: 12, output_tokens: 39, stop_reason: 'end_turn', chars: texts.join('').length, ...done }],
  ];
}
