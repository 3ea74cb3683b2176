import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    react: string;
  }
}

/** The same tests against each React that is a peer. */
function against(react: string, folder: string) {
  return {
    test: {
      name: react,
      environment: 'happy-dom',
      include: ['test/**/*.test.{ts,tsx}'],
      setupFiles: 'test/support/setup.ts',
      provide: { react },
      // Clocks are fakes; this is for machines that are busy.
      testTimeout: 30_000,
    },
    resolve: {
      alias: [
        { find: /^(react(-dom)?)(\/.*)?$/, replacement: at(`${folder}/node_modules/$1$3`) },
        { find: /^@threadly\/real-time(\/client)?$/, replacement: at('src/index.ts') },
        { find: /^@threadly\/real-time\/core$/, replacement: at('src/core.ts') },
        { find: /^@threadly\/real-time\/testing$/, replacement: at('src/testing.tsx') },
        // What browsers get; Node would be given a build with a WebSocket of its own.
        { find: /^pusher-js$/, replacement: at('node_modules/pusher-js/dist/web/pusher.js') },
      ],
    },
  };
}

export default defineConfig({
  test: { projects: [against('react-19', '.'), against('react-18', 'react-18')] },
});
