/** @typedef {import('./inline.js').Token} Token */

/** @typedef {(markdown: string) => { type: string, raw: string }[]} Lexer such as marked's */

/**
 * Lexes one part of an answer.
 *
 * @param {Lexer} lexer
 * @param {string} source
 * @returns {readonly Token[]}
 */
export function lex(lexer, source) {
  try {
    return lexer(limitDepth(source));
  } catch {
    return [{ type: 'source', raw: source }]; // what the lexer fails on is shown as source
  }
}

/**
 * Escapes the ninth quote or list marker at the start of a line, because lexers recurse for each.
 *
 * @param {string} source
 */
function limitDepth(source) {
  return source.replace(/^((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){8}[ \t]*)(\d*)(?=[->*+.)])/gm, '$1$2\\');
}
