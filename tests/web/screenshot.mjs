// Photographs the top of a page in Debian's Chromium: node screenshot.mjs PAGE PNG
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(import.meta.url)('playwright-core');
const [file, png] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
const page = await browser.newPage({ viewport: { width: 1180, height: 700 }, colorScheme: 'light' });
await page.goto(pathToFileURL(file).href);
await page.screenshot({ path: png });
await browser.close();
