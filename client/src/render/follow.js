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
  // The page itself scrolls, but tells its document.
  const source = scroller === document.scrollingElement ? document : scroller;
  const distance = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  let active = distance() <= nearEnd;
  let last = scroller.scrollTop;

  /** @param {boolean} value */
  const set = (value) => {
    if (active === value) return;
    active = value;
    onChange?.(value);
  };
  const pin = () => {
    if (!active) return;
    scroller.scrollTop = scroller.scrollHeight;
    last = scroller.scrollTop;
  };
  const scrolled = () => {
    const { scrollTop } = scroller;
    if (scrollTop >= last ? distance() <= nearEnd : distance() <= 1) {
      if (scrollTop >= last) set(true); // otherwise the content shrank
    } else if (scrollTop < last) set(false);
    last = scrollTop;
  };
  /** @param {Event} event */
  const turned = (event) => {
    if (/** @type {WheelEvent} */ (event).deltaY < 0 && scroller.scrollTop > 0) set(false);
  };

  // After layout and before paint: the browser calls it in the frame in which the content grew.
  const observer = new ResizeObserver(pin);
  observer.observe(content);
  source.addEventListener('scroll', scrolled, { passive: true });
  source.addEventListener('wheel', turned, { passive: true });
  return {
    get active() {
      return active;
    },
    jump() {
      set(true);
      pin();
    },
    close() {
      observer.disconnect();
      source.removeEventListener('scroll', scrolled);
      source.removeEventListener('wheel', turned);
    },
  };
}
