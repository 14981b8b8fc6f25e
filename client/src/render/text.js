const named = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['nbsp', '\u00a0']]);

/**
 * Resolves character references, as Markdown does outside of code. Of the names only those that models use.
 *
 * @param {string} text
 */
export const decode = (text) => text.replace(/&(?:#(\d{1,7}|x[\da-f]{1,6})|([a-z]+));/gi, (all, number, name) => {
  const code = Number(number?.replace(/x/i, '0x'));
  return code <= 0x10ffff ? String.fromCodePoint(code) : named.get(name) ?? all;
});

/**
 * Makes the characters visible that turn the direction of the text around them (Unicode's embeddings, overrides and
 * isolates): they can make code and addresses read differently from what they are (CVE-2021-42574).
 *
 * @param {string} text
 */
export const visible = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
