// Opens a page in Debian's Chromium, from a file and offline, and prints what it found as JSON:
//   node check_page.mjs PAGE FOLDER
// FOLDER gets the screenshots and the printed page. Nothing is judged here: see test_pages.py.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [file, folder] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
const found = { address, requests: [], messages: [] };

async function open({ scheme = 'light', width = 1280, script = true, axe: withAxe = false } = {}) {
  // A policy of the page would keep the checker itself out.
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme,
    javaScriptEnabled: script, bypassCSP: withAxe });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on('console', (message) => found.messages.push(message.text()));
  page.on('pageerror', (error) => found.messages.push(String(error)));
  page.on('request', (request) => found.requests.push(request.url()));
  await page.goto(address);
  return page;
}

const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

{
  const page = await open();
  found.title = await page.title();
  found.heading = await page.locator('h1').innerText();
  found.rows = await page.locator('#rows > tbody').count();
  found.hacked = await page.evaluate(() => window.hacked ?? null);
  found.styled = await page.evaluate(() => getComputedStyle(document.body).maxWidth !== 'none');
  found.scripted = await page.evaluate(() => document.documentElement.classList.contains('js'));
  await page.screenshot({ path: `${folder}/light.png`, fullPage: true });
  await page.screenshot({ path: `${folder}/top.png`, clip: { x: 0, y: 0, width: 1280, height: 720 } });
  if (found.rows > 1) {
    const shown = () => page.locator('#rows > tbody:visible').count();
    const name = await page.locator('#rows > tbody th').last().innerText();
    await page.keyboard.press('/');
    await page.keyboard.type(name);
    found.filtered = { name, shown: await shown(), said: await page.locator('#said').innerText() };
    await page.keyboard.press('Escape');
    found.unfiltered = await shown();
    found.details = await page.locator('#rows details').count();
    if (found.details > 0) {
      await page.click('#close');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      found.openedByKeys = await page.locator('details[open]').count();
      await page.click('#open');
      found.opened = await page.locator('details[open]').count();
    }
    const change = page.locator('#rows thead th', { hasText: /^(change|value|newest|cost)$/ }).first();
    await change.locator('button').click();
    found.sorted = { by: await change.getAttribute('aria-sort') };
    const column = await change.evaluate((head) => head.cellIndex);
    found.sorted.cells = await page.evaluate((at) => [...document.querySelectorAll('#rows > tbody')]
      .map((body) => body.rows[0].cells[at]?.textContent ?? ''), column);
  }
  await page.context().close();
}

for (const scheme of ['light', 'dark']) {
  const page = await open({ scheme, axe: true });
  if (found.details > 0) await page.click('#open');
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document,
    { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  found[`axe_${scheme}`] = { passes: result.passes.length,
    violations: result.violations.map((one) => `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary ?? ''}`) };
  await page.context().close();
}

{
  const page = await open({ scheme: 'dark' });
  await page.screenshot({ path: `${folder}/dark.png` });
  await page.context().close();
}
{
  const page = await open({ script: false });
  await page.screenshot({ path: `${folder}/no_script.png` });
  found.noScript = { rows: await page.locator('#rows > tbody').count(),
    filterVisible: await page.locator('.bar').isVisible().catch(() => false) };
  const mark = page.locator('#rows summary').first();
  if (await mark.count()) {
    await mark.click();
    found.noScript.opened = await page.locator('#rows details[open]').count();
    found.noScript.figureVisible = await page.locator('#rows details[open] figure').first().isVisible().catch(() => false);
  }
  await page.context().close();
}
{
  const page = await open({ width: 400 });
  found.sidewaysAt400 = await sideways(page);
  await page.screenshot({ path: `${folder}/phone.png` });
  await page.context().close();
}
{
  const page = await open();
  await page.pdf({ path: `${folder}/print.pdf`, format: 'A4' });
  const text = readFileSync(`${folder}/print.pdf`, 'latin1');
  found.printedPages = (text.match(/\/Type \/Page\b/g) ?? []).length;
  await page.context().close();
}
await browser.close();
console.log(JSON.stringify(found));
