import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showsTarget, parseSafeUrl, targetOf } from '../src/render/links.js';
import { decodeReferences, showBidiControls } from '../src/render/text.js';

test('only absolute https, http and mailto addresses without a user name are offered', () => {
  for (const href of ['https://example.com/a', 'http://example.com', 'mailto:a@example.com', ' https://example.com ']) assert.ok(parseSafeUrl(href), href);
  const refused = [
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd',
    'blob:https://example.com/x', '//example.com', '/account', 'account', '', 'https://example.com@evil.example', 'https://user:word@evil.example',
  ];
  for (const href of refused) assert.equal(parseSafeUrl(href), undefined, href);
});

test('the target of a link in other letters is shown in Punycode', () => {
  assert.equal(targetOf(parseSafeUrl('https://аррӏе.com/')), 'xn--80ak6aa92e.com');
  assert.equal(targetOf(parseSafeUrl('mailto:someone@example.com?subject=x')), 'someone@example.com');
});

test('a text names its target only when it begins with the whole of it', () => {
  const url = parseSafeUrl('https://example.com/a');
  for (const text of ['https://example.com/a', 'example.com', 'example.com/b', 'http://example.com/']) assert.ok(showsTarget(text, url), text);
  for (const text of ['here', 'https://example.com.evil.example/', 'example.org', 'https://аррӏе.com', 'https://example.com\u202e/', '']) {
    assert.ok(!showsTarget(text, url), text);
  }
});

test('character references are resolved, and what is none stays', () => {
  assert.equal(decodeReferences('a &lt;b&gt; &amp;amp; &#65;&#x42; &quot;'), 'a <b> &amp; AB "');
  assert.equal(decodeReferences('&nothing; &#9999999; &constructor; & ;'), '&nothing; &#9999999; &constructor; & ;');
});

test('characters that turn the direction of text are made showBidiControls', () => {
  assert.equal(showBidiControls('a\u202eb\u2066c'), 'a[U+202E]b[U+2066]c');
});
