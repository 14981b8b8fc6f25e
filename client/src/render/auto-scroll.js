const endTolerance = 8; // pixels

/**
 * @typedef {object} AutoScroll
 * @property {boolean} active whether the end is kept in view
 * @property {() => void} scrollToEnd scrolls to the end, and keeps it in view again
 * @property {() => void} close stops for good
 */

/**
 * Keeps the end of a scroll container in view while its content grows. Scrolling up pauses it at once; scrolling back to the
 * end resumes it.
 *
 * @param {Element} scroller the scroll container, such as `document.scrollingElement`
 * @param {Element} content the element in it that grows
 * @param {(active: boolean) => void} [onChange] called when it pauses or resumes
 * @returns {AutoScroll}
 */
export function autoScroll(scroller, content, onChange) {
  const listening = new AbortController();
  const options = { passive: true, signal: listening.signal };
  // When the page itself scrolls, its events go to the document.
  const target = scroller === document.scrollingElement ? document : scroller;
  const distanceToEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  let lastTop = 0;

  /** @param {boolean} active */
  function setActive(active) {
    if (control.active === active) return;
    control.active = active;
    onChange?.(active);
  }

  function keepEnd() {
    if (control.active) scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
  }

  // Runs after layout and before paint, in the frame in which the content grew.
  const observer = new ResizeObserver(keepEnd);
  const control = {
    active: distanceToEnd() <= endTolerance,
    scrollToEnd() {
      setActive(true);
      keepEnd();
    },
    close() {
      observer.disconnect();
      listening.abort();
    },
  };
  target.addEventListener('scroll', () => {
    const up = scroller.scrollTop < lastTop;
    lastTop = scroller.scrollTop;
    if (!up && distanceToEnd() <= endTolerance) setActive(true);
    if (up && distanceToEnd() > 1) setActive(false); // at the end, the content has shrunk instead
  }, options);
  target.addEventListener('wheel', (event) => {
    if (/** @type {WheelEvent} */ (event).deltaY < 0 && scroller.scrollTop > 0) setActive(false);
  }, options);
  observer.observe(content);
  return control;
}
