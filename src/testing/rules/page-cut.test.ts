import { describe, expect, test } from 'vitest';
import { cutPage, type Place } from './page-cut.js';

const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const keep = (id: string): string | undefined => id;

function page(candidates: readonly string[], place?: Place, pick = keep) {
  return cutPage({ candidates, pick, limit: 3 }, place);
}

describe('a page', () => {
  test('has as many rows as fit, and knows whether there are more', () => {
    const first = page(LETTERS);
    const second = page(LETTERS, first.next);
    const third = page(LETTERS, second.next);

    expect([first.rows, second.rows, third.rows]).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]);
    expect(third.next).toBeUndefined();
  });

  test('that ends with the list leads nowhere', () => {
    expect(page(['a', 'b', 'c']).next).toBeUndefined();
  });

  test('passes over what is not in the list, and does not promise a page of nothing', () => {
    const vowels = (id: string): string | undefined => ('ae'.includes(id) ? id : undefined);

    const only = cutPage({ candidates: LETTERS, pick: vowels, limit: 2 });

    expect(only.rows).toEqual(['a', 'e']);
    expect(only.next).toBeUndefined();
  });

  test('keeps its place when rows before it go', () => {
    const first = page(LETTERS);

    const second = page(LETTERS.slice(2), first.next);

    expect(second.rows).toEqual(['d', 'e', 'f']);
  });

  test('keeps its place when rows come before it', () => {
    const first = page(LETTERS);

    const second = page(['0', '1', ...LETTERS], first.next);

    expect(second.rows).toEqual(['d', 'e', 'f']);
  });

  test('goes on at its position when the row there is gone', () => {
    const first = page(LETTERS);

    const second = page(
      LETTERS.filter((letter) => letter !== 'd'),
      first.next,
    );

    expect(second.rows).toEqual(['e', 'f', 'g']);
  });

  test('is empty behind the end', () => {
    expect(page(LETTERS, { position: 99 })).toMatchObject({ rows: [] });
  });

  test('leads back to the page before it, and the first one to none', () => {
    const first = page(LETTERS);
    const second = page(LETTERS, first.next);

    const back = page(LETTERS, second.prev);

    expect(back.rows).toEqual(first.rows);
    expect(back.prev).toBeUndefined();
  });

  test('leads back over rows that are not in the list', () => {
    const vowels = (id: string): string | undefined => ('aeg'.includes(id) ? id : undefined);
    const first = cutPage({ candidates: LETTERS, pick: vowels, limit: 1 });
    const second = cutPage({ candidates: LETTERS, pick: vowels, limit: 1 }, first.next);

    const back = cutPage({ candidates: LETTERS, pick: vowels, limit: 1 }, second.prev);

    expect([first.rows, second.rows, back.rows]).toEqual([['a'], ['e'], ['a']]);
  });
});
