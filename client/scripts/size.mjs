// Fails when the package costs a page more than its budget: minified as pages are, without what it leaves to them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const BUDGETS = [
  { what: 'the provider and useChannel', takes: '{ RealTimeProvider, useChannel }', bytes: 6_000 },
  { what: 'the provider and useNotifications', takes: '{ RealTimeProvider, useNotifications }', bytes: 7_800 },
  { what: 'all of it', takes: '*', bytes: 10_500 },
  { what: 'the core without React', takes: '*', from: 'core', bytes: 9_800, without: 'react' },
];

const folder = mkdtempSync(join(tmpdir(), 'size-'));

/** A module that exports what a page takes. */
async function built(takes, from) {
  const entry = join(folder, 'entry.js');
  writeFileSync(entry, `export ${takes} from ${JSON.stringify(fileURLToPath(new URL(`../dist/${from}.js`, import.meta.url)))};`);
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rollupOptions: {
        external: ['react', 'react/jsx-runtime', 'pusher-js'],
        output: { minify: true, comments: false },
      },
    },
  });
  return output[0];
}

for (const { what, takes, from = 'index', bytes, without } of BUDGETS) {
  const { code, imports } = await built(takes, from);
  const paid = gzipSync(code, { level: 9 }).length;
  console.log(`A page pays ${paid} bytes for ${what}, gzipped, of ${bytes}`);
  if (paid > bytes) {
    console.error('That is too much.');
    process.exitCode = 1;
  }
  if (imports.some((name) => name.split('/')[0] === without)) {
    console.error(`It imports ${without}.`);
    process.exitCode = 1;
  }
}
rmSync(folder, { recursive: true });
