// snippet: react
import { useEffect, useRef, useState } from 'react';
import { ask } from 'tokenfall';

export function useAnswer(url, options) {
  const current = useRef(null);
  const [view, setView] = useState({ text: '', state: 'idle', error: null });
  useEffect(() => () => current.current?.close(), []);

  const start = (body) => {
    current.current?.close();
    const show = (change) => {
      if (current.current === answer) setView((before) => ({ ...before, ...change }));
    };
    const answer = ask(url, body, {
      ...options,
      onText: (_, { text }) => show({ text }),
      onState: (state) => show({ state }),
    });
    current.current = answer;
    setView({ text: '', state: answer.state, error: null });
    answer.finished.then(({ state, error }) => show({ state, error }));
  };
  return { ...view, start, stop: () => current.current?.stop() };
}
// end snippet
