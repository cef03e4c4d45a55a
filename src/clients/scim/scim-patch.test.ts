import fc from 'fast-check';
import { patchBodyValidation, scimPatch, type ScimPatch, type ScimResource } from 'scim-patch';
import { describe, expect, test } from 'vitest';
import type { ScimGroupId, ScimUserId } from '../../model/ids.js';
import { patchRepeatSafety, type ScimAttributeWrite } from './scim-patch.js';
import { atlassianDirectory, otherDirectory, type Answer, type SeenRequest } from './scim-test-server.js';
import { SCIM_ENTERPRISE_SCHEMA } from './scim-urns.js';
import type { ScimUser } from './scim-user.js';

const DIALECTS = ['atlassian', 'rfc7644'] as const;
const TEXTS = ['externalId', 'displayName', 'nickName', 'title', 'timezone', 'preferredLanguage'];
const NAMES = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const WORKPLACE = ['department', 'organization'];

const META = { created: '2026-03-02T09:14:07Z', lastModified: '2026-03-02T09:14:07Z' };
type Resource = Record<string, unknown>;

/** A server that keeps one resource and lets the independent implementation apply each PATCH to it. */
function oracle(stored: Resource): (request: SeenRequest) => Answer {
  let resource = structuredClone(stored) as unknown as ScimResource;
  return ({ method, body }) => {
    if (method === 'PATCH') {
      const patch = body as ScimPatch;
      patchBodyValidation(patch);
      resource = scimPatch(resource, patch.Operations, { mutateDocument: false, treatMissingAsAdd: true });
    }
    return { body: resource };
  };
}

const text = fc.string({ minLength: 1, maxLength: 12 });
const addresses = fc.array(fc.record({ value: text, type: fc.constantFrom('work', 'home') }), { maxLength: 3 });
const someOf = (names: readonly string[]): fc.Arbitrary<Resource> =>
  fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: [] });

const wireUser = (dialect: (typeof DIALECTS)[number]): fc.Arbitrary<Resource> =>
  fc
    .record({
      texts: someOf(TEXTS),
      name: fc.option(someOf(NAMES)),
      workplace: someOf(WORKPLACE),
      active: fc.boolean(),
      emails: addresses,
    })
    .map(({ texts, name, workplace, active, emails }) => ({
      schemas: [],
      meta: META,
      id: 'u-1',
      userName: 'rosa',
      active,
      emails,
      ...texts,
      ...(name !== null && { name }),
      ...(dialect === 'atlassian' ? workplace : { [SCIM_ENTERPRISE_SCHEMA]: workplace }),
    }));

const writes = fc.uniqueArray(
  fc.oneof(
    fc.record({
      path: fc.constantFrom(...TEXTS, ...WORKPLACE, ...NAMES.map((name) => `name.${name}`)),
      value: fc.option(text),
    }),
    fc.record({ path: fc.constant('userName'), value: text }),
    fc.record({ path: fc.constant('active'), value: fc.boolean() }),
    fc.record({ path: fc.constantFrom('emails', 'phoneNumbers'), value: fc.option(addresses) }),
  ),
  { minLength: 1, selector: ({ path }) => path },
);

/** What the writes mean, on our side of the wire: each path holds its value, or nothing where that is `null`. */
function intended(before: ScimUser, changes: readonly ScimAttributeWrite[]): Resource {
  const after: Resource = { ...before, name: { ...before.name } };
  for (const { path, value } of changes) {
    const [attribute = '', part] = path.split('.');
    if (part === undefined)
      after[attribute] = value ?? (attribute === 'emails' || attribute === 'phoneNumbers' ? [] : '');
    else after[attribute] = { ...(after[attribute] as Resource), [part]: value ?? '' };
  }
  return after;
}

/** An empty string, an absent attribute and an empty `name` say the same; the primary address follows from `emails`. */
function compact(user: object): Resource {
  const entries = Object.entries(user).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
    if (name === 'primaryEmail' || value === '') return [];
    if (name !== 'name') return [[name, value]];
    const parts = compact(value as object);
    return Object.keys(parts).length === 0 ? [] : [[name, parts]];
  });
  return Object.fromEntries(entries);
}

