// Runs the JavaScript recipes as a page would.
// Usage: run-scripts.mjs SERVER ROOT [signed-in]
import { onPage, recipe } from './page.mjs';

const [server, root, signedIn] = process.argv.slice(2);
const page = onPage(server, root);
const byFetch = await recipe(root, 'Clients/fetch.js');
const byEventSource = await recipe(root, 'Clients/event-source.js');
await (signedIn ? runSignedIn() : runAll());

async function runAll() {
  let text = '';
  await byFetch.ask('Hi', (piece) => { text += piece; });
  console.log(`fetch: ${text}`);

  text = '';
  await new Promise((resolve) => { void byEventSource.ask('Hi', (piece) => { text += piece; }, resolve); });
  console.log(`event-source: ${text}`);

  const { useAnswer } = await recipe(root, 'Clients/use-answer.js');
  useAnswer('/ask/stream').start({ prompt: 'Hi' });
  while (!['done', 'failed'].includes(page.hookState().state)) await new Promise(setImmediate);
  console.log(`react: ${page.hookState().error ?? page.hookState().text}`);

  const { askAndKeep, attachToKept, forgetKept } = await recipe(root, 'Clients/keep-answer.js');
  await askAndKeep('Hi').finished;
  console.log(`kept: ${(await attachToKept().finished).text}`);
  forgetKept();
  console.log(`forgotten: ${attachToKept()}`);
}

async function runSignedIn() {
  const { signIn, askSignedIn, signOut } = await recipe(root, 'SignIn/page.js');
  await signIn('ada', 'engine');
  const { token } = await (await fetch('/antiforgery')).json();
  const headers = { 'X-CSRF-TOKEN': token };

  console.log(`fetch: ${(await byFetch.ask('Hi', () => {}, headers)).stop_reason}`);
  page.withoutReading();
  const { stop } = await byEventSource.ask('Hi', () => {}, () => {}, headers);
  console.log(`event-source: ${(await stop()).ok}`);

  const answer = askSignedIn('Hi');
  await answer.accepted;
  await signOut();
  console.log(`signed out: ${answer.state}, ${(await fetch('/antiforgery')).status}`);
  console.log(`next: ${(await askSignedIn('Hi').finished).error.cause.message}`);
}
