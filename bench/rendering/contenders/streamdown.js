import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { Streamdown } from 'streamdown';

/** React, with one change of state a frame. @param {HTMLElement} element */
export function streamdown(element) {
  let text = '';
  let frame = 0;
  let set = (_) => {};
  const Answer = () => {
    const [shown, change] = useState('');
    set = change;
    return createElement(Streamdown, null, shown);
  };
  flushSync(() => createRoot(element).render(createElement(Answer)));
  const draw = () => {
    frame = 0;
    set(text);
  };
  return {
    write(more) {
      text += more;
      frame ||= requestAnimationFrame(draw);
    },
    end: () => flushSync(() => set(text)),
  };
}
