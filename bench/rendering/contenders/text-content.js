/** What tutorials show: no Markdown, every token written at once. @param {HTMLElement} element */
export function textContent(element) {
  return { write: (text) => (element.textContent += text), end() {} };
}
