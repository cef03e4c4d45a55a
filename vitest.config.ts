import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^atlassian-provisioner$/, replacement: source('index.ts') },
      { find: /^atlassian-provisioner\/testing$/, replacement: source('testing/index.ts') },
      { find: /^atlassian-provisioner\/testing\/msw$/, replacement: source('testing/msw.ts') },
    ],
  },
  test: {
    // A machine that does much else at once must not fail a test: none measures time.
    testTimeout: 60_000,
    setupFiles: [fileURLToPath(new URL('./test/properties.setup.ts', import.meta.url))],
    // .ci/run reads the counts from the file.
    reporters: process.env.CI === undefined ? ['default'] : ['default', ['json', { outputFile: 'temp/tests.json' }]],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.{test,test-d,fixture}.ts', 'src/**/*-test-server.ts'],
      reporter: ['text-summary', 'html', 'json-summary'],
      // A little below what the projects `unit` and `scenario` come to alone; `npm test` does not measure.
      thresholds: { statements: 88, branches: 81, functions: 88, lines: 90 },
      reportOnFailure: true,
    },
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['src/**/*.test-d.ts'],
            tsconfig: './tsconfig.types.json',
            // The gate `typecheck` reads the sources.
            ignoreSourceErrors: true,
          },
        },
      },
      {
        extends: true,
        test: { name: 'scenario', include: ['test/scenarios/**/*.test.ts', 'test/*.test.ts', 'examples/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'contract', include: ['test/contract/**/*.test.ts'] } },
      // Opens a browser.
      { extends: true, test: { name: 'report', include: ['test/report/**/*.test.ts'] } },
    ],
  },
});
