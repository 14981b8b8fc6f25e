const slack = 48; // pixels

/**
 * Keeps the end of the page in view while it grows, unless the reader has scrolled up to read.
 *
 * @returns {(change: () => void) => void} makes a change and follows it
 */
export function keepAtEnd() {
  const page = /** @type {Element} */ (document.scrollingElement);
  page.scrollTop = page.scrollHeight;
  return (change) => {
    const following = page.scrollHeight - page.scrollTop - page.clientHeight < slack;
    change();
    if (following) page.scrollTop = page.scrollHeight;
  };
}
