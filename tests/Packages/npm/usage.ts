// Typed use of the npm package, as an application writes it: compiled with and without the DOM's types, then run against a server.
import { ask, TokenfallError } from 'tokenfall';
import { announce } from 'tokenfall/tabs';

declare const process: { argv: string[] };

const answer = ask(process.argv[2]!, { prompt: 'What is a waterfall?' }, {
  onState: (state) => { if (state === 'failed') console.error('failed'); },
});
let text: string = '';
try {
  for await (const piece of answer) text += piece;
} catch (error) {
  console.error(error instanceof TokenfallError ? `${error.code}: ${error.message}` : error);
}
const tokens: number | null | undefined = answer.usage?.outputTokens;
console.log(`${answer.state}, ${text.length} characters, ${tokens} tokens, ${typeof announce}`);
