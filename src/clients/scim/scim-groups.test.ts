import { describe, expect, test } from 'vitest';
import type { ScimGroupId, ScimUserId } from '../../model/ids.js';
import { atlassianDirectory, otherDirectory } from './scim-test-server.js';
import { SCIM_GROUP_SCHEMA, SCIM_PATCH_MESSAGE } from './scim-urns.js';

const CREW_ID = 'g-crew' as ScimGroupId;
const crew = { id: CREW_ID, displayName: 'berth-crew', members: [{ value: 'u-1', type: 'User', display: 'rosa' }] };

function userIds(count: number): ScimUserId[] {
  return Array.from({ length: count }, (_, index) => `u-${String(index)}` as ScimUserId);
}

describe('get', () => {
  test('reads a group with its members', async () => {
    const { scim, requests } = atlassianDirectory(() => ({
      body: {
        ...crew,
        meta: { created: '2026-03-02T09:14:07Z', location: 'https://api.atlassian.com/x/Groups/g-crew' },
      },
    }));

    const group = await scim.groups.get(CREW_ID);

    expect(group).toEqual({
      id: CREW_ID,
      displayName: 'berth-crew',
      members: [{ id: 'u-1', display: 'rosa' }],
      createdAt: '2026-03-02T09:14:07Z',
      location: 'https://api.atlassian.com/x/Groups/g-crew',
    });
    expect(requests).toMatchObject([{ method: 'GET', path: '/Groups/g-crew', query: {} }]);
  });

  test.each([undefined, null, []])('has no members when the server sends %o', async (members) => {
    const { scim } = otherDirectory(() => ({ body: { ...crew, members, externalId: null, meta: null } }));

    const group = await scim.groups.get(CREW_ID);

    expect(group).toEqual({ id: CREW_ID, displayName: 'berth-crew', members: [] });
  });

  test('keeps groups within a group apart from its users', async () => {
    const members = [
      { value: 'u-1' },
      { value: 'g-1', type: 'Group', display: 'divers' },
      { value: 'g-2', $ref: 'https://idp.example/scim/v2/Groups/g-2' },
      { value: 'u-2', $ref: 'https://idp.example/scim/v2/Users/u-2' },
    ];
    const { scim } = otherDirectory(() => ({ body: { ...crew, members } }));

    const group = await scim.groups.get(CREW_ID);

    expect(group.members).toEqual([{ id: 'u-1' }, { id: 'u-2' }]);
    expect(group.nestedGroups).toEqual([{ id: 'g-1', display: 'divers' }, { id: 'g-2' }]);
  });
});

describe('find', () => {
  test('finds by the whole name without regard to case', async () => {
    const { scim, requests } = atlassianDirectory(() => ({
      body: { totalResults: 2, Resources: [{ ...crew, id: 'g-2', displayName: 'berth-crew-2' }, crew] },
    }));

    const found = await scim.groups.find({ displayName: 'Berth-Crew' });

    expect(found?.id).toBe(CREW_ID);
    expect(requests[0]?.query).toEqual({ filter: 'displayName eq "Berth-Crew"', startIndex: '1', count: '100' });
  });

  test('names both when two groups match', async () => {
    const { scim } = otherDirectory(() => ({
      body: { totalResults: 2, Resources: [crew, { ...crew, id: 'g-2', displayName: 'BERTH-CREW' }] },
    }));

    const finding = scim.groups.find({ displayName: 'berth-crew' });

    await expect(finding).rejects.toMatchObject({
      code: 'group_ambiguous',
      message: expect.stringMatching(/g-crew.*g-2/) as string,
    });
  });

  test('finds none when the server gives other groups', async () => {
    const { scim } = otherDirectory(() => ({ body: { totalResults: 1, Resources: [crew] } }));

    const found = await scim.groups.find({ displayName: 'guests' });

    expect(found).toBeUndefined();
  });
});

