// One browser for a file of tests, and people who look at the page in it.

import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { findChromium } from './chromium.mjs';
import { Tab } from './tab';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;

/** To be called once at the top of a file: every test begins with no tab open. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ARGUMENTS });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser.close());
}

export type Person = 'ana' | 'ben';

/** A tab in a browser profile of its own, not yet at the page. */
export async function newTab(person: Person, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  return new Tab(await context.newPage(), new URL(`?as=${person}`, inject('page')));
}

/** A tab that is connected. */
export async function openAs(person: Person, options: BrowserContextOptions = {}): Promise<Tab> {
  const tab = await newTab(person, options);
  await tab.open();
  await tab.isLive();
  return tab;
}
