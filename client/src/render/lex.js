/** @typedef {import('./inline.js').Token} Token */

/** @typedef {(markdown: string) => { type: string, raw: string }[]} Lexer such as `marked`'s */

const maxDefinitions = 4096;

/**
 * Lexes a part of an answer on its own.
 *
 * @param {Lexer} lexer
 * @param {string} definitions of links (`[name]: address`), from the parts before
 * @param {string} source
 * @returns {{ tokens: readonly Token[], defined: string }} and the definitions for the parts behind
 */
export function lex(lexer, definitions, source) {
  const known = definitions && source.includes('[') ? `${definitions}\n` : '';
  try {
    /** @type {Token[]} */
    const tokens = lexer(known + limitDepth(source));
    const own = tokens.filter(({ type }) => type === 'def').map(({ raw }) => `${raw.trim()}\n`).join('');
    const defined = known ? own : definitions + own;
    return { tokens, defined: defined.length > maxDefinitions ? definitions : defined };
  } catch {
    // Whatever a lexer trips over is shown as it was written.
    return { tokens: [{ type: 'source', raw: source }], defined: definitions };
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
