// Fails when the package costs a page more than its budget: minified as pages are, without what it leaves to them.

import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const BUDGET_BYTES = 6_000;

const [{ output }] = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    target: 'es2022',
    lib: { entry: fileURLToPath(new URL('../dist/index.js', import.meta.url)), formats: ['es'] },
    rollupOptions: {
      external: ['react', 'react/jsx-runtime', 'pusher-js'],
      output: { minify: true, comments: false },
    },
  },
});
const { length } = gzipSync(output[0].code, { level: 9 });
console.log(`A page pays ${length} bytes for it, gzipped, of ${BUDGET_BYTES}`);
if (length > BUDGET_BYTES) {
  console.error('That is too much.');
  process.exitCode = 1;
}
