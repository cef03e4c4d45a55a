import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { path } from './path.js';

describe('a value of a path', () => {
  test('is one segment, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
        fc.pre(value !== '.' && value !== '..');

        const url = new URL(`https://api.test${path`/before/${value}/after`}?query#hash`);

        expect(url.pathname.split('/')).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.split('/')[2]!)).toBe(value);
        expect(url.origin).toBe('https://api.test');
      }),
    );
  });

  test.for(['', '.', '..', '\ud800'])('cannot be %j, which would reach another resource', (value) => {
    expect(() => path`/things/${value}`).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });

  test('cannot be absent, which would be a segment of that name', () => {
    expect(() => path`/things/${undefined as never}`).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });

  test('cannot climb, however it is encoded', () => {
    const encoded = path`/things/${'../../admin'}/${'%2e%2e'}`;

    expect(new URL(`https://api.test${encoded}`).pathname).toBe('/things/..%2F..%2Fadmin/%252e%252e');
  });
});
