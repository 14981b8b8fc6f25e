const named = new Map(Object.entries({
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', mdash: '—', ndash: '–',
  hellip: '…', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', middot: '·', times: '×', divide: '÷', deg: '°',
  plusmn: '±', le: '≤', ge: '≥', ne: '≠', larr: '←', rarr: '→', uarr: '↑', darr: '↓', euro: '€', sect: '§',
}));

/**
 * Resolves character references, as Markdown does outside of code. Names that models do not use stay as they are.
 *
 * @param {string} text
 */
export const decode = (text) => text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (all, decimal, hex, name) => {
  if (name) return named.get(name) ?? all;
  const code = decimal ? Number(decimal) : parseInt(hex, 16);
  // As the HTML standard says: no NUL, no halves of a surrogate pair, nothing behind the last plane.
  return !code || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
});

/**
 * Makes the characters visible that turn the direction of the text around them (Unicode's embeddings, overrides and
 * isolates): they can make code and addresses read differently from what they are (CVE-2021-42574).
 *
 * @param {string} text
 */
export const visible = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
