import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startServer } from './server.mjs';

const limit = 30; // seconds for one measurement
const [size = '300000', ...names] = process.argv.slice(2);
const shown = Number(size);
const contenders = names.length ? names : ['tokenfall', 'textContent', 'markedDomPurify', 'streamdown'];

const { outputFiles: [script] } = await build({
  entryPoints: [fileURLToPath(new URL('page.js', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  nodePaths: [fileURLToPath(new URL('node_modules', import.meta.url))],
  define: { 'process.env.NODE_ENV': '"production"' },
});
const server = await startServer(script.contents);

console.log(`| ${shown.toLocaleString('en')} tokens | as fast as they come: total | longest task | then 200 tokens/s: frames/s | frame gap, p95 | longest task |`);
console.log('|---|--:|--:|--:|--:|--:|');
for (const name of contenders) {
  const burst = await measure((page) => page.evaluate(([a, b]) => burst(a, b), [name, shown]));
  const steady = await measure((page) => page.evaluate(([a, b]) => steady(a, b, 200, 5), [name, shown]));
  const late = `did not finish in ${limit} s`;
  const fast = burst ? [`${Math.round(burst.total)} ms`, task(burst.longest)] : [late, ''];
  const paced = steady ? [steady.fps.toFixed(1), `${steady.gap.toFixed(0)} ms`, task(steady.longest)] : [late, '', ''];
  console.log(`| ${[name, ...fast, ...paced].join(' | ')} |`);
}
server.close();

/** @param {number} longest */
function task(longest) {
  return longest ? `${Math.round(longest)} ms` : 'under 50 ms';
}

/**
 * Measures in a browser of its own.
 *
 * @template T
 * @param {(page: import('playwright-core').Page) => Promise<T>} work
 * @returns {Promise<T | undefined>} nothing when the time is over
 */
async function measure(work) {
  const browser = await chromium.launch({
    executablePath: process.env.TOKENFALL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  let timer;
  try {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.goto(server.address);
    const over = new Promise((resolve) => (timer = setTimeout(resolve, limit * 1000)));
    return await Promise.race([work(page), over]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
