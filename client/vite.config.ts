import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'es2022',
    // Readable: whoever builds a page of it makes it small.
    minify: false,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    rollupOptions: {
      external: ['react', 'react/jsx-runtime', 'pusher-js'],
      // For frameworks that render on a server: hooks are the browser's.
      output: { banner: "'use client';" },
    },
  },
});
