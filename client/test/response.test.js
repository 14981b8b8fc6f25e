import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ask, TokenfallError } from '../src/index.js';
import { openStream } from '../src/response.js';
import { openEvents, serve } from '../support/server.js';
import { answerOf, wire } from '../support/wire.js';

async function failureOf(t, respond) {
  const { url } = await serve(t, respond);
  const controller = new AbortController();
  const error = await openStream(await fetch(url, { signal: controller.signal })).catch((failure) => failure);
  controller.abort();
  assert.ok(error instanceof TokenfallError);
  return error;
}

const refuse = (status, headers, body) => (response) => response.writeHead(status, headers).end(body);
const problemJson = { 'content-type': 'application/problem+json; charset=utf-8' };

test('problem details become the error', async (t) => {
  const problem = { title: 'Too many', status: 429, detail: 'You have 4 answers running.', code: 'rate_limited', traceId: 't-1' };
  const error = await failureOf(t, refuse(429, { ...problemJson, 'retry-after': '7' }, JSON.stringify(problem)));
  assert.deepEqual({ ...error }, {
    name: 'TokenfallError',
    code: 'rate_limited',
    status: 429,
    retryable: true,
    requestId: 't-1',
    retryAfter: 7,
    problem,
  });
  assert.equal(error.message, 'You have 4 answers running.');
});

test('without a detail the title is the message, and without a code it is a refusal', async (t) => {
  const error = await failureOf(t, refuse(400, problemJson, '{"title":"The prompt is empty."}'));
  assert.deepEqual([error.message, error.code, error.status, error.retryable], ['The prompt is empty.', 'refused', 400, false]);
});

test('the server decides what is retryable where it says so', async (t) => {
  assert.equal((await failureOf(t, refuse(503, problemJson, '{"retryable":false}'))).retryable, false);
});

for (const [what, headers, body] of [
  ['an error page', { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>'],
  ['broken JSON', problemJson, '{"title'],
  ['JSON that is no object', problemJson, 'null'],
  ['nothing', {}, ''],
]) {
  test(`a refusal with ${what} still says the status`, async (t) => {
    const error = await failureOf(t, refuse(502, headers, body));
    assert.deepEqual([error.status, error.code, error.retryable, error.problem], [502, 'refused', true, undefined]);
    assert.match(error.message, /502/);
  });
}

test('an endless error page is not waited for', async (t) => {
  let close;
  const closed = new Promise((resolve) => (close = resolve));
  const error = await failureOf(t, (response) => {
    response.writeHead(500, { 'content-type': 'text/html' }).write('<p>');
    once(response, 'close').then(close);
  });
  assert.equal(error.status, 500);
  await closed;
});

for (const [value, date, seconds] of [
  ['120', undefined, 120],
  ['Wed, 21 Oct 2026 07:28:30 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT', 30],
  ['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:30 GMT', undefined],
  ['soon', undefined, undefined],
]) {
  test(`Retry-After: ${value} means ${seconds} seconds`, async (t) => {
    const error = await failureOf(t, refuse(503, { 'retry-after': value, ...(date && { date }) }));
    assert.equal(error.retryAfter, seconds);
  });
}

for (const type of ['text/html; charset=utf-8', 'application/json', 'text/event-streams', undefined]) {
  test(`a 200 of type ${type} is not an answer`, async (t) => {
    const error = await failureOf(t, refuse(200, type ? { 'content-type': type } : {}, wire(answerOf(['a']))));
    assert.deepEqual([error.code, error.status, error.retryable], ['not_a_stream', 200, false]);
    assert.match(error.message, new RegExp(`${type ?? 'no content type'}.*sign-in page.*proxy`));
  });
}

for (const type of ['text/event-stream; charset=utf-8', 'Text/Event-Stream', 'text/event-stream;']) {
  test(`${type} is an event stream`, async (t) => {
    const { url } = await serve(t, (response) => {
      openEvents(response, { type });
      response.end(wire(answerOf(['a'])));
    });
    assert.equal((await ask(url, {}).finished).text, 'a');
  });
}

test('a Retry-After that is a date is measured against this clock where the server sends none', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-10-21T07:28:00Z') });
  const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' };
  await assert.rejects(openStream(new Response(null, { status: 503, headers })), { retryAfter: 30 });
});
