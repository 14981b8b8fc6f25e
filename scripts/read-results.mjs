// Usage: node read-results.mjs FILE TITLE
// Reads a .trx (dotnet test) or JUnit (node --test) file and prints "passed failed skipped" on the first line,
// then every failed test's name with its message indented.
import { readFileSync } from 'node:fs';

const [file, title] = process.argv.slice(2);
const xml = readFileSync(file, 'utf8');
const results = file.endsWith('.trx') ? fromTrx(xml) : fromJUnit(xml);
const count = outcome => results.filter(result => result.outcome === outcome).length;

console.log(count('passed'), count('failed'), count('skipped'));
console.log(results
  .filter(result => result.outcome === 'failed')
  .map(({ name, message }) => `${title}: ${name}\n${indent(message)}`)
  .join('\n\n'));

function fromTrx(text) {
  const outcomes = { Passed: 'passed', NotExecuted: 'skipped' };
  return elements(text, 'UnitTestResult').map(({ attributes, body }) => ({
    name: attribute(attributes, 'testName'),
    outcome: outcomes[attribute(attributes, 'outcome')] ?? 'failed',
    message: [inner(body, 'Message'), inner(body, 'StackTrace')].join('\n'),
  }));
}

function fromJUnit(text) {
  return elements(text, 'testcase').map(({ attributes, body }) => ({
    name: attribute(attributes, 'name'),
    outcome: body.includes('<failure') ? 'failed' : body.includes('<skipped') ? 'skipped' : 'passed',
    message: inner(body, 'failure'),
  }));
}

// An attribute's value may hold a bare ">".
function elements(text, name) {
  const pattern = new RegExp(`<${name}\\b((?:[^>"]|"[^"]*")*?)(?:/>|>([\\s\\S]*?)</${name}>)`, 'g');
  return [...text.matchAll(pattern)].map(([, attributes, body = '']) => ({ attributes, body }));
}

function attribute(attributes, name) {
  return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

function inner(body, name) {
  return decode(elements(body, name)[0]?.body ?? '').trim();
}

function indent(message) {
  return message.split('\n').slice(0, 20).map(line => `    ${line.trimEnd()}`).join('\n');
}

// JUnit names from node --test are escaped twice.
function decode(text) {
  const characters = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text
    .replace(/&amp;(quot|lt|gt|apos);/g, '&$1;')
    .replace(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => characters[name]);
}
