import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scimFilter, type ScimUserFilter } from './scim-filter.js';

describe('scimFilter', () => {
  test.each([
    [{ userName: 'rosa@harbor.example' }, 'userName eq "rosa@harbor.example"'],
    [{ externalId: 'e-4471' }, 'externalId eq "e-4471"'],
    [{ displayName: 'berth crew' }, 'displayName eq "berth crew"'],
  ])('writes %o as one eq comparison', (filter, expected) => {
    const written = scimFilter(filter);

    expect(written).toBe(expected);
  });

  test('escapes quotes and backslashes, so that a value cannot end its own string', () => {
    const written = scimFilter({ userName: String.raw`x" or userName eq "admin\ ` });

    expect(written).toBe(String.raw`userName eq "x\" or userName eq \"admin\\ "`);
  });

  test('writes any value as a JSON string that reads back as the value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (value) => {
        const written = scimFilter({ externalId: value });

        expect(JSON.parse(written.slice('externalId eq '.length))).toBe(value);
      }),
    );
  });

  test.each([
    ['nothing', {}],
    ['two attributes', { userName: 'a', externalId: 'b' }],
    ['an empty value', { userName: '' }],
    ['another type', { userName: 7 }],
    ['an attribute that Atlassian does not filter on', { email: 'rosa@harbor.example' }],
  ])('refuses %s', (_case, filter) => {
    const write = (): string => scimFilter(filter as unknown as ScimUserFilter);

    expect(write).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});
