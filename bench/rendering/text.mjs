import { generator } from '../../client/support/random.js';

const words = ('the a of and water falls over edge rock river time light deep slow fast answer model token stream page reader '
  + 'browser server frame event number house every never small large because between through after before under').split(' ');

/**
 * Markdown as models write it: headings, paragraphs, lists, code, tables, links; cut into tokens of 2 to 5 characters.
 *
 * @param {number} count of tokens
 * @returns {string[]}
 */
export function tokens(count) {
  const random = generator(7);
  const all = [];
  while (all.length < count) {
    const text = block(random);
    for (let at = 0; at < text.length && all.length < count;) {
      const length = 2 + Math.floor(random() * 4);
      all.push(text.slice(at, at + length));
      at += length;
    }
  }
  return all;
}

/** @param {() => number} random */
function block(random) {
  const pick = () => words[Math.floor(random() * words.length)];
  const some = (count) => Array.from({ length: count }, pick).join(' ');
  const sentence = () => `${some(6)} **${pick()}** ${some(5)} \`${pick()}\` ${some(4)} [${some(2)}](https://example.com/${pick()}), ${some(5)}.`;
  switch (Math.floor(random() * 7)) {
    case 0: return `## ${some(4)}\n\n`;
    case 1: return `${Array.from({ length: 5 }, () => `- **${pick()}**: ${some(9)}`).join('\n')}\n\n`;
    case 2: return `${Array.from({ length: 4 }, (_, i) => `${i + 1}. ${some(8)}`).join('\n')}\n\n`;
    case 3: return `\`\`\`js\n${Array.from({ length: 8 }, () => `const ${pick()} = ${pick()}('${some(3)}');`).join('\n')}\n\`\`\`\n\n`;
    case 4: return `| ${pick()} | ${pick()} | ${pick()} |\n|---|---|--:|\n${Array.from({ length: 5 }, () => `| ${some(2)} | *${pick()}* | ${pick()} |`).join('\n')}\n\n`;
    default: return `${Array.from({ length: 3 }, sentence).join(' ')}\n\n`;
  }
}
