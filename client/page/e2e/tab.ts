// What a person can do and see on the page, in the words of the page.

import type { Locator, Page } from 'playwright-core';

export class Tab {
  /** What no page should have: exceptions that nobody caught. */
  readonly crashes: Error[] = [];

  constructor(
    readonly page: Page,
    private readonly address: URL,
  ) {
    page.on('pageerror', (crash) => this.crashes.push(crash));
  }

  open(): Promise<unknown> {
    return this.page.goto(this.address.toString());
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  isLive(options: { timeout?: number } = {}): Promise<void> {
    return this.page.getByText('Live', { exact: true }).waitFor(options);
  }

  get box(): Locator {
    return this.page.getByRole('textbox', { name: /^Message from/ });
  }

  /** Until the stack has taken it: before that, it may be there as a draft and as what another way has brought. */
  async write(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
    await this.text('Sending…').waitFor({ state: 'detached' });
  }

  message(text: string): Locator {
    return this.page.getByRole('log').getByText(text, { exact: true });
  }

  text(text: string | RegExp): Locator {
    return this.page.getByText(text);
  }

  log(): Locator {
    return this.page.getByRole('log');
  }

  /** Whether this person is looking at the page; a browser that is driven thinks so always. */
  looksAway(away: boolean): Promise<void> {
    return this.page.evaluate((isAway) => {
      document.hasFocus = () => !isAway;
      window.dispatchEvent(new Event(isAway ? 'blur' : 'focus'));
    }, away);
  }

  /** The bell, which carries the number of unread notifications in its name. */
  bell(unread?: number): Locator {
    const name = unread === undefined ? /^Notifications/ : unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`;
    return this.page.getByRole('button', { name, exact: true });
  }

  get inbox(): Locator {
    return this.page.getByRole('dialog', { name: /^Notifications for/ });
  }
}
