import { expect, inject, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';
import { lineOf } from './line';

useBrowser();

/** The whole stack stops in good order, and starts again. */
const RESTART_MS = 90_000;

const isServed = () =>
  fetch(inject('page')).then(
    () => true,
    () => false,
  );

test('a line that is cut comes back, with what was said meanwhile', async () => {
  const [ben, ana] = await Promise.all([newTab('ben'), openAs('ana')]);
  const line = await lineOf(ben);
  await ben.open();
  await ben.isLive();

  await line.cut();
  await ben.text('Connection lost. Reconnecting…').waitFor();
  await ana.write('Are you still there?');
  await ana.message('Are you still there?').waitFor();
  expect(await ben.message('Are you still there?').count()).toBe(0);

  line.mend();
  await ben.text('Back online').waitFor();
  await ben.message('Are you still there?').waitFor();
  expect(await ben.message('Are you still there?').count()).toBe(1);
});

test('a server that restarts finds everybody again', { timeout: 2 * RESTART_MS }, async () => {
  const [ben, ana] = await Promise.all([openAs('ben'), openAs('ana')]);

  process.kill(inject('stackPid'), 'SIGTERM');
  await Promise.all([ben, ana].map((tab) => tab.text('Connection lost. Reconnecting…').waitFor({ timeout: RESTART_MS })));
  await Promise.all([ben, ana].map((tab) => tab.isLive({ timeout: RESTART_MS })));
  await expect.poll(isServed, { timeout: RESTART_MS }).toBe(true);

  await ben.write('Good morning!');
  await ana.message('Good morning!').waitFor({ timeout: RESTART_MS });
  expect([...ben.crashes, ...ana.crashes]).toEqual([]);
});
