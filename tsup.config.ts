import { copyFile } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';

const shared = {
  entry: { index: 'src/index.ts', testing: 'src/testing/index.ts', 'testing-msw': 'src/testing/msw.ts' },
  target: 'node20',
  platform: 'node',
  splitting: true,
  sourcemap: false,
} satisfies Options;

export default defineConfig([
  { ...shared, format: 'esm' },
  {
    ...shared,
    format: 'cjs',
    // ky is ESM only, and Jest's CommonJS mode cannot load that: this build carries it, with its licence.
    noExternal: ['ky'],
    onSuccess: () => copyFile('node_modules/ky/license', 'dist/LICENSE-ky'),
  },

  { ...shared, format: ['esm', 'cjs'], dts: { only: true } },
]);
