import fc from 'fast-check';
import { scimPatch, type ScimPatchOperation, type ScimResource } from 'scim-patch';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../model/json.js';
import { DEFAULT_SCIM_SWITCHES } from '../../../switches/scim-switches.js';
import { patchUser } from './patch-user.js';
import type { PatchOperation } from './read-operations.js';

const before = {
  userName: 'rosa@acme.com',
  title: 'Planner',
  active: true,
  name: { givenName: 'Rosa', familyName: 'Quell' },
  emails: [
    { value: 'rosa@acme.com', type: 'work', primary: true },
    { value: 'rosa@home.example', type: 'home' },
  ],
  phoneNumbers: [{ value: '+1', type: 'mobile' }],
};

const text = fc.constantFrom('a', 'b', 'c');
const set = fc.constantFrom('add', 'replace');
const operation = fc.oneof(
  fc.record({
    op: set,
    path: fc.constantFrom('title', 'displayName', 'nickName', 'name.givenName', 'name.middleName'),
    value: text,
  }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('active'), value: fc.boolean() }),
  fc.record({ op: fc.constant('remove'), path: fc.constantFrom('title', 'name.familyName', 'phoneNumbers') }),
  fc.record({
    op: fc.constant('replace'),
    // The one that is never removed: replacing nothing is `noTarget` (RFC 7644 section 3.5.2.3), and scim-patch adds it.
    path: fc.constant('emails[type eq "work"].value'),
    value: text,
  }),
  fc.record({ op: fc.constant('remove'), path: fc.constant('emails[type eq "home"]') }),
  fc.record({
    op: set,
    path: fc.constant('phoneNumbers'),
    value: fc.array(fc.record({ value: text, type: fc.constantFrom('work', 'fax') }), { minLength: 1, maxLength: 1 }),
  }),
  fc.record({ op: set, value: fc.record({ title: text, displayName: text }) }),
) as fc.Arbitrary<PatchOperation>;

/** RFC 7643 section 2.5: an empty array is the same as no value. */
function assigned(document: object): unknown {
  return Object.fromEntries(Object.entries(document).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

function ours(operations: readonly PatchOperation[]): unknown {
  try {
    return assigned(patchUser(structuredClone(before), operations, DEFAULT_SCIM_SWITCHES));
  } catch {
    return 'refused';
  }
}

function theirs(operations: readonly PatchOperation[]): unknown {
  try {
    const resource = structuredClone(before) as unknown as ScimResource;
    return assigned(scimPatch(resource, structuredClone(operations) as unknown as ScimPatchOperation[]));
  } catch {
    return 'refused';
  }
}

test('patches as another implementation of RFC 7644 does', () => {
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 6 }), (operations) => {
      expect(ours(operations)).toEqual(theirs(operations));
    }),
    { numRuns: 500 },
  );
});

test('leaves the document it was given as it was', () => {
  const document = structuredClone(before) as JsonObject;

  patchUser(
    document,
    [
      { op: 'replace', path: 'name.givenName', value: 'R' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'r@acme.com' },
    ],
    DEFAULT_SCIM_SWITCHES,
  );

  expect(document).toEqual(before);
});
