import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from 'vitest';
import { regionOf, snippetsOf } from '../scripts/snippets.js';

const EXAMPLES = readdirSync('examples').filter((name) => name.endsWith('.ts'));
const PAGES = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const SNIPPETS = PAGES.flatMap(snippetsOf);

describe('examples', () => {
  const exitCode = process.exitCode;
  let lines: MockInstance;
  let errors: MockInstance;

  beforeEach(() => {
    lines = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  afterEach(() => {
    process.exitCode = exitCode;
    vi.restoreAllMocks();
  });

  test.each(EXAMPLES)(
    '%s runs, and reports no failure',
    async (name) => {
      await import(`../examples/${name}`);

      expect(process.exitCode).toBe(exitCode);
      expect(errors).not.toHaveBeenCalled();
      expect(lines).toHaveBeenCalled();
    },
    60_000,
  );
});

describe('pages', () => {
  test('the README shows snippets', () => {
    expect(SNIPPETS.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(0);
  });

  test.each(SNIPPETS)('$page shows $source as it is', ({ source, shown }) => {
    expect(shown).toBe(regionOf(source));
  });

  test.each(PAGES)('%s shows no code that is not run', (name) => {
    const blocks = readFileSync(name, 'utf8').match(/```ts\n/g) ?? [];

    expect(blocks).toHaveLength(SNIPPETS.filter(({ page }) => page === name).length);
  });
});
