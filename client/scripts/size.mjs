// Fails when the package costs a page more than its budget.

import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 6_000;

const { length } = gzipSync(await readFile(new URL('../dist/index.js', import.meta.url)), { level: 9 });
console.log(`dist/index.js is ${length} bytes gzipped, of ${BUDGET_BYTES}`);
if (length > BUDGET_BYTES) {
  console.error('That is too much.');
  process.exitCode = 1;
}
