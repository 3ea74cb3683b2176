// Fails when the package costs a page more than its budget: minified as pages are, without what it leaves to them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const PACKAGE = fileURLToPath(new URL('../dist/index.js', import.meta.url));

const BUDGETS = [
  { what: 'the provider and useChannel', takes: '{ RealTimeProvider, useChannel }', bytes: 6_000 },
  { what: 'the provider and useNotifications', takes: '{ RealTimeProvider, useNotifications }', bytes: 7_000 },
  { what: 'all of it', takes: '*', bytes: 9_500 },
];

const folder = mkdtempSync(join(tmpdir(), 'size-'));

/** The bytes, gzipped, of a module that exports what a page takes. */
async function cost(takes) {
  const entry = join(folder, 'entry.js');
  writeFileSync(entry, `export ${takes} from ${JSON.stringify(PACKAGE)};`);
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
  return gzipSync(output[0].code, { level: 9 }).length;
}

for (const { what, takes, bytes } of BUDGETS) {
  const paid = await cost(takes);
  console.log(`A page pays ${paid} bytes for ${what}, gzipped, of ${bytes}`);
  if (paid > bytes) {
    console.error('That is too much.');
    process.exitCode = 1;
  }
}
rmSync(folder, { recursive: true });
