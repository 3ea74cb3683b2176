// Builds the page that the local stack packs: the same sources give the same bytes under the same names.

import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Nothing is drawn before the theme that somebody chose is known: Vite drops the attribute from the sources' own tag. */
const drawOnce: Plugin = {
  name: 'draw-once',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

export default defineConfig({
  root: at('.'),
  plugins: [drawOnce],
  resolve: { alias: { '@threadly/real-time': at('../src/index.ts') } },
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    // What light-dark() and the rest of the page ask for.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      output: {
        // A name for each content: browsers keep it for good. Lower case only, as the local stack serves it.
        hashCharacters: 'hex',
        entryFileNames: 'page-[hash].js',
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.css')) ? 'page-[hash].css' : '[name]-[hash][extname]',
        codeSplitting: false,
      },
    },
  },
  test: { include: ['test/*.test.ts'] },
});
