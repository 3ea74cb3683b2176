import { expect, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';

useBrowser();

test('two browsers talk, and nobody reads anything twice', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);

  await ben.write('Is the collar lined?');
  await ana.message('Is the collar lined?').waitFor();
  await ana.write('It is, with silk.');
  await ben.message('It is, with silk.').waitFor();

  for (const tab of [ben, ana]) {
    expect(await tab.message('Is the collar lined?').count()).toBe(1);
    expect(await tab.message('It is, with silk.').count()).toBe(1);
  }
});

test('who opens the page later finds what was said', async () => {
  const ben = await openAs('ben');
  await ben.write('See you tomorrow.');
  await ben.message('See you tomorrow.').waitFor();

  const ana = await openAs('ana');
  await ana.message('See you tomorrow.').waitFor();
});

test('typing shows, and fades when nothing more is typed', async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);

  await ben.box.pressSequentially('Would you');
  await ana.text('Ben Carter is typing…').waitFor();
  await ana.text('Ben Carter is typing…').waitFor({ state: 'detached' });
  expect(await ben.text('Ben Carter is typing…').count()).toBe(0);
});

test('a conversation of others is refused, and the rest of the page goes on', async () => {
  const ben = await newTab('ben');
  await ben.page.route('**/config.json', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), conversationId: 'of-others' } });
  });
  await ben.open();

  await ben.text('This conversation is not open to Ben Carter.').waitFor();
  await ben.isLive();
  await ben.text(/viewing$/).waitFor();
  expect(await ben.box.isDisabled()).toBe(true);
  expect(ben.crashes).toEqual([]);
});
