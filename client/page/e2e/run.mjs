// Runs the browser tests where there is a browser; says so where there is none, and fails there if CI=true.

import { startVitest } from 'vitest/node';
import { findChromium } from './chromium.mjs';

if (findChromium()) {
  await startVitest('test', process.argv.slice(2), { config: new URL('vitest.config.ts', import.meta.url).pathname, run: true });
} else {
  console.warn('The browser tests are skipped: Chromium is not installed (Debian: apt-get install chromium).');
  process.exitCode = process.env.CI === 'true' ? 1 : 0;
}
