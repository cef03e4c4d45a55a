import { defineConfig, type Options } from 'tsup';

const main = { index: 'src/index.ts' };
const testing = { testing: 'src/testing/index.ts' };
const msw = { 'testing-msw': 'src/testing/msw.ts' };

const shared = {
  target: 'node20',
  platform: 'node',
  // The size of the package counts. Names of functions and classes stay, so that a stack trace reads; lines are cut,
  // because Node prints the one that threw.
  minify: true,
  keepNames: true,
  esbuildOptions(options) {
    options.lineLimit = 1200;
  },
} satisfies Options;

// scripts/finish-build.ts adds the files that only point at others: there is one build of the SDK and one of the fake, for
// both kinds of module, so that a process which mixes them has each class once, and the package is half as big.
export default defineConfig([
  // ky is ESM only, and Jest's CommonJS mode cannot load that: the build carries it.
  { ...shared, entry: { ...main, ...msw }, format: 'cjs', noExternal: ['ky'] },
  { ...shared, entry: testing, format: 'cjs' },
  { ...shared, entry: msw, format: 'esm' },
  { entry: { ...main, ...testing, ...msw }, format: 'cjs', dts: { only: true } },
]);
