import { beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian } from '../../testing/index.js';
import { ScimDirectoryClient } from './scim-directory-client.js';
import { SCIM_USER_SCHEMA } from './scim-urns.js';

let fake: FakeAtlassian;
let scim: ScimDirectoryClient;

beforeEach(() => {
  fake = new FakeAtlassian();
  fake.addDomain('harbor.example');
  scim = connect(fake.directoryKey);
});

function connect(token: string): ScimDirectoryClient {
  const { scim: directory, fetch, clock } = fake.connection();
  return ScimDirectoryClient.connect({ url: directory.url, token, fetch, clock });
}

const rosa = {
  userName: 'Rosa.Quell@harbor.example',
  externalId: 'e-4471',
  emails: [{ value: 'rosa.quell@harbor.example', type: 'work', primary: true }],
  name: { formatted: 'Rosa Quell' },
  displayName: 'Rosa Quell',
  department: 'Ops',
};

async function idsOf(items: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of items) ids.push(id);
  return ids;
}

describe('a user', () => {
  test('is created, linked, found, changed, cleared, deactivated, activated and deleted', async () => {
    const created = await scim.users.create(rosa);
    const found = await scim.users.find({ userName: 'rosa.QUELL@harbor.example' });
    const byExternalId = await scim.users.find({ externalId: 'e-4471' });
    const changed = await scim.users.setAttributes(created.id, [
      { path: 'title', value: 'Dock planner' },
      { path: 'department', value: null },
      { path: 'name.familyName', value: 'Quell' },
    ]);
    const inactive = await scim.users.setActive(created.id, false);
    const replaced = await scim.users.replace(created.id, { ...inactive, active: true, title: 'Harbor master' });
    await scim.users.delete(created.id);

    expect(created).toMatchObject({ active: true, primaryEmail: 'rosa.quell@harbor.example', groups: [] });
    expect(created.accountId).toBeDefined();
    expect(found).toEqual(created);
    expect(byExternalId?.id).toBe(created.id);
    expect(changed).toMatchObject({ title: 'Dock planner', name: { formatted: 'Rosa Quell', familyName: 'Quell' } });
    expect(changed.department ?? '').toBe('');
    expect(inactive.active).toBe(false);
    expect(replaced).toMatchObject({ active: true, title: 'Harbor master', accountId: created.accountId });
    await expect(scim.users.get(created.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(fake.account('rosa.quell@harbor.example')?.status).toBe('inactive');
  });

  test('keeps its account id when the answer is narrowed', async () => {
    const created = await scim.users.create(rosa);

    const narrowed = await scim.users.get(created.id, { attributes: ['title'] });
    const without = await scim.users.get(created.id, { excludedAttributes: ['emails', 'displayName'] });

    expect(narrowed).toMatchObject({ userName: rosa.userName, active: true, accountId: created.accountId });
    expect(narrowed.emails).toEqual([]);
    expect(without).toMatchObject({ externalId: 'e-4471', emails: [] });
  });

  test('is refused when the address is taken', async () => {
    await scim.users.create(rosa);

    const again = scim.users.create({ ...rosa, userName: 'other', externalId: 'e-2' });

    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      scimType: 'uniqueness',
      operation: 'scim.users.create',
    });
  });

  test('comes once each over several pages', async () => {
    for (let index = 0; index < 250; index++) fake.addUser({ email: `p${String(index)}@harbor.example` });

    const ids = await idsOf(scim.users.list());

    expect(new Set(ids).size).toBe(250);
    expect(ids).toHaveLength(250);
    expect(await scim.users.listPage({ count: 0 })).toMatchObject({ items: [], totalResults: 250 });
  });

  test('is found whatever is in its name', async () => {
    const userName = String.raw`o"brien\ \"or userName eq "x`;
    const created = await scim.users.create({ ...rosa, userName });

    const found = await scim.users.find({ userName });

    expect(found?.id).toBe(created.id);
  });
});

describe('a group', () => {
  test('is created, found, filled, emptied and deleted', async () => {
    const people = Array.from(
      { length: 60 },
      (_, index) => fake.addUser({ email: `p${String(index)}@harbor.example` }).id,
    );

    const created = await scim.groups.create({ displayName: 'berth-crew', memberIds: people.slice(0, 1) });
    const filled = await scim.groups.addMembers(created.id, people);
    const found = await scim.groups.find({ displayName: 'Berth-Crew' });
    const emptied = await scim.groups.removeMembers(created.id, people.slice(1));
    const [member] = await Promise.all(people.slice(0, 1).map((id) => scim.users.get(id)));
    const replaced = await scim.groups.replace(created.id, {
      displayName: 'berth-crew',
      memberIds: people.slice(0, 3),
    });
    const listed = await idsOf(scim.groups.list());
    await scim.groups.delete(created.id);

    expect(created.members).toHaveLength(1);
    expect(new Set(filled.members.map(({ id }) => id))).toEqual(new Set(people));
    expect(found?.id).toBe(created.id);
    expect(emptied.members.map(({ id }) => id)).toEqual(people.slice(0, 1));
    expect(member?.groups).toMatchObject([{ id: created.id, name: 'berth-crew' }]);
    expect(replaced.members).toHaveLength(3);
    expect(listed).toEqual([created.id]);
    await expect(scim.groups.get(created.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is refused when the organization has one of that name', async () => {
    fake.addGroup({ name: 'Berth-Crew', origin: 'local' });

    const creating = scim.groups.create({ displayName: 'berth-crew' });

    await expect(creating).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('the server tells what it is', async () => {
  const config = await scim.serviceProvider.config();
  const schemas = await scim.serviceProvider.schemas();
  const schema = await scim.serviceProvider.schema(SCIM_USER_SCHEMA);
  const types = await scim.serviceProvider.resourceTypes();
  const type = await scim.serviceProvider.resourceType('Group');

  expect(config).toMatchObject({ patch: true, filter: true, bulk: false, sort: false });
  expect(schemas.map(({ name }) => name)).toEqual(['User', 'EnterpriseUser', 'Group']);
  expect(schema.attributes.find(({ name }) => name === 'userName')).toMatchObject({ required: true, caseExact: false });
  expect(types.map(({ endpoint }) => endpoint)).toEqual(['/Users', '/Groups']);
  expect(type.endpoint).toBe('/Groups');
});

test('is forbidden with the key of another directory', async () => {
  const wrong = connect(fake.addScimDirectory().key);

  const listing = wrong.users.listPage();

  await expect(listing).rejects.toMatchObject({ code: 'forbidden', status: 403, operation: 'scim.users.list' });
});

test('is forbidden once the key is revoked', async () => {
  fake.revokeKey(fake.directoryKey);

  const listing = scim.groups.listPage();

  await expect(listing).rejects.toMatchObject({ code: 'forbidden', operation: 'scim.groups.list' });
});