describe('create and replace', () => {
  test('creates a group with members', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ status: 201, body: crew }));

    const group = await scim.groups.create({ displayName: 'berth-crew', externalId: 'e-9', memberIds: userIds(1) });

    expect(group.id).toBe(CREW_ID);
    expect(requests).toEqual([
      {
        method: 'POST',
        path: '/Groups',
        query: {},
        contentType: 'application/scim+json',
        body: {
          schemas: [SCIM_GROUP_SCHEMA],
          displayName: 'berth-crew',
          externalId: 'e-9',
          members: [{ value: 'u-0' }],
        },
      },
    ]);
  });

  test.each([
    ['leaves members out when they are not given', {}, {}],
    ['sends an empty list when nobody is to stay', { memberIds: [] }, { members: [] }],
  ])('replace %s', async (_case, input, expected) => {
    const { scim, requests } = atlassianDirectory(() => ({ body: crew }));

    await scim.groups.replace(CREW_ID, { displayName: 'berth-crew', ...input });

    expect(requests[0]).toMatchObject({ method: 'PUT', path: '/Groups/g-crew' });
    expect(requests[0]?.body).toEqual({ schemas: [SCIM_GROUP_SCHEMA], displayName: 'berth-crew', ...expected });
  });

  test.each(['PUT', 'PATCH'])('reads the group when the server answers %s with 204', async (method) => {
    const { scim, requests } = otherDirectory((request) =>
      request.method === 'GET' ? { body: crew } : { status: 204 },
    );

    const group =
      method === 'PUT'
        ? await scim.groups.replace(CREW_ID, { displayName: 'berth-crew' })
        : await scim.groups.patch(CREW_ID, [{ op: 'replace', path: 'externalId', value: 'e-9' }]);

    expect(group.id).toBe(CREW_ID);
    expect(requests.map((request) => request.method)).toEqual([method, 'GET']);
  });
});

describe('addMembers and removeMembers', () => {
  test('adds all of them in one operation', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: crew }));

    await scim.groups.addMembers(CREW_ID, userIds(2));

    expect(requests).toMatchObject([{ method: 'PATCH', path: '/Groups/g-crew', contentType: 'application/scim+json' }]);
    expect(requests[0]?.body).toEqual({
      schemas: [SCIM_PATCH_MESSAGE],
      Operations: [{ op: 'add', path: 'members', value: [{ value: 'u-0' }, { value: 'u-1' }] }],
    });
  });

  test('removes each by its own path, never the members as a whole', async () => {
    const { scim, requests } = atlassianDirectory(() => ({ body: crew }));

    await scim.groups.removeMembers(CREW_ID, ['u-1', 'x"y\\z'] as ScimUserId[]);

    expect(requests[0]?.body).toEqual({
      schemas: [SCIM_PATCH_MESSAGE],
      Operations: [
        { op: 'remove', path: 'members[value eq "u-1"]' },
        { op: 'remove', path: String.raw`members[value eq "x\"y\\z"]` },
      ],
    });
  });

  test.each(['addMembers', 'removeMembers'] as const)('%s sends 50 in a PATCH, each id once', async (method) => {
    const { scim, requests } = atlassianDirectory(() => ({ body: crew }));

    await scim.groups[method](CREW_ID, [...userIds(120), ...userIds(120)]);

    const bodies = requests.map(({ body }) => JSON.stringify(body).match(/u-\d+/g) ?? []);
    expect(bodies.map((ids) => ids.length)).toEqual([50, 50, 20]);
    expect(bodies.flat()).toEqual(userIds(120));
  });

  test('stops at the first PATCH that fails', async () => {
    let sent = 0;
    const { scim, requests } = atlassianDirectory(() => (++sent === 2 ? { status: 404 } : { body: crew }));

    const adding = scim.groups.addMembers(CREW_ID, userIds(150));

    await expect(adding).rejects.toMatchObject({ code: 'not_found' });
    expect(requests).toHaveLength(2);
  });

  test('reads the group once when the server answers every PATCH with 204', async () => {
    const { scim, requests } = otherDirectory(({ method }) => (method === 'GET' ? { body: crew } : { status: 204 }));

    const group = await scim.groups.removeMembers(CREW_ID, userIds(60));

    expect(group.id).toBe(CREW_ID);
    expect(requests.map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'GET']);
  });

  test.each(['addMembers', 'removeMembers'] as const)(
    '%s only reads the group when nobody is given',
    async (method) => {
      const { scim, requests } = atlassianDirectory(() => ({ body: crew }));

      const group = await scim.groups[method](CREW_ID, []);

      expect(group.members).toEqual([{ id: 'u-1', display: 'rosa' }]);
      expect(requests.map((request) => request.method)).toEqual(['GET']);
    },
  );
});

test('deletes a group', async () => {
  const { scim, requests } = atlassianDirectory(() => ({ status: 204 }));

  await scim.groups.delete(CREW_ID);

  expect(requests).toMatchObject([{ method: 'DELETE', path: '/Groups/g-crew' }]);
});

test('walks all groups over the pages', async () => {
  const { scim, requests } = atlassianDirectory(({ query }) => ({
    body: { totalResults: 2, Resources: [{ ...crew, id: `g-${query.startIndex ?? ''}` }] },
  }));
  const ids: string[] = [];

  for await (const { id } of scim.groups.list({ count: 1 })) ids.push(id);

  expect(ids).toEqual(['g-1', 'g-2']);
  expect(requests.map(({ path }) => path)).toEqual(['/Groups', '/Groups']);
});
