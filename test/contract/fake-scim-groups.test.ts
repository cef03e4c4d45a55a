import { internalsOf } from '../../src/testing/internals.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { fakeSession, patchOp, SCIM_ERROR, type FakeSession } from './fake-session.js';

let session: FakeSession;
let rosa: string;
let noor: string;
beforeEach(() => {
  session = fakeSession();
  rosa = session.fake.addUser({ email: 'rosa@acme.com', userName: 'Rosa Quell' }).id;
  noor = session.fake.addUser({ email: 'noor@acme.com' }).id;
});

const createGroup = async (displayName: string, more = {}) =>
  session.scim('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
    ...more,
  });

describe('POST /Groups', () => {
  test('answers 201, and the organization has a group that only the identity provider edits', async () => {
    const { status, body } = await createGroup('berth-crew', { externalId: 'g-1' });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'berth-crew',
      externalId: 'g-1',
      members: [],
      meta: { resourceType: 'Group' },
    });
    const group = session.fake.group('berth-crew');
    expect(group).toMatchObject({ origin: 'synced', scimGroupId: body.id });
    expect(group?.orgGroupId).not.toBe(body.id);
    expect(internalsOf(session.fake).state.groups.get(group?.orgGroupId ?? '')).toMatchObject({
      managedBy: 'external',
      access: { readable: true, modifiable: false, deletable: false },
    });
  });

  test('takes members', async () => {
    const { body } = await createGroup('berth-crew', { members: [{ value: rosa }] });

    expect(body.members).toHaveLength(1);
    expect(session.fake.group('berth-crew')?.members).toEqual(['rosa@acme.com']);
  });

  test.each([
    ['a group of the directory', async () => createGroup('Berth-Crew')],
    ['a local group', async () => session.fake.addGroup({ name: 'berth-CREW', origin: 'local' })],
    ['a group of another directory', async () => session.fake.addGroup({ name: 'berth-crew', origin: 'foreign' })],
  ])('answers 409 for the name of %s, whatever the case', async (_what, arrange) => {
    await arrange();

    const answer = await createGroup('berth-crew');

    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      schemas: [SCIM_ERROR],
      status: '409',
      scimType: 'uniqueness',
      detail: 'Resource [GROUP]: with displayName[berth-crew] already exists.',
    });
  });

  test.each(['org-admins', 'site-admins', 'jira-users-acme', 'Confluence-Users-acme'])(
    'never takes over the built-in group %s',
    async (name) => {
      session.fake.switches.groupNameConflict = 'queued';

      expect((await createGroup(name)).status).toBe(409);
    },
  );

  test('accepts a taken name without ever propagating it, where the conflict queue is on', async () => {
    session.fake.switches.groupNameConflict = 'queued';
    session.fake.addGroup({ name: 'berth-crew', origin: 'local', members: ['noor@acme.com'] });

    const answer = await createGroup('berth-crew', { members: [{ value: rosa }] });

    expect(answer.status).toBe(201);
    expect(session.fake.group('berth-crew')).toMatchObject({ origin: 'scim-only', scimMembers: ['rosa@acme.com'] });
    expect(session.fake.account('rosa@acme.com')?.groups).toEqual([]);
    expect(session.fake.provisioningLog.at(-1)?.message).toContain('due to existing group with same name');
  });

  test('answers 400 without a name', async () => {
    expect((await createGroup('')).status).toBe(400);
  });
});

describe('GET /Groups', () => {
  test('finds by name without regard to case, members included', async () => {
    session.fake.addGroup({ name: 'Berth-Crew', members: ['rosa@acme.com'] });

    const found = await session.scim('GET', '/Groups?filter=displayName%20eq%20%22berth-crew%22');
    const none = await session.scim('GET', '/Groups?filter=displayName%20eq%20%22berth%22');

    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ displayName: 'Berth-Crew' }] });
    expect(found.body.Resources[0]?.members).toHaveLength(1);
    expect(none.body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test('cannot filter by anything else', async () => {
    expect(await session.scim('GET', `/Groups?filter=${encodeURIComponent(`members eq "${rosa}"`)}`)).toMatchObject({
      status: 400,
      body: { scimType: 'invalidFilter', detail: 'Resource [GROUP] invalid filter' },
    });
  });

  test('shows the userName of a member, lower case, whatever display was sent, and not in the order of addition', async () => {
    const { body } = await createGroup('berth-crew', {
      members: [
        { value: rosa, display: 'Somebody' },
        { value: noor, display: 'Else' },
      ],
    });

    expect(body.members).toEqual([
      { type: 'User', value: noor, display: 'noor@acme.com', $ref: expect.stringMatching(`/Users/${noor}$`) },
      { type: 'User', value: rosa, display: 'rosa quell', $ref: expect.stringMatching(`/Users/${rosa}$`) },
    ]);
  });

  test('lists the groups of a user on the user', async () => {
    const { scimGroupId } = session.fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });

    const { body } = await session.scim('GET', `/Users/${rosa}`);

    expect(body.groups).toEqual([
      {
        type: 'direct',
        value: scimGroupId,
        display: 'berth-crew',
        $ref: expect.stringMatching(`/Groups/${scimGroupId}$`),
      },
    ]);
  });
});

