import { test } from 'vitest';
import { openAs, useBrowser } from './browser';

useBrowser();

test('the number of people viewing rises and falls', async () => {
  const ben = await openAs('ben');
  await ben.text('1 person viewing').waitFor();

  const ana = await openAs('ana');
  await ben.text('2 people viewing').waitFor();
  await ana.text('2 people viewing').waitFor();

  await ana.close();
  await ben.text('1 person viewing').waitFor();
});

test('whom one talks to is shown as online once they are there', async () => {
  const [ben] = await Promise.all([openAs('ben'), openAs('ana')]);
  await ben.text('Online').waitFor();
});
