import { expect, test } from 'vitest';
import { openAs, useBrowser } from './browser';
import type { Tab } from './tab';

useBrowser();

test('a notification arrives in both tabs of a person; read in one, it fades in the other', async () => {
  const [ben, phone, laptop] = await Promise.all([openAs('ben'), openAs('ana'), openAs('ana')]);
  await Promise.all([phone.looksAway(true), laptop.looksAway(true)]);
  await phone.bell().click();
  await phone.inbox.getByRole('listitem').first().waitFor();
  const markAll = phone.inbox.getByRole('button', { name: 'Mark all read' });
  if (await markAll.isEnabled()) await markAll.click();
  await Promise.all([phone.bell(0).waitFor(), laptop.bell(0).waitFor()]);

  await ben.write('Could you hold it for me?');
  await Promise.all([phone.bell(1).waitFor(), laptop.bell(1).waitFor()]);

  await laptop.bell().click();
  const unread = laptop.inbox.getByRole('button', { name: /^Unread: / });
  await unread.waitFor();
  await phone.inbox.getByRole('button', { name: /^Unread: / }).click();
  await Promise.all([phone.bell(0).waitFor(), laptop.bell(0).waitFor(), unread.waitFor({ state: 'detached' })]);
});

/** Nothing is unread any more. */
async function catchUp(tab: Tab) {
  await tab.bell().click();
  await tab.inbox.getByRole('listitem').first().waitFor();
  const markAll = tab.inbox.getByRole('button', { name: 'Mark all read' });
  if (await markAll.isEnabled()) await markAll.click();
  await tab.bell(0).waitFor();
  await tab.page.keyboard.press('Escape');
}

test('the bell leaves out the conversation that one is reading; title and icon show what is unread', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);
  await catchUp(ana);
  const icon = ana.page.locator('link[rel="icon"]');

  await ben.write('Shall I come by?');
  await ana.message('Shall I come by?').waitFor();
  await ana.looksAway(true);
  await ben.write('Or on Friday?');
  await ana.bell(1).waitFor();
  expect(await ana.page.title()).toBe('(1) Threadly — live');
  expect(await icon.getAttribute('href')).toBe('/icon-unread.svg');

  await ana.looksAway(false);
  await ana.bell(0).waitFor();
  expect(await ana.page.title()).toBe('Threadly — live');
  expect(await icon.getAttribute('href')).toBe('/icon.svg');
});

test('a notification leads to what it tells of', async () => {
  const ben = await openAs('ben', { viewport: { width: 390, height: 844 } });
  await ben.looksAway(true);
  await ben.bell().click();
  const first = (way: string) => ben.inbox.getByRole('button', { name: new RegExp(`${way}$`) }).first();

  if ((await first('Go to the order').count()) === 0) {
    await ben.page.keyboard.press('Escape');
    await ben.page.getByRole('button', { name: 'Move to the next status' }).click();
    await ben.bell().click();
  }
  await first('Go to the order').click();
  await ben.inbox.waitFor({ state: 'detached' });
  const order = ben.page.getByRole('region', { name: 'Order' });
  await expect.poll(() => order.evaluate((card) => card === document.activeElement)).toBe(true);
  await expect.poll(() => order.evaluate((card) => card.getBoundingClientRect().top < innerHeight)).toBe(true);
});
