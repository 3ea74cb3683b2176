import axe, { type AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';
import { GOOD, jumpsOf, watchJumps } from './jumps';
import type { Tab } from './tab';

useBrowser();

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

/** What fades in has too little contrast until it is there. */
const STILL = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished))`;

async function violations({ page }: Tab): Promise<string[]> {
  await page.evaluate(STILL);
  await page.evaluate(axe.source);
  const { violations: found } = (await page.evaluate('axe.run()')) as AxeResults;
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

const isWhollyShown = (element: Locator) =>
  element.evaluate((shown) => {
    const { left, top, right, bottom } = shown.getBoundingClientRect();
    const inside = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    return inside && shown.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  });

test.each([
  ['by day', { colorScheme: 'light' as const }],
  ['by night', { colorScheme: 'dark' as const }],
  ['on a phone', PHONE],
])('axe finds nothing to mend %s', async (circumstances, options) => {
  const ben = await openAs('ben', options);
  await ben.write(`Thank you, ${circumstances}!`);
  await ben.message(`Thank you, ${circumstances}!`).waitFor();
  expect(await violations(ben)).toEqual([]);

  await ben.bell().click();
  await ben.inbox.waitFor();
  expect(await violations(ben)).toEqual([]);
});

test('the bell is worked by keys alone', async () => {
  const ben = await openAs('ben');
  const { keyboard } = ben.page;

  await ben.bell().focus();
  await keyboard.press('Enter');
  await ben.inbox.waitFor();
  expect(await ben.inbox.evaluate((inbox) => inbox.contains(document.activeElement))).toBe(true);

  await keyboard.press('Escape');
  await ben.inbox.waitFor({ state: 'detached' });
  expect(await ben.bell().evaluate((bell) => bell === document.activeElement)).toBe(true);
});

test('the conversation is worked by keys alone', async () => {
  const ben = await openAs('ben');
  const { keyboard } = ben.page;

  await ben.bell().focus();
  await keyboard.press('Tab');
  expect(await ben.page.getByRole('log').evaluate((log) => log === document.activeElement)).toBe(true);
  await keyboard.press('Tab');
  expect(await ben.box.evaluate((box) => box === document.activeElement)).toBe(true);
  await keyboard.type('First line');
  await keyboard.press('Shift+Enter');
  await keyboard.type('second line');
  await keyboard.press('Enter');
  await ben.message('First line second line').waitFor();
});

test('on a narrow phone nothing is wider than the screen', async () => {
  const ben = await openAs('ben', { viewport: { width: 320, height: 640 } });
  await ben.write('W'.repeat(200));
  await ben.message('W'.repeat(200)).waitFor();
  expect(await ben.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('on a low notebook screen the order can be moved without scrolling', async () => {
  const ben = await openAs('ben', { viewport: { width: 1366, height: 625 } });
  const button = ben.page.getByRole('button', { name: 'Move to the next status' });
  expect(await isWhollyShown(button)).toBe(true);
});

test.each([
  [390, 844],
  [320, 568],
])('on a phone of %i by %i the conversation comes first, with the box to write in', async (width, height) => {
  const ben = await openAs('ben', { viewport: { width, height }, hasTouch: true });
  expect(await isWhollyShown(ben.box)).toBe(true);
  expect(await isWhollyShown(ben.page.getByRole('button', { name: 'Send' }))).toBe(true);
  expect(await ben.log().evaluate((log) => !!(log.compareDocumentPosition(document.getElementById('order') as Node) & 4))).toBe(true);
});

test('a tap on Send leaves the focus, and the keyboard, where they are', async () => {
  const ben = await openAs('ben', PHONE);
  await ben.box.tap();
  await ben.box.fill('Typed with a thumb');
  await ben.page.getByRole('button', { name: 'Send' }).tap();
  await ben.message('Typed with a thumb').waitFor();
  expect(await ben.box.evaluate((box) => box === document.activeElement)).toBe(true);
});

test('in forced colours bubbles, dots and the thread keep their shapes', async () => {
  const ben = await openAs('ben', { forcedColors: 'active' });
  await ben.write('Still a bubble?');
  await ben.message('Still a bubble?').waitFor();
  expect(await ben.message('Still a bubble?').evaluate((bubble) => getComputedStyle(bubble).borderTopStyle)).toBe('solid');
  const dot = await ben.page.getByText('Live', { exact: true }).evaluate((state) => getComputedStyle(state, '::before').backgroundColor);
  expect(dot).not.toBe('rgb(255, 255, 255)');
  expect(await violations(ben)).toEqual([]);
});

test('letters twice as large are twice as large everywhere, and nothing is cut off', async () => {
  const ben = await newTab('ben', { viewport: { width: 1366, height: 768 } });
  const session = await ben.page.context().newCDPSession(ben.page);
  await ben.open();
  await ben.isLive();
  const time = ben.log().locator('time').first();
  const size = () => time.evaluate((shown) => parseFloat(getComputedStyle(shown).fontSize));
  const before = await size();
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await expect.poll(size).toBe(2 * before);
  expect(await ben.page.evaluate(() => document.documentElement.scrollWidth)).toBe(1366);
});

test('text is read from its own side, its links are links, and an override turns nothing around', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);
  await ben.write('שלום https://threadly.example/coat\u202egpj.exe');
  const bubble = ana.log().locator('.bubble').last();
  await expect.poll(() => bubble.textContent()).toContain('gpj.exe');
  expect(await bubble.textContent()).not.toContain('\u202e');
  expect(await bubble.evaluate((text) => getComputedStyle(text).direction)).toBe('rtl');
  const link = bubble.getByRole('link');
  expect(await link.getAttribute('href')).toBe('https://threadly.example/coatgpj.exe');
  expect(await link.getAttribute('rel')).toContain('noopener');
});

test('the page comes up without jumping', async () => {
  const ben = await newTab('ben');
  await watchJumps(ben.page);
  await ben.open();
  await ben.isLive();
  await ben.text(/viewing$/).waitFor();
  await ben.page.getByRole('log').getByText('Hello!').first().waitFor();
  expect(await jumpsOf(ben.page)).toBeLessThan(GOOD);
});
