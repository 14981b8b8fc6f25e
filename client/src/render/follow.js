const nearEnd = 8; // pixels

/**
 * @typedef {object} Following
 * @property {boolean} active whether the end is kept in view
 * @property {() => void} jump goes to the end, and keeps it in view again
 * @property {() => void} close lets go for good
 */

/**
 * Keeps the end of a scroller in view while its content grows. The reader's first move upwards ends it at once; coming back to
 * the end begins it again.
 *
 * @param {Element} scroller such as `document.scrollingElement`
 * @param {Element} content what grows in it
 * @param {(active: boolean) => void} [onChange]
 * @returns {Following}
 */
export function follow(scroller, content, onChange) {
  const listening = new AbortController();
  const options = { passive: true, signal: listening.signal };
  // The page itself scrolls, but tells its document.
  const source = scroller === document.scrollingElement ? document : scroller;
  const rest = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  let last = 0;

  /** @param {boolean} value */
  function set(value) {
    if (following.active === value) return;
    following.active = value;
    onChange?.(value);
  }

  function pin() {
    if (following.active) scroller.scrollTop = scroller.scrollHeight;
    last = scroller.scrollTop;
  }

  // After layout and before paint: the browser calls it in the frame in which the content grew.
  const observer = new ResizeObserver(pin);
  const following = {
    active: rest() <= nearEnd,
    jump() {
      set(true);
      pin();
    },
    close() {
      observer.disconnect();
      listening.abort();
    },
  };
  source.addEventListener('scroll', () => {
    const up = scroller.scrollTop < last;
    last = scroller.scrollTop;
    if (!up && rest() <= nearEnd) set(true);
    if (up && rest() > 1) set(false); // at the end it was the content that shrank
  }, options);
  source.addEventListener('wheel', (event) => {
    if (/** @type {WheelEvent} */ (event).deltaY < 0 && scroller.scrollTop > 0) set(false);
  }, options);
  observer.observe(content);
  return following;
}
