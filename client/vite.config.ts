import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'es2022',
    // Readable: whoever builds a page of it makes it small.
    minify: false,
    lib: { entry: { index: 'src/index.ts', core: 'src/core.ts', testing: 'src/testing.tsx' }, formats: ['es'] },
    rollupOptions: {
      external: ['react', 'react/jsx-runtime', 'pusher-js'],
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'parts/[name].js',
        // For frameworks that render on a server: hooks are the browser's.
        banner: ({ isEntry, name }) => (isEntry && name !== 'core' ? "'use client';" : ''),
      },
    },
  },
});
