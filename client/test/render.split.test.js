import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSplitter } from '../src/render/split.js';
import { generator } from '../support/random.js';

/** Code blocks as one text each, because it does not matter in how many pieces their lines come. */
function parts(...pieces) {
  const all = [];
  const splitter = createSplitter({
    markdown: (text) => all.push(text),
    startCode: (language) => all.push({ open: language, text: '' }),
    code: (text) => (all.at(-1).text += text),
    endCode: () => Object.freeze(all.at(-1)),
  });
  for (const piece of pieces) {
    splitter.push(piece);
    while (splitter.next());
  }
  splitter.end();
  while (splitter.next());
  return all;
}

test('paragraphs, headings and fences are parts of their own', () => {
  assert.deepEqual(parts('one\n\ntwo\n# three\nfour\n```js\nfive\n```\nsix'), [
    'one\n\n', 'two\n', '# three\nfour\n', { open: 'js', text: 'five\n' }, 'six\n',
  ]);
});

test('blank lines, headings and other fences inside a fence are code', () => {
  assert.deepEqual(parts('````md\na\n\n# b\n```\nc\n````\n'), [{ open: 'md', text: 'a\n\n# b\n```\nc\n' }]);
});

test('a fence that is never closed is code to the end', () => {
  assert.deepEqual(parts('~~~\na\n\nb'), [{ open: '', text: 'a\n\nb\n' }]);
});

test("a list's items, their paragraphs and their fences stay together", () => {
  const list = '1. one\n\n   more\n\n   ```js\n   x\n\n   y\n   ```\n\n2. two\n';
  assert.deepEqual(parts(`${list}\nafter`), [`${list}\n`, 'after\n']);
});

test('a fence that is not indented ends a list', () => {
  assert.deepEqual(parts('1. one\n```\nx\n```\n2. two'), ['1. one\n', { open: '', text: 'x\n' }, '2. two\n']);
});

test('indented code keeps its blank lines', () => {
  assert.deepEqual(parts('    a\n\n    b\n'), ['    a\n\n    b\n']);
});

test('a CRLF is one line end, wherever it is cut', () => {
  assert.deepEqual(parts('one\r', '\n\r', '\ntwo\r\n'), ['one\n\n', 'two\n']);
});

test('a code line is given without the indentation of its fence', () => {
  assert.deepEqual(parts('  ```\n  a\n    b\n c\n  ```\n'), [{ open: '', text: 'a\n  b\nc\n' }]);
});

test('a line of 1 MB is cut, and nothing of it is lost', () => {
  const line = 'word '.repeat(200_000);
  const all = parts(line);
  assert.equal(all.join(''), `${line}\n`);
  assert.ok(all.every(({ length }) => length <= 8192));
});

test('no character outside the first plane is cut in two', () => {
  for (const part of parts('😀'.repeat(50_000))) assert.ok(part.isWellFormed?.() ?? !/^[\uDC00-\uDFFF]/.test(part));
});

test('a long table goes on in a new part with its head', () => {
  const head = '| a | b |\n|---|---|\n';
  const all = parts(head + '| some | words |\n'.repeat(2000));
  assert.ok(all.length > 1);
  assert.ok(all.every((part) => part.startsWith(head)));
  assert.equal(all.join('').match(/some/g).length, 2000);
});

test('a long list is cut between its items', () => {
  const all = parts(Array.from({ length: 500 }, (_, i) => `${i + 1}. an item with **bold** words\n   and a second line\n`).join(''));
  assert.ok(all.length > 1);
  assert.ok(all.every((part) => /^\d+\. /.test(part) && part.endsWith('second line\n')));
});

test('long code inside a list item becomes a block of its own, and the list goes on behind it', () => {
  const code = 'const some = "code";\n';
  const all = parts(`1. one\n   \`\`\`js\n${`   ${code}`.repeat(1000)}   \`\`\`\n2. two\n`);
  const [first, block, last] = all;
  assert.match(first, /^1\. one\n {3}```js\n/);
  assert.equal(block.open, 'js');
  assert.equal(first.split('code').length + block.text.split('code').length - 2, 1000);
  assert.ok(block.text.startsWith(code) && block.text.endsWith(code));
  assert.equal(last, '2. two\n');
});

test('the parts do not depend on how the text arrives', (t) => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
  t.diagnostic(`seed ${seed}`);
  const random = generator(seed);
  const words = ['a', 'word ', '\n', '\n', '\n\n', '```', '~~~js', '# ', '- ', '1. ', '   ', '    ', '> ', '| x | y |\n', '|-|-|\n', '**', '\r\n', '😀', '_'];
  for (let round = 0; round < 300; round++) {
    let text = '';
    for (let i = 0; i < 120; i++) text += words[Math.floor(random() * words.length)];
    if (round % 10 === 0) text = text.repeat(40);
    const pieces = [];
    for (let at = 0; at < text.length;) {
      const length = 1 + Math.floor(random() * (round % 2 ? 4 : 900));
      pieces.push(text.slice(at, at + length));
      at += length;
    }
    assert.deepEqual(parts(...pieces), parts(text), `seed ${seed}, round ${round}`);
  }
});
