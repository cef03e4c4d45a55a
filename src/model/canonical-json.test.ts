import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { canonicalJson, digestOf } from './canonical-json.js';

describe('canonicalJson', () => {
  test('sorts keys by UTF-16 code units, at every depth, and writes no white space', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': { b: [1, { d: 1, c: 2 }], a: null },
    };

    const text = canonicalJson(value);

    expect(text).toBe(
      '{"\\r":2,"1":4,"\u0080":{"a":null,"b":[1,{"c":2,"d":1}]},"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  test('writes numbers and strings as the examples of RFC 8785 have them', () => {
    const value = { numbers: [1 / 3, 1e30, 4.5, 2e-3, 1e-27, -0], string: '€$\u000f\nA\'B"\\\\"/' };

    const text = canonicalJson(value);

    expect(text).toBe(
      '{"numbers":[0.3333333333333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('leaves out properties that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  test('parses back to the same value, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('does not depend on the order in which keys were added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());

        expect(canonicalJson(reversed)).toBe(canonicalJson(record));
      }),
    );
  });

  test('keeps a key named __proto__ as a key', () => {
    const value: unknown = JSON.parse('{"b":1,"__proto__":{"a":1}}');

    expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"b":1}');
  });

  test('writes one object twice when it stands in two places', () => {
    const shared = { a: 1 };

    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;

  test.each([
    ['a number that is not finite', { a: [1, Number.NaN] }, '$.a[1]'],
    ['undefined in a list', { a: [undefined] }, '$.a[0]'],
    ['a bigint', { a: 1n }, '$.a'],
    ['a function', { a: () => 1 }, '$.a'],
    ['a Date', { a: new Date(0) }, '$.a'],
    ['a Map', { a: new Map() }, '$.a'],
    ['half a surrogate pair', { a: 'x\ud83d' }, '$.a'],
    ['an object that contains itself', circular, '$.self'],
  ])('refuses %s and says where it is', (_what, value, place) => {
    expect(() => canonicalJson(value)).toThrow(new RegExp(`${place.replace(/[$.[\]]/g, '\\$&')} is`));
  });

  test('does not put the refused value into the error', () => {
    class Holder {
      readonly token = 'planted-7f3a';
    }

    const error = attempt(() => canonicalJson({ deep: { holder: new Holder() } }));

    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error, { depth: 10 })).not.toContain('planted-7f3a');
  });
});

describe('digestOf', () => {
  test('is the SHA-256 of the canonical text', () => {
    // printf '{"a":1,"b":2}' | sha256sum
    expect(digestOf({ b: 2, a: 1 })).toBe('43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777');
  });

  test('differs when a value differs', () => {
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: '1' }));
  });
});

function attempt(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
