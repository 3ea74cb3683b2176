// Takes the pictures of the documents from a running demo: npm run screenshots --workspace page -- http://localhost:PORT

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../e2e/chromium.mjs';

const FOLDER = new URL('../../../docs/images/', import.meta.url);
const SPOKEN_MESSAGES = 5;

const PICTURES = {
  'live-page': { path: '/', width: 1366, height: 768, scale: 1, colorScheme: 'light' },
  'live-page-dark': { path: '/', width: 1366, height: 768, scale: 1, colorScheme: 'dark', inbox: true },
  'live-page-phone': { path: '/?as=ben', width: 390, height: 844, scale: 2, colorScheme: 'light' },
};

const [address] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--headless', '--no-sandbox'] });
for (const [name, picture] of Object.entries(PICTURES)) {
  const { path, width, height, scale, colorScheme, inbox = false } = picture;
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme });
  await page.goto(new URL(path, address).toString());
  await page.getByText('Live', { exact: true }).first().waitFor();
  await page.waitForFunction((least) => document.querySelectorAll('.bubble').length >= least, SPOKEN_MESSAGES);
  if (inbox) await page.getByRole('button', { name: /^Notifications/ }).first().click();
  await page.getByText(/is typing…$/).first().waitFor();

  // Through the protocol: Playwright itself writes no WebP.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  await writeFile(fileURLToPath(new URL(`${name}.webp`, FOLDER)), Buffer.from(data, 'base64'));
  await page.close();
}
await browser.close();
