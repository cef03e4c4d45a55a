import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesBranchGlob } from './branch-glob.js';

describe('a pattern', () => {
  test.each([
    ['main', 'main'],
    ['*', 'main'],
    ['*', ''],
    ['*', 'release/2026/03'],
    ['**', 'a/b'],
    ['ma*', 'main'],
    ['*in', 'main'],
    ['m*n', 'main'],
    ['main*', 'main'],
    ['release/*', 'release/1.2'],
    ['*/*', 'a/b/c'],
    ['a*b*c', 'aXbYbZc'],
    ['ma[i]n', 'ma[i]n'],
    ['ma?n', 'ma?n'],
    ['v1.0', 'v1.0'],
    ['', ''],
  ])('%j matches the branch %j', (pattern, branch) => {
    const hit = matchesBranchGlob(pattern, branch);

    expect(hit).toBe(true);
  });

  test.each([
    ['main', 'Main'],
    ['main', 'mainline'],
    ['main', 'domain'],
    ['', 'main'],
    ['ma*ain', 'main'],
    ['aba*aba', 'ababa'],
    ['ma?n', 'main'],
    ['ma[i]n', 'main'],
    ['v1.0', 'v1x0'],
    ['release/*', 'release'],
    ['a*b*c', 'acb'],
    ['{main,develop}', 'main'],
    ['!main', 'develop'],
  ])('%j does not match the branch %j', (pattern, branch) => {
    const hit = matchesBranchGlob(pattern, branch);

    expect(hit).toBe(false);
  });
});

/** The definition, by trying every length that a star can have. */
function byDefinition(pattern: string, branch: string): boolean {
  if (pattern === '') return branch === '';
  const [head = '', tail] = [pattern[0], pattern.slice(1)];
  if (head !== '*') return branch.startsWith(head) && byDefinition(tail, branch.slice(1));
  return Array.from({ length: branch.length + 1 }, (_, length) => length).some((length) =>
    byDefinition(tail, branch.slice(length)),
  );
}

const letters = (alphabet: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((all) => all.join(''));

test('matching agrees with its definition', () => {
  fc.assert(
    fc.property(letters(['a', 'b', '/', '*'], 6), letters(['a', 'b', '/'], 8), (pattern, branch) => {
      expect(matchesBranchGlob(pattern, branch)).toBe(byDefinition(pattern, branch));
    }),
    { numRuns: 2000 },
  );
});

test('matching takes no longer for many stars', () => {
  const pattern = `${'a*'.repeat(5000)}b`;

  const hit = matchesBranchGlob(pattern, 'a'.repeat(5000));

  expect(hit).toBe(false);
});
