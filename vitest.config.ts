import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { test: { name: 'types', include: [], typecheck: { enabled: true, only: true, include: ['src/**/*.test-d.ts'] } } },
      { test: { name: 'scenario', include: ['test/scenarios/**/*.test.ts', 'test/*.test.ts'] } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'] } },
    ],
  },
});
