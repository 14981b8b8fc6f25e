import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lexer } from 'marked';
import { completeMarkdown } from '../src/render/complete-markdown.js';

const cases = [
  ['half emphasis is closed', 'some **bold wor', 'some **bold wor**'],
  ['emphasis in emphasis is closed from the inside', '**bold *it', '**bold *it***'],
  ['marks that may grow are held back', 'some **', 'some'],
  ['whole emphasis stays', 'some **bold** word', 'some **bold** word'],
  ['a mark that stands alone stays', '2 * 3 and 4', '2 * 3 and 4'],
  ['an underscore in a word stays', 'snake_case_name is', 'snake_case_name is'],
  ['half code is closed, and its marks are no emphasis', 'call `a **b', 'call `a **b`'],
  ["half a link's label is shown without its bracket", 'see [the do', 'see the do'],
  ["a link's label is shown while its address comes", 'see [the docs](https://exam', 'see the docs'],
  ['a whole link stays', 'see [the docs](https://example.com) now', 'see [the docs](https://example.com) now'],
  ['half an image is held back', 'see ![an image](https://exam', 'see'],
  ['a bare address is no link before it is whole', 'see https://exam', 'see https\\://exam'],
  ['half a character reference is held back', 'a &am', 'a'],
  ['half a tag that could be an address is held back', 'see <https://exam', 'see'],
  ['a line of nothing but marks is held back', 'text\n-', 'text\n'],
  ['half a fence is held back', 'text\n```py', 'text\n'],
  ["a table's first line is held back", 'text\n\n| a | b |\n', 'text\n\n'],
  ["so is a table's second line, until it is whole", '| a | b |\n|--', ''],
  ['a table is shown from its second line on', '| a | b |\n|---|---|\n', '| a | b |\n|---|---|\n'],
  ['in a table the last cell is mended', '| a | b |\n|---|---|\n| x | **y', '| a | b |\n|---|---|\n| x | **y**'],
  ['in a list only the last item is mended', '- 2 * 3 **\n- **b', '- 2 * 3 **\n- **b**'],
  ['HTML is left alone', '<div>**b', '<div>**b'],
];

for (const [name, source, mended] of cases) {
  test(name, () => assert.equal(completeMarkdown(source, false).trimEnd(), mended.trimEnd()));
}

test('code is left alone', () => assert.equal(completeMarkdown('- a\n  ```\n  **b', true), '- a\n  ```\n  **b'));

test('an answer that grows shows no mark that is part of a construct', () => {
  const text = 'Some **bold**, *italic*, ***both***, ~~gone~~, `code`, [a link](https://example.com/a_b) and ![an image](https://example.com/i.png).\n\n'
    + '| **Head** | Two |\n|---|---|\n| `x` | *y* |\n\n1. **One**: [two](https://example.com)\n2. __three__\n';
  for (let length = 1; length <= text.length; length++) {
    const shown = plain(lexer(completeMarkdown(text.slice(0, length), false)));
    assert.doesNotMatch(shown, /[*_~`|[\]]|\]\(|https/, `at ${length}: ${shown}`);
  }
});

/** The text that the tokens show. */
function plain(tokens) {
  return tokens.map((token) => {
    const children = token.items ?? token.tokens ?? (token.type === 'table' ? [...token.header, ...token.rows.flat()] : undefined);
    return children ? plain(children) : token.type === 'space' ? '' : token.text ?? '';
  }).join('');
}
