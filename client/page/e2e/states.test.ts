import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';
import { lineOf } from './line';
import type { Tab } from './tab';

useBrowser();

const CORS = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
const never = () => {};
const unavailable = (route: Route) => route.fulfill({ status: 503, json: { detail: 'unavailable' }, headers: CORS });
const nothing = (json: unknown) => (route: Route) =>
  route.request().method() === 'OPTIONS' ? route.continue() : route.fulfill({ json, headers: CORS });

/** What there is to know: the conversation, the order, the inbox. */
async function answers(tab: Tab, messages: (route: Route) => unknown, order: (route: Route) => unknown, inbox: (route: Route) => unknown) {
  await tab.page.route('**/messages', messages);
  await tab.page.route('**/order', order);
  await tab.page.route('**/v1/notifications?**', inbox);
}

const EMPTY = ['No messages yet. Say hello.', 'There is no order yet.', 'Nothing new yet.'];
const LOADING = ['Loading the conversation…', 'Looking up the order…', 'Looking for notifications…'];
const FAILED = [
  'The conversation cannot be loaded just now.',
  'The order cannot be loaded just now.',
  'The notifications cannot be loaded just now.',
];
const OFFLINE = [
  'You are offline. The conversation shows once you are back.',
  'You are offline. The order shows once you are back.',
  'You are offline. Notifications show once you are back.',
];

async function says(tab: Tab, words: string[]) {
  await tab.bell().click();
  for (const word of words) await tab.text(word).waitFor();
  for (const word of [EMPTY, LOADING, FAILED, OFFLINE].flat().filter((other) => !words.includes(other))) {
    expect(await tab.text(word).count(), word).toBe(0);
  }
}

test('nothing there is called empty', async () => {
  const ben = await newTab('ben');
  await answers(ben, nothing([]), (route) => route.fulfill({ status: 404, json: { detail: 'none' } }), nothing({ notifications: [], next: null }));
  await ben.open();
  await ben.isLive();
  await says(ben, EMPTY);
});

test('nothing known yet is called loading', async () => {
  const ben = await newTab('ben');
  await answers(ben, never, never, never);
  await ben.open();
  await ben.isLive();
  await says(ben, LOADING);
});

test('what fails says so, and "Try again" asks again', async () => {
  const ben = await newTab('ben');
  await answers(ben, unavailable, unavailable, unavailable);
  await ben.open();
  await ben.isLive();
  await says(ben, FAILED);

  let asked = 0;
  await ben.page.route('**/v1/notifications?**', (route) => {
    asked++;
    return route.continue();
  });
  await ben.inbox.getByRole('button', { name: 'Try again' }).click();
  await ben.inbox.getByRole('listitem').or(ben.inbox.getByText('Nothing new yet.')).first().waitFor();
  expect(asked).toBeGreaterThan(0);
  await ben.page.keyboard.press('Escape');
  await ben.page.unroute('**/messages');
  await ben.page.unroute('**/order');
  await ben.message('Hello!').waitFor();
});

test('without a network it is called offline, and nothing claims to be live', async () => {
  const ben = await newTab('ben');
  await answers(ben, unavailable, unavailable, unavailable);
  await ben.open();
  await ben.isLive();
  await ben.page.context().setOffline(true);
  await says(ben, OFFLINE);
  expect(await ben.page.getByText('Live', { exact: true }).count()).toBe(0);
  await ben.text('Viewers show once you are back online').waitFor();
});

test('what was said before shows without a live connection', async () => {
  const ben = await newTab('ben');
  const line = await lineOf(ben);
  await line.cut();
  await ben.open();
  await ben.message('Hello!').waitFor();
  expect(await ben.page.getByText('Live', { exact: true }).count()).toBe(0);
});

test('a channel that cannot be joined is not called live', async () => {
  const ben = await newTab('ben');
  await ben.page.route('**/pusher/auth', unavailable);
  await ben.open();
  await ben.page.getByText('Not live', { exact: true }).waitFor();
  expect(await ben.page.getByText('Live', { exact: true }).count()).toBe(0);
});

test('a configuration that is missing, or lacks something, leaves no blank page', async () => {
  const ben = await newTab('ben');
  await ben.page.route('**/config.json', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await ben.open();
  await ben.text('The stack cannot say what to show: /config.json answered 404.').waitFor();

  await ben.page.route('**/config.json', (route) => route.fulfill({ json: { pusherKey: 'key' } }));
  await ben.page.getByRole('button', { name: 'Try again' }).click();
  await ben.text(/\/config\.json lacks wsHost/).waitFor();

  await ben.page.unroute('**/config.json');
  await ben.page.getByRole('button', { name: 'Try again' }).click();
  await ben.isLive();
  expect(ben.crashes).toEqual([]);
});

test('storage that is blocked keeps nobody from anything', async () => {
  const ben = await newTab('ben');
  await ben.page.addInitScript(`Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('denied', 'SecurityError'); },
  })`);
  await ben.open();
  await ben.isLive();
  await ben.write('No cookies here');
  await ben.message('No cookies here').waitFor();
  await ben.page.getByRole('button', { name: 'Dark mode' }).click();
  expect(ben.crashes).toEqual([]);
});

test('what breaks takes nothing else with it', async () => {
  const ben = await newTab('ben');
  await ben.page.route('**/config.json', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), product: { channel: 'presence-product-camel-coat' } } });
  });
  await ben.open();
  await ben.text('The product has stopped working.').waitFor();
  await ben.isLive();
  await ben.write('And yet we talk');
  await ben.message('And yet we talk').waitFor();
});

test('another day is named, above its messages and beside the times of notifications', async () => {
  const ben = await newTab('ben');
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const message = (id: string, createdAt: string) => ({ id, conversationId: 'ana-ben', senderId: 'ana', content: id, createdAt });
  await ben.page.route('**/messages', nothing([message('long ago', daysAgo(400)), message('lately', daysAgo(1)), message('now', daysAgo(0))]));
  await ben.page.route(
    '**/v1/notifications?**',
    nothing({
      notifications: [{ id: 'n-1', userId: 'ben', title: 'An older one', message: '', type: 'novelty', metadata: {}, revision: 1, read: true, createdAt: daysAgo(1) }],
      next: null,
    }),
  );
  await ben.open();
  await ben.message('now').waitFor();
  const days = await ben.log().locator('.day').allTextContents();
  expect(days.slice(1)).toEqual(['Yesterday', 'Today']);
  expect(days[0]).toContain(String(new Date(daysAgo(400)).getFullYear()));
  await ben.bell().click();
  expect(await ben.inbox.getByRole('button', { name: /An older one/ }).locator('time').textContent()).toMatch(/^Yesterday, /);
});

test('a manifest names the page, and its icons are there', async () => {
  const ben = await openAs('ben');
  const session = await ben.page.context().newCDPSession(ben.page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '').name).toBe('Threadly — live');
  for (const { src } of JSON.parse(data ?? '').icons) {
    expect((await ben.page.request.get(new URL(src, ben.page.url()).toString())).status()).toBe(200);
  }
});
