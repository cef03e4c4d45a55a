import { beforeEach, describe, expect, test } from 'vitest';
import { ENTERPRISE, fakeSession, patchOp, rosa, SCIM_ERROR, type FakeSession } from './fake-session.js';

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let session: FakeSession;
beforeEach(() => {
  session = fakeSession();
  session.fake.addDomain('acme.com');
});

interface SchemaAttribute {
  readonly name: string;
  readonly type: string;
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly SchemaAttribute[];
}

function partsOf(attributes: readonly unknown[], name: string): readonly string[] | undefined {
  return (attributes as readonly SchemaAttribute[])
    .find((attribute) => attribute.name === name)
    ?.subAttributes?.map((part) => part.name);
}

describe('a client that builds its classes from the schemas', () => {
  test('learns of each reference what it may point at', async () => {
    const { body } = await session.scim('GET', '/Schemas');

    const all = body.Resources.flatMap(({ attributes }) => attributes as readonly SchemaAttribute[]);
    const references = all.flatMap(({ subAttributes = [] }) =>
      subAttributes.filter(({ type }) => type === 'reference'),
    );
    expect(references.map(({ name, referenceTypes }) => ({ name, referenceTypes }))).toEqual([
      { name: '$ref', referenceTypes: ['User', 'Group'] },
      { name: '$ref', referenceTypes: ['User', 'Group'] },
    ]);
  });

  test('finds the schema of a User shorter alone than in the list', async () => {
    const list = await session.scim('GET', '/Schemas');
    const alone = await session.scim('GET', `/Schemas/${CORE_USER}`);

    const listed = list.body.Resources[0]?.attributes ?? [];
    expect(partsOf(listed, 'emails')).toEqual(['value', 'display', 'type', 'primary']);
    expect(partsOf(alone.body.attributes, 'emails')).toEqual(['value', 'type', 'primary']);
    expect(partsOf(listed, 'phoneNumbers')).toEqual(['value', 'display', 'type', 'primary']);
    expect(partsOf(alone.body.attributes, 'phoneNumbers')).toEqual(['value', 'type']);
  });

  test.each(['/Schemas/urn:acme:none', '/ResourceTypes/Device'])('gets a SCIM error for %s', async (path) => {
    const { status, body } = await session.scim('GET', path);

    expect([status, body.schemas]).toEqual([404, [SCIM_ERROR]]);
  });

  test('may put the name of a core attribute behind the name of its schema', async () => {
    session.fake.addUser({ email: 'rosa@acme.com', title: 'Planner' });

    const names = [`${CORE_USER}:userName`, `${CORE_USER}:emails.value`].map(encodeURIComponent).join(',');
    const { body } = await session.scim('GET', `/Users?attributes=${names}`);

    expect(body.Resources).toEqual([
      {
        schemas: expect.any(Array),
        id: expect.any(String),
        userName: 'rosa@acme.com',
        emails: [{ value: 'rosa@acme.com' }],
      },
    ]);
  });
});

describe('a client that asks for an order', () => {
  test('gets that of creation: the service says that it does not sort', async () => {
    for (const email of ['mia@acme.com', 'rosa@acme.com', 'ben@acme.com']) session.fake.addUser({ email });

    const { status, body } = await session.scim(
      'GET',
      '/Users?sortBy=userName&sortOrder=descending&attributes=userName',
    );

    const names = body.Resources.map((user) => (user as unknown as { userName: string }).userName);
    expect([status, names]).toEqual([200, ['mia@acme.com', 'rosa@acme.com', 'ben@acme.com']]);
  });
});

describe('a client that follows where a creation leads', () => {
  test.each([
    ['/Users', rosa()],
    ['/Groups', { displayName: 'berth-crew' }],
  ])('finds the place of what it made in %s in a header', async (path, resource) => {
    const { headers, body } = await session.scim('POST', path, resource);

    expect(headers.get('location')).toBe(body.meta.location);
    expect(headers.get('location')).toMatch(new RegExp(`${path}/${body.id}$`, 'u'));
  });
});

describe('a client that writes names in another case', () => {
  test('creates a group with its members', async () => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com' });

    const { status } = await session.scim('POST', '/Groups', { DisplayName: 'berth-crew', Members: [{ Value: id }] });

    expect(status).toBe(201);
    expect(session.fake.group('berth-crew')?.scimMembers).toEqual(['rosa@acme.com']);
  });

  test('changes a user and a group', async () => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com' });
    const { scimGroupId } = session.fake.addGroup({ name: 'berth-crew', origin: 'synced', members: [] });
    const add = { OPERATIONS: [{ Op: 'Add', Path: 'Members', Value: [{ value: id }] }] };

    await session.scim('PATCH', `/Users/${id}`, { operations: [{ Op: 'Replace', Path: 'Title', Value: 'Planner' }] });
    await session.scim('PATCH', `/Groups/${scimGroupId ?? ''}`, add);

    expect(session.fake.user(id)?.attributes.title).toBe('Planner');
    expect(session.fake.group('berth-crew')?.scimMembers).toEqual(['rosa@acme.com']);
  });
});

