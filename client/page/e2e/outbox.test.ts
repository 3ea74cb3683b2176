import { expect, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';
import { lineOf } from './line';
import type { Tab } from './tab';

useBrowser();

const textsOf = (tab: Tab, kind: string) =>
  tab.log().locator('.bubble').evaluateAll((bubbles, wanted) => bubbles.map((one) => one.textContent ?? '').filter((text) => text.startsWith(wanted)), kind);

async function post(tab: Tab, text: string) {
  await tab.box.fill(text);
  await tab.box.press('Enter');
}

test('what is written in a row keeps its order when the first is slow', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked: string[] = [];
  await ben.page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    asked.push(route.request().postDataJSON().text);
    if (asked.length === 1) await held;
    return route.continue();
  });
  for (const number of [1, 2, 3]) await post(ben, `row ${number}`);
  // Had the second not waited, it would have been asked for by the time that anything else was.
  await ben.page.evaluate(() => fetch('/order').then((order) => order.text()));
  expect(asked).toEqual(['row 1']);

  release();
  await ana.message('row 3').waitFor();
  for (const tab of [ben, ana]) expect(await textsOf(tab, 'row')).toEqual(['row 1', 'row 2', 'row 3']);
});

test('what could not be sent outlives a reload, and goes out once, in order, when the connection is back', async () => {
  const [ben, ana] = await Promise.all([newTab('ben'), openAs('ana')]);
  const line = await lineOf(ben);
  await ben.open();
  await ben.isLive();
  let isDown = true;
  await ben.page.route('**/messages', (route) => (isDown && route.request().method() === 'POST' ? route.abort() : route.continue()));
  await line.cut();
  for (const number of [1, 2]) await post(ben, `kept ${number}`);
  await ben.text('Not sent yet: waiting for a connection.').first().waitFor();

  await ben.open();
  await ben.message('kept 2').waitFor();
  expect(await ana.message('kept 1').count()).toBe(0);

  isDown = false;
  line.mend();
  await ana.message('kept 2').waitFor();
  await ben.text(/^Not sent yet|^Sending/).waitFor({ state: 'detached' });
  for (const tab of [ben, ana]) expect(await textsOf(tab, 'kept')).toEqual(['kept 1', 'kept 2']);
});

test('a message whose answer is lost is not sent twice', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);
  let isFirst = true;
  await ben.page.route('**/messages', async (route) => {
    if (!isFirst || route.request().method() !== 'POST') return route.continue();
    isFirst = false;
    await route.fetch();
    return route.abort();
  });
  await post(ben, 'once only');
  await ana.message('once only').waitFor();
  await ben.text(/^Not sent yet|^Sending/).waitFor({ state: 'detached' });
  for (const tab of [ben, ana]) expect(await tab.message('once only').count()).toBe(1);
});

test('a text that is too long says so, is not cut, and goes out once it is shorter', async () => {
  const ben = await openAs('ben');
  await ben.box.fill('x'.repeat(2_345));
  await ben.text('Too long by 345 characters: at most 2,000 can be sent at once.').waitFor();
  await ben.box.press('Enter');
  expect(await ben.box.inputValue()).toHaveLength(2_345);
  await ben.box.fill('y'.repeat(2_000));
  await ben.box.press('Enter');
  await ben.message('y'.repeat(2_000)).waitFor();
});

test('what is refused says why, and can be thrown away', async () => {
  const ben = await openAs('ben');
  await ben.page.route('**/messages', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 400, json: { detail: 'no such words' } }) : route.continue(),
  );
  await post(ben, 'refused');
  await ben.text('Not sent: no such words.').waitFor();
  await ben.page.getByRole('button', { name: 'Discard' }).click();
  await ben.message('refused').waitFor({ state: 'detached' });
  expect(await ben.log().evaluate((log) => log === document.activeElement)).toBe(true);
});
