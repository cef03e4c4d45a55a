import { describe, expect, test } from 'vitest';
import { atlassianAccountId } from '../model/ids.js';
import type { IdentityRef } from '../model/identity.js';
import { refParts } from './identity-ref.js';

describe('refParts', () => {
  test('has one key for an email in any case, and for a userName', () => {
    expect(refParts({ email: 'Rosa@Acme.example' }).key).toBe(refParts({ email: 'rosa@acme.example' }).key);
    expect(refParts({ userName: 'ROSA' }).key).toBe(refParts({ userName: 'rosa' }).key);
  });

  test('has keys of their own for ids that differ in case, and for one text as two kinds of id', () => {
    const keys = [{ externalId: 'a' }, { externalId: 'A' }, { userName: 'a' }, { email: 'a' }].map(
      (ref) => refParts(ref).key,
    );

    expect(new Set(keys).size).toBe(4);
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['an id that is not known here', { id: '1' }],
    ['two ids', { email: 'rosa@acme.example', accountId: atlassianAccountId('1') }],
    ['an empty id', { email: '' }],
    ['blanks', { userName: '  ' }],
    ['a number', { externalId: 7 }],
  ])('refuses %s', (_, ref) => {
    expect(() => refParts(ref as IdentityRef)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });

  test('takes a reference whose other ids are undefined', () => {
    const ref = { email: 'rosa@acme.example', accountId: undefined } as unknown as IdentityRef;

    expect(refParts(ref)).toMatchObject({ kind: 'email', value: 'rosa@acme.example' });
  });
});