describe('PATCH /Groups/{id}', () => {
  const patch = async (...operations: Record<string, unknown>[]) => {
    const id = session.fake.group('berth-crew')?.scimGroupId ?? '';
    return session.scim('PATCH', `/Groups/${id}`, patchOp(...operations));
  };
  const members = () => session.fake.group('berth-crew')?.scimMembers;
  beforeEach(() => {
    session.fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
  });

  test('adds and removes in one request and answers 200 with the whole group', async () => {
    const { status, body } = await patch(
      { op: 'add', path: 'members', value: [{ value: noor, display: 'x' }] },
      { op: 'remove', path: 'members', value: [{ value: rosa }] },
    );

    expect(status).toBe(200);
    expect(body.members.map((member: { value: string }) => member.value)).toEqual([noor]);
    expect(session.fake.group('berth-crew')).toMatchObject({ members: ['noor@acme.com'] });
  });

  test.each([
    ['an array of values', (id: string) => ({ op: 'remove', path: 'members', value: [{ value: id }] })],
    ['a value path', (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` })],
    ['an upper-case op', (id: string) => ({ op: 'Remove', path: 'members', value: [{ value: id }] })],
    ['no value, which is everybody', () => ({ op: 'remove', path: 'members' })],
    ['a replacement by nobody', () => ({ op: 'replace', path: 'members', value: [] })],
    ['an operation without a path', () => ({ op: 'replace', value: { members: [] } })],
  ])('removes with %s', async (_how, operation) => {
    const { status } = await patch(operation(rosa));

    expect([status, members()]).toEqual([200, []]);
  });

  test('replaces the members', async () => {
    await patch({ op: 'replace', path: 'members', value: [{ value: noor }] });

    expect(members()).toEqual(['noor@acme.com']);
  });

  test('does nothing for a member who is in and for one who is not', async () => {
    const added = await patch({ op: 'add', path: 'members', value: [{ value: rosa }] });
    const removed = await patch({ op: 'remove', path: `members[value eq "${noor}"]` });

    expect([added.status, removed.status, members()]).toEqual([200, 200, ['rosa@acme.com']]);
  });

  test.each([[404], [400]] as const)('refuses an unknown member whole, with %i', async (status) => {
    session.fake.switches.unknownGroupMember = status;

    const answer = await patch({ op: 'add', path: 'members', value: [{ value: noor }, { value: 'nobody' }] });

    expect(answer.status).toBe(status);
    expect(members()).toEqual(['rosa@acme.com']);
  });

  test('passes over an unknown member where that switch is set', async () => {
    session.fake.switches.unknownGroupMember = 'ignored';

    const answer = await patch({ op: 'add', path: 'members', value: [{ value: noor }, { value: 'nobody' }] });

    expect(answer.status).toBe(200);
    expect(members()).toEqual(['noor@acme.com', 'rosa@acme.com']);
  });

  test('does not know a member by account id', async () => {
    const { accountId } = session.fake.account('noor@acme.com') ?? {};

    expect((await patch({ op: 'add', path: 'members', value: [{ value: accountId }] })).status).toBe(404);
  });

  test('cannot rename: 400 mutability, or in silence where the switch says so', async () => {
    const rename = { op: 'replace', path: 'displayName', value: 'harbour-crew' };

    const refused = await patch(rename);
    session.fake.switches.groupRename = 'ignored';
    const ignored = await patch(rename);

    expect(refused).toMatchObject({ status: 400, body: { scimType: 'mutability' } });
    expect(ignored).toMatchObject({ status: 200, body: { displayName: 'berth-crew' } });
  });

  test.each([
    ['an unknown path', { op: 'add', path: 'owners', value: [] }, 'invalidPath'],
    ['a member that is no object', { op: 'add', path: 'members', value: ['x'] }, 'invalidValue'],
    ['an unknown op', { op: 'set', path: 'members', value: [] }, 'invalidSyntax'],
  ])('answers 400 for %s', async (_what, operation, scimType) => {
    expect(await patch(operation)).toMatchObject({ status: 400, body: { scimType } });
  });

  test('does not put a person without an account into the group of the organization', async () => {
    const ghost = session.fake.addUser({ email: 'ghost@acme.com', link: 'unlinked' });

    await patch({ op: 'add', path: 'members', value: [{ value: ghost.id }] });

    expect(session.fake.group('berth-crew')).toMatchObject({
      members: ['rosa@acme.com'],
      scimMembers: ['ghost@acme.com', 'rosa@acme.com'],
    });
  });
});

describe('PUT /Groups/{id}', () => {
  test('replaces the members when they are given, keeps them when not, and passes over another name', async () => {
    const { scimGroupId } = session.fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });

    const kept = await session.scim('PUT', `/Groups/${scimGroupId}`, { displayName: 'harbour-crew' });
    const replaced = await session.scim('PUT', `/Groups/${scimGroupId}`, {
      displayName: 'berth-crew',
      members: [{ value: noor }],
    });

    expect(kept.body.displayName).toBe('berth-crew');
    expect(kept.body.members).toHaveLength(1);
    expect(replaced.body.members).toMatchObject([{ value: noor }]);
  });
});

describe('DELETE /Groups/{id}', () => {
  test('takes the group from the organization with every access it gave; then it is not found', async () => {
    const { scimGroupId } = session.fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
    session.fake.addProduct({ key: 'jira-software', grantedBy: ['berth-crew'] });

    const first = await session.scim('DELETE', `/Groups/${scimGroupId}`);
    const second = await session.scim('DELETE', `/Groups/${scimGroupId}`);

    expect([first.status, second.status]).toEqual([204, 404]);
    expect(session.fake.group('berth-crew')).toBeUndefined();
    expect(session.fake.account('rosa@acme.com')).toMatchObject({ groups: [], roles: [] });
  });
});
