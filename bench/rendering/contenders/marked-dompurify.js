import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** The whole text again in each frame. @param {HTMLElement} element */
export function markedDomPurify(element) {
  let text = '';
  let frame = 0;
  const draw = () => {
    frame = 0;
    element.innerHTML = DOMPurify.sanitize(marked.parse(text));
  };
  return {
    write(more) {
      text += more;
      frame ||= requestAnimationFrame(draw);
    },
    end: draw,
  };
}
