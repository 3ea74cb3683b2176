import axe, { type AxeResults } from 'axe-core';
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

test('the page comes up without jumping', async () => {
  const ben = await newTab('ben');
  await watchJumps(ben.page);
  await ben.open();
  await ben.isLive();
  await ben.text(/viewing$/).waitFor();
  await ben.page.getByRole('log').getByText('Hello!').first().waitFor();
  expect(await jumpsOf(ben.page)).toBeLessThan(GOOD);
});