describe('Okta', () => {
  test('deactivates by a PATCH without a path, and sends a whole user with what nobody stores', async () => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com' });

    const patched = await session.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', value: { active: false } }));
    const put = await session.scim(
      'PUT',
      `/Users/${id}`,
      rosa({ id, active: true, groups: [], password: 'x', locale: 'en' }),
    );

    expect([patched.body.active, put.status, put.body.active]).toEqual([false, 200, true]);
    expect(Object.keys(put.body)).not.toContain('password');
  });

  test('pushes the name that a group has, with its id', async () => {
    const { scimGroupId: id = '' } = session.fake.addGroup({ name: 'berth-crew', origin: 'synced', members: [] });

    const named = patchOp({ op: 'replace', value: { id, displayName: 'berth-crew' } });
    const { status, body } = await session.scim('PATCH', `/Groups/${id}`, named);

    expect([status, body.displayName]).toEqual([200, 'berth-crew']);
  });
});

describe('Entra', () => {
  const MANAGER = { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'e-1' };
  const ADDRESS = { op: 'Add', path: 'addresses[type eq "work"].country', value: 'FR' };

  test.each([MANAGER, ADDRESS])('is refused $path, which Atlassian does not have', async (operation) => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com' });

    const { status, body } = await session.scim('PATCH', `/Users/${id}`, patchOp(operation));

    expect([status, body]).toEqual([400, expect.objectContaining({ scimType: 'invalidPath' })]);
  });

  test('has the rest of its PATCH applied where the switch lets unknown attributes pass', async () => {
    const lenient = fakeSession({ switches: { unknownPatchPath: 'ignored' } });
    const { id } = lenient.fake.addUser({ email: 'rosa@acme.com' });
    const { scimGroupId = '' } = lenient.fake.addGroup({ name: 'berth-crew', origin: 'synced', members: [] });
    const title = { op: 'Replace', path: 'title', value: 'Planner' };
    const owner = { op: 'Add', path: 'owners', value: [{ value: id }] };

    const user = await lenient.scim('PATCH', `/Users/${id}`, patchOp(MANAGER, title, ADDRESS));
    const group = await lenient.scim('PATCH', `/Groups/${scimGroupId}`, patchOp(owner));

    expect([user.status, user.body.title, group.status]).toEqual([200, 'Planner', 200]);
  });

  test.each([
    ['ignored', ['rosa@acme.com']],
    ['honoured', undefined],
  ] as const)('asks for a group without its members, which is %s', async (groupProjections, shown) => {
    const { fake, scim } = fakeSession({ switches: { groupProjections } });
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew', origin: 'synced', members: ['rosa@acme.com'] });

    const filter = encodeURIComponent('displayName eq "berth-crew"');
    const { body } = await scim('GET', `/Groups?excludedAttributes=members&filter=${filter}`);

    const members = body.Resources[0]?.members as readonly { display: string }[] | undefined;
    expect(members?.map(({ display }) => display)).toEqual(shown);
    expect(body.Resources[0]?.displayName).toBe('berth-crew');
  });

  test('has every answer about a group cut down where the switch honours it', async () => {
    const { scim } = fakeSession({ switches: { groupProjections: 'honoured' } });

    const made = await scim('POST', '/Groups?attributes=displayName', { displayName: 'berth-crew' });
    const read = await scim('GET', `/Groups/${made.body.id}?excludedAttributes=members,meta`);
    const patched = await scim(
      'PATCH',
      `/Groups/${made.body.id}?attributes=displayName`,
      patchOp({ op: 'add', path: 'members', value: [] }),
    );

    expect([made, read, patched].map(({ body }) => Object.keys(body).sort())).toEqual(
      Array(3).fill(['displayName', 'id', 'schemas']),
    );
  });
});

describe('AWS and other directories that push', () => {
  test('send attributes that Atlassian has not, `null` for what is empty, and members over and over', async () => {
    const user = rosa({ addresses: [{ type: 'work' }], nickName: null, phoneNumbers: null });
    const created = await session.scim('POST', '/Users', user);
    const group = await session.scim('POST', '/Groups', { displayName: 'berth-crew', externalId: null, members: null });
    const member = [{ value: created.body.id }];
    const add = { op: 'add', path: 'members', value: member };
    const remove = { op: 'remove', path: 'members', value: member };

    const sizes: number[] = [];
    for (const operation of [add, add, remove, remove]) {
      const { body } = await session.scim('PATCH', `/Groups/${group.body.id}`, patchOp(operation));
      sizes.push(body.members.length);
    }

    expect([created.status, group.status]).toEqual([201, 201]);
    expect(sizes).toEqual([1, 1, 0, 0]);
  });
});
