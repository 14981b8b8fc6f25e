/** @typedef {import('./inline.js').Token} Token */

/** @typedef {(markdown: string) => { type: string, raw: string }[]} Lexer such as `marked`'s */

/**
 * Lexes a part of an answer on its own.
 *
 * @param {Lexer} lexer
 * @param {string} source
 * @returns {readonly Token[]}
 */
export function lex(lexer, source) {
  try {
    return lexer(limitDepth(source));
  } catch {
    return [{ type: 'source', raw: source }]; // whatever a lexer trips over is shown as it was written
  }
}

/**
 * Takes the meaning from the ninth quote or list marker in the beginning of a line: a lexer calls itself for each.
 *
 * @param {string} source
 */
function limitDepth(source) {
  return source.replace(/^((?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){8}[ \t]*)(\d*)(?=[->*+.)])/gm, '$1$2\\');
}
