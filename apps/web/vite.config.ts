import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the API listens while developing; the built app is served by the API itself. */
const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

/** Libraries that change rarely and are on every page go into files of their own, so that a release keeps them cached. */
const chunks: readonly (readonly [name: string, test: RegExp])[] = [
  ['react', /node_modules[\\/](\.pnpm[\\/])?(react|react-dom|scheduler)[@\\/]/],
  ['data', /node_modules[\\/](\.pnpm[\\/])?(@tanstack|@trpc)[+\\/]/],
  [
    'mantine',
    /node_modules[\\/](\.pnpm[\\/])?(@mantine[+\\/](core|hooks|notifications|modals|form|store)|@floating-ui)[@+\\/]/,
  ],
];

export default defineConfig({
  base: '/',
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      addExtensions: true,
      quoteStyle: 'single',
      semicolons: true,
      routeFileIgnorePattern: '\\.test\\.',
    }),
    react(),
  ],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    strictPort: true,
    host: '127.0.0.1',
    proxy: {
      '/api': { target: api, changeOrigin: false },
      '/t': { target: api, changeOrigin: false },
      '/u': { target: api, changeOrigin: false },
    },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: { codeSplitting: { groups: chunks.map(([name, test]) => ({ name, test })) } },
    },
  },
});
