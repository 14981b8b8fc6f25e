const namedReferences = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['nbsp', '\u00a0']]);

/**
 * Decodes character references, as Markdown does outside code. It knows only the names that models use.
 *
 * @param {string} text
 */
export const decodeReferences = (text) => text.replace(/&(?:#(\d{1,7}|x[\da-f]{1,6})|([a-z]+));/gi, (all, number, name) => {
  const code = Number(number?.replace(/x/i, '0x'));
  return code <= 0x10ffff ? String.fromCodePoint(code) : namedReferences.get(name) ?? all;
});

/**
 * Makes Unicode's bidirectional control characters (embeddings, overrides and isolates) visible, because they can make code
 * and URLs look different from what they are (CVE-2021-42574).
 *
 * @param {string} text
 */
export const showBidiControls = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
