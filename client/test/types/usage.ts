// What a TypeScript application writes, checked against the declarations that are published: npm run check.
import {
  ask, attach, createParser, TokenfallError,
  type Answer, type AnswerState, type AskOptions, type DataEvent, type FileEvent, type Outcome, type ServerSentEvent, type SourceEvent, type ToolEvent,
  type Usage,
} from 'tokenfall';
import { publishRun, subscribeToRuns, type PublishedRun } from 'tokenfall/tabs';

const options: AskOptions = {
  headers: async () => ({ authorization: 'Bearer b1' }),
  csrfToken: () => 't1',
  credentials: 'include',
  signal: AbortSignal.timeout(60_000),
  fetch: (input, init) => fetch(input, init),
  retries: 3,
  idleTimeout: 40_000,
  maxEventSize: 1024,
  onText: (delta: string, answer: Answer, part: number) => console.log(delta, answer.text.length, part.toFixed()),
  onThinking: (delta) => console.log(delta.length),
  onTool: ({ type, data }: ToolEvent) => console.log(type === 'tool_input' ? data.text.length : data.id?.length),
  onSource: ({ type, url, title, citedText }: SourceEvent) => console.log(type === 'url' && url, title, citedText?.length),
  onFile: ({ mediaType, data }: FileEvent) => console.log(mediaType, data?.length),
  onData: ({ name, value, part = 1 }: DataEvent) => console.log(name, value, part.toFixed()),
  onUsage: ({ inputTokens, cachedInputTokens, reasoningTokens, quality }: Usage) =>
    console.log(inputTokens?.toFixed(), cachedInputTokens?.toFixed(), reasoningTokens?.toFixed(), quality === 'measured'),
  onState(state, answer) {
    const known: AnswerState = state;
    console.log(known, answer.position?.toFixed(), answer.model, answer.lastEventId);
  },
};

export async function usage(form: FormData) {
  const answer: Answer = ask('/ask/stream', { prompt: 'Hi' }, options);
  for await (const text of answer) console.log(text.toUpperCase());
  ask(new URL('https://ai.example/ask/stream'), form);

  const outcome: Outcome = await answer.finished;
  if (outcome.state === 'failed' && outcome.error) {
    const error: TokenfallError = outcome.error;
    const { code, status, retryable, requestId, retryAfter, problem } = error;
    console.log(code.length, status?.toFixed(), retryable === true, requestId?.length, retryAfter?.toFixed(), problem?.title);
  }

  const stopped: Promise<void> = answer.stop();
  await stopped;
  answer.close();

  const url: string | undefined = await answer.accepted;
  if (url) attach(url, { ...options, after: 41, text: 'So far' });
  attach('/ask/stream/r1', { after: 'r1.41' }).close();

  const published: Promise<void> = publishRun('conversation 1', answer, { prompt: 'Hi' });
  const unsubscribe: () => void = subscribeToRuns('conversation 1', (run: PublishedRun) => attach(run.url));
  await published;
  unsubscribe();

  const parser = createParser({ onEvent: ({ type, data, id }: ServerSentEvent) => console.log(type, data, id), onRetry: (time) => time / 1000 });
  parser.push(new Uint8Array());
  parser.end();
}

export function mistakes(answer: Answer) {
  // @ts-expect-error a state that does not exist
  if (answer.state === 'finished') return;
  // @ts-expect-error the callback is called onText
  ask('/ask/stream', {}, { onDelta: () => {} });
  // @ts-expect-error an answer is not a promise: await answer.finished
  answer.then(() => {});
  // @ts-expect-error after is an id or a number
  attach('/ask/stream/r1', { after: true });
  // @ts-expect-error a parser without a callback has no purpose
  createParser({});
}
