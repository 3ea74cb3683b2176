import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['*.test.ts'],
    globalSetup: './keep-stack.ts',
    // One stack for all, and one person of each name: what one test does the next would see.
    fileParallelism: false,
    // A second try is reported as one: whatever needs it is to be mended.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
