// How far the page has jumped since it was opened, as browsers measure it: the sum of its layout shifts.

import type { Page } from 'playwright-core';

const WATCH = `
  globalThis.jumps = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) jumps += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** Before the page is opened. */
export const watchJumps = (page: Page) => page.addInitScript({ content: WATCH });

export const jumpsOf = (page: Page) => page.evaluate<number>('jumps');

/** Up to here, web.dev calls it good. */
export const GOOD = 0.1;
