import { describe, expect, test } from 'vitest';
import { emailViolations, profileViolations, readProfileChange } from './profile-change.js';

describe('the change that a body describes', () => {
  test('has the paths of the profile and nothing else', () => {
    const change = readProfileChange({ name: 'Rosa', email: 'x', extended_profile: { location: null, team: 'x' } });

    expect([...(change ?? [])]).toEqual([
      ['name', 'Rosa'],
      ['extended_profile.location', null],
    ]);
  });

  test.each([{ name: 1 }, { extended_profile: { location: ['Porto'] } }])('cannot be read from %j', (body) => {
    expect(readProfileChange(body)).toBeUndefined();
  });
});

test.each([
  ['name', 'n'.repeat(100), []],
  ['name', 'n'.repeat(101), ['maxLength']],
  ['nickname', 'n'.repeat(30), []],
  ['nickname', 'n'.repeat(31), ['maxLength']],
  ['nickname', null, ['validCharacters']],
  ['zoneinfo', null, []],
  ['locale', 'en\u0007', ['validCharacters']],
] as const)('%s as %j breaks %j', (path, value, keys) => {
  expect(profileViolations(new Map([[path, value]])).map(({ key }) => key)).toEqual(keys);
});

test.each([
  ['rosa@acme.com', []],
  [`${'r'.repeat(255)}@acme.com`, []],
  [`${'r'.repeat(256)}@acme.com`, ['partMaxLength']],
  [`rosa@${'a'.repeat(256)}.com`, ['partMaxLength']],
  ['rosa', ['validCharacters']],
  ['@acme.com', ['validCharacters']],
  ['rosa@', ['validCharacters']],
  ['ro sa@acme.com', ['validCharacters']],
])('the address %j breaks %j', (email, keys) => {
  expect(emailViolations(email).map(({ key }) => key)).toEqual(keys);
});
