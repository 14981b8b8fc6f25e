// snippet: keep-answer
import { ask, attach } from 'tokenfall';

const stored = 'answer';

export function askAndKeep(prompt, options) {
  const answer = ask('/ask/stream', { prompt }, options);
  answer.accepted.then((url) => url && sessionStorage.setItem(stored, url));
  return answer;
}

// Call it when the page has loaded. The answer comes from its first word on; undefined if there is none.
export function attachToKept(options) {
  const url = sessionStorage.getItem(stored);
  return url ? attach(url, options) : undefined;
}

// When another user may come, or the answer is gone (the error's code is then unknown_run).
export const forgetKept = () => sessionStorage.removeItem(stored);
// end snippet