describe.each(DIALECTS)('a PATCH of a user in the %s way', (dialect) => {
  const directory = dialect === 'atlassian' ? atlassianDirectory : otherDirectory;

  test('does what was meant when another implementation applies it', async () => {
    await fc.assert(
      fc.asyncProperty(wireUser(dialect), writes, async (stored, changes) => {
        const { scim } = directory(oracle(stored));
        const before = await scim.users.get('u-1' as ScimUserId);

        const after = await scim.users.setAttributes(before.id, changes);

        expect(compact(after)).toEqual(compact(intended(before, changes)));
      }),
    );
  });

  test('changes nothing more when it arrives twice', async () => {
    await fc.assert(
      fc.asyncProperty(wireUser(dialect), writes, async (stored, changes) => {
        const { scim } = directory(oracle(stored));

        const once = await scim.users.setAttributes('u-1' as ScimUserId, changes);
        const twice = await scim.users.setAttributes('u-1' as ScimUserId, changes);

        expect(twice).toEqual(once);
      }),
    );
  });
});

describe('a PATCH of the members of a group', () => {
  const CREW_ID = 'g-crew' as ScimGroupId;
  const memberId = fc.uuid() as fc.Arbitrary<ScimUserId>;
  const pool = fc.uniqueArray(memberId, { minLength: 1, maxLength: 130 });
  // The oracle drops an emptied `members` and then refuses to remove from it, so one member always stays.
  const KEPT = 'u-kept' as ScimUserId;

  const groupOf = (ids: readonly ScimUserId[]): Resource => ({
    schemas: [],
    meta: META,
    id: CREW_ID,
    displayName: 'berth-crew',
    members: [KEPT, ...ids].map((value) => ({ value })),
  });

  test.each(['addMembers', 'removeMembers'] as const)('%s does to the set what its name says', async (method) => {
    await fc.assert(
      fc.asyncProperty(
        pool.chain((ids) => fc.tuple(fc.subarray(ids), fc.subarray(ids))),
        async ([present, changed]) => {
          const { scim } = atlassianDirectory(oracle(groupOf(present)));

          const group = await scim.groups[method](CREW_ID, changed);

          const wanted =
            method === 'addMembers' ? [...present, ...changed] : present.filter((id) => !changed.includes(id));
          expect(new Set(group.members.map(({ id }) => id))).toEqual(new Set([KEPT, ...wanted]));
          expect(group.members).toHaveLength(new Set([KEPT, ...wanted]).size);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('removing what was added gives back the group as it was', async () => {
    await fc.assert(
      fc.asyncProperty(pool, pool, async (present, added) => {
        const { scim } = atlassianDirectory(oracle(groupOf(present)));
        const strangers = added.filter((id) => !present.includes(id));
        const before = await scim.groups.get(CREW_ID);

        await scim.groups.addMembers(CREW_ID, strangers);
        const after = await scim.groups.removeMembers(CREW_ID, strangers);

        expect(after).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

describe('patchRepeatSafety', () => {
  test.each([
    ['replace', [{ op: 'replace', path: 'emails', value: [] }], 'idempotent'],
    ['remove', [{ op: 'remove', path: 'members[value eq "u-1"]' }], 'idempotent'],
    ['add of members', [{ op: 'add', path: 'members', value: [{ value: 'u-1' }] }], 'idempotent'],
    ['add of anything else', [{ op: 'add', path: 'emails', value: [] }], 'once'],
    [
      'one such add among others',
      [
        { op: 'replace', path: 'title', value: '' },
        { op: 'add', value: {} },
      ],
      'once',
    ],
  ] as const)('%s', (_case, operations, expected) => {
    const repeat = patchRepeatSafety(operations);

    expect(repeat).toBe(expected);
  });
});
