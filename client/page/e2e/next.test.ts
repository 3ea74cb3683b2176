import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { newTab, openAs, useBrowser } from './browser';
import { type NextApp, startNextApp } from './next-app';

useBrowser();

/** To pack, install and build the app, on a machine that does other things, too. */
const BUILD_MS = 1_200_000;
/** For whatever is to be seen, on such a machine. */
const SEEN_WITHIN_MS = 120_000;

interface Stack {
  conversationId: string;
  product: { id: string };
}

/** The app's page for who is signed in, or for nobody. */
async function openNextApp(app: NextApp, userId: string | null, { conversationId, product }: Stack) {
  const { page, crashes } = await newTab('ben');
  page.setDefaultTimeout(SEEN_WITHIN_MS);
  if (userId) await page.context().addCookies([{ name: 'session', value: userId, url: app.address }]);
  await page.goto(`${app.address}?conversation=${conversationId}&product=${product.id}`);
  return { page, crashes };
}

const part = (page: Page, name: string) => page.getByRole('region', { name });

/** Rendered by the server, it says this until the connection is there. */
const isConnected = (page: Page) => page.getByText('Connecting').waitFor({ state: 'detached' });

test('an app of Next.js is built with the package, and lives', { timeout: BUILD_MS, retry: 0 }, async () => {
  const stack = (await (await fetch(new URL('config.json', inject('page')))).json()) as Stack;
  const app = await startNextApp(inject('page'));
  try {
    const { page, crashes } = await openNextApp(app, 'ben', stack);
    const viewers = part(page, 'Viewers');
    const messages = part(page, 'Messages');
    const bell = part(page, 'Notifications');
    await isConnected(page);
    await page.locator('[aria-label="Messages"][aria-busy="false"]').waitFor();
    await page.locator('[aria-label="Notifications"][aria-busy="false"]').waitFor();

    await bell.getByRole('button', { name: /^Bell/ }).click();
    const readAll = bell.getByRole('button', { name: 'Read all' });
    if (await readAll.isVisible()) await readAll.click();
    await bell.getByRole('button', { name: 'Bell (0)' }).waitFor();

    const ana = await openAs('ana');
    ana.page.setDefaultTimeout(SEEN_WITHIN_MS);
    await viewers.getByText('2 viewers').waitFor();
    await viewers.getByText('Ana Sousa').waitFor();
    await viewers.getByText('Ben Carter').waitFor();

    await ana.box.pressSequentially('It fits');
    await messages.getByText('ana writing').waitFor();
    await ana.write('It fits, and it is warm.');
    await messages.getByText(`ana: It fits, and it is warm. ${new Date().getFullYear()}`).waitFor();

    await messages.getByRole('textbox').pressSequentially('Thank you');
    await ana.text('Ben Carter is typing…').waitFor();

    await bell.getByRole('button', { name: 'Bell (1)' }).waitFor();
    const digest = bell.locator(`article[data-target="${stack.conversationId}"]`).first();
    expect(await digest.getAttribute('data-read')).toBe('false');
    await digest.click();
    await bell.getByRole('button', { name: 'Bell (0)' }).waitFor();
    expect(await digest.getAttribute('data-read')).toBe('true');
    expect(crashes).toEqual([]);

    const guest = await openNextApp(app, null, stack);
    await isConnected(guest.page);
    await part(guest.page, 'Notifications').getByRole('button', { name: 'Bell (0)' }).waitFor();
    expect(guest.crashes).toEqual([]);
  } finally {
    await app.stop();
  }
});
