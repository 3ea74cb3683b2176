import { test } from 'vitest';
import { openAs, useBrowser } from './browser';

useBrowser();

test('a notification arrives in both tabs of a person; read in one, it fades in the other', async () => {
  const [ben, phone, laptop] = await Promise.all([openAs('ben'), openAs('ana'), openAs('ana')]);
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
