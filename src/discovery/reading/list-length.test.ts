import { describe, expect, test } from 'vitest';
import { ListLength } from './list-length.js';

describe('a list', () => {
  test('that has as many items as it says, or says nothing, is not in doubt', () => {
    const told = new ListLength();
    const silent = new ListLength();

    told.tell({ total: 3, next: '2' });
    told.tell({ total: 3, next: undefined });
    silent.tell({ next: undefined });

    expect([told.doubt(3), told.doubt(4), silent.doubt(0)]).toEqual([undefined, undefined, undefined]);
  });

  test('that ends before its own total is in doubt', () => {
    const length = new ListLength();

    length.tell({ total: 130, next: undefined });

    expect(length.doubt(100)).toBe('ended after 100 of 130: the rest is not known');
  });

  test.for(['100', 'https://api.example/2.0/items?pagelen=100&page=2'])(
    'that becomes shorter between pages at %s is in doubt',
    (next) => {
      const length = new ListLength();

      length.tell({ total: 130, next });
      length.tell({ total: 129, next: undefined });

      expect(length.doubt(129)).toContain('became shorter');
    },
  );

  test('that becomes shorter between pages of an opaque cursor is not: nothing moves there', () => {
    const length = new ListLength();

    length.tell({ total: 130, next: 'b3BhcXVl' });
    length.tell({ total: 129, next: undefined });

    expect(length.doubt(129)).toBeUndefined();
  });
});
