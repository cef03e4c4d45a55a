import { defineConfig, type Options } from 'tsup';

const main = { index: 'src/index.ts' };
const testing = { testing: 'src/testing/index.ts' };
const msw = { 'testing-msw': 'src/testing/msw.ts' };

const shared = {
  target: 'node20',
  platform: 'node',
  // The size of the package counts. Names stay, so that a stack trace reads; lines stay short, because Node prints the
  // one that threw.
  minifyWhitespace: true,
  minifySyntax: true,
  esbuildOptions(options) {
    options.lineLimit = 120;
  },
} satisfies Options;

// scripts/finish-build.ts adds the files that only point at others.
export default defineConfig([
  { ...shared, entry: { ...main, ...msw }, format: 'esm' },
  {
    ...shared,
    entry: { ...main, ...testing, ...msw },
    format: 'cjs',
    // ky is ESM only, and Jest's CommonJS mode cannot load that: this build carries it.
    noExternal: ['ky'],
  },
  { entry: { ...main, ...testing, ...msw }, format: 'cjs', dts: { only: true } },
]);
