import { describe, expect } from 'vitest';
import type { AccessSnapshot, ReadCheckpoint } from '../../src/index.js';
import { AtlassianProvisioner } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const GUEST = 'guest@else.example';

/** The organization alone: no site and no workspace. */
function organizationOf(fake: FakeAtlassian): AtlassianProvisioner {
  const { organizationId, scim, admin, fetch, clock } = fake.connection();
  return new AtlassianProvisioner({ organizationId, scim, admin, fetch, clock });
}

describe('discovering an organization', () => {
  test('finds people, groups with who writes them, memberships, roles and records, and ties them together', async ({
    fake,
  }) => {
    seed(fake);

    const snapshot = await organizationOf(fake).discover();

    const { entities } = snapshot;
    expect(entities['admin.tenant']).toEqual([{ type: 'admin.tenant', id: fake.organizationId, name: 'Acme' }]);
    expect(personOf(snapshot, ROSA)).toMatchObject({ userType: 'managed', accountStatus: 'active' });
    expect(personOf(snapshot, GUEST)).toMatchObject({ userType: 'unmanaged' });
    expect(
      entities['admin.group'].map(({ name, origin, writableBy, memberCount }) => [
        name,
        origin,
        writableBy,
        memberCount,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['crew', 'synced', 'scim', 1],
        ['guests', 'local', 'organization', 2],
      ]),
    );
    expect(groupsOf(snapshot, ROSA)).toEqual(['crew', 'guests']);
    expect(entities['scim.user'].map(({ userName }) => userName)).toEqual([ROSA]);
    expect(entities.connection.map(({ from, to, evidence }) => [from.type, to.type, evidence])).toEqual([
      ['scim.user', 'admin.user', 'scim-extension'],
    ]);
    expect(entities['admin.group'].find(({ name }) => name === 'crew')?.scimGroupId).toBe(
      fake.group('crew')?.scimGroupId,
    );
    expect(snapshot.gaps).toEqual([]);
  });

  test('tells all that the organization knows of a person', async ({ fake }) => {
    fake.addOrgAdmin({
      email: ROSA,
      name: 'Rosa Quell',
      nickname: 'rosa',
      mfaEnabled: true,
      managementSource: 'invited',
      timeZone: 'Europe/Lisbon',
      profile: { jobTitle: 'Planner', department: 'Docks', organization: 'Acme', location: 'Lisbon' },
    });
    const [jira] = fake.addSite('acme', ['jira-software']);
    const used = { key: 'jira-software', resourceId: jira!.ari };
    const at = '2026-01-04T08:00:00.000Z';
    fake.changeAccount(ROSA, { productUses: [{ ...used, lastActiveAt: Date.parse(at) }] });
    fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });

    const snapshot = await organizationOf(fake).discover();

    expect(personOf(snapshot, ROSA)).toEqual({
      type: 'admin.user',
      id: fake.account(ROSA)?.accountId,
      email: ROSA,
      name: 'Rosa Quell',
      nickname: 'rosa',
      accountType: 'atlassian',
      accountStatus: 'active',
      userType: 'managed',
      membershipStatus: 'active',
      status: 'active',
      managementSource: 'invited',
      mfaEnabled: true,
      emailVerified: true,
      jobTitle: 'Planner',
      department: 'Docks',
      organization: 'Acme',
      location: 'Lisbon',
      timezone: 'Europe/Lisbon',
      addedAt: '2026-01-05T09:00:00.000Z',
      platformRoles: ['atlassian/org-admin'],
      billable: true,
      productAccess: [{ product: used.key, resourceId: used.resourceId, lastActiveAt: at }],
      groupIds: expect.arrayContaining([fake.group('planners')?.orgGroupId]) as string[],
    });
  });

  test('tells since when somebody is deactivated, and who is in no directory or suspended in it', async ({ fake }) => {
    fake.addAccount({ email: ROSA, status: 'inactive' });
    fake.addAccount({ email: 'ben@acme.com', membership: 'none' });
    fake.addAccount({ email: GUEST, membership: 'suspended' });

    const snapshot = await organizationOf(fake).discover();

    expect(personOf(snapshot, ROSA)).toMatchObject({
      accountStatus: 'inactive',
      deactivatedAt: '2026-01-05T09:00:00.000Z',
    });
    expect(personOf(snapshot, 'ben@acme.com')).toMatchObject({
      userType: 'managed',
      membershipStatus: 'no_membership',
    });
    expect(personOf(snapshot, GUEST)).toMatchObject({ userType: 'unmanaged', membershipStatus: 'suspended' });
    expect(fake.requests.of('admin.users.get')).toHaveLength(1);
  });

  test('tells how each role was obtained', async ({ fake }) => {
    fake.addAccount({ email: ROSA });
    fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
    const [jira, confluence] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['planners'] }, 'confluence']);
    if (confluence !== undefined) fake.addRole(ROSA, confluence.ari);

    const { entities } = await organizationOf(fake).discover();

    const rosa = fake.account(ROSA)?.accountId;
    const roles = entities['admin.roleAssignment'].filter(
      ({ principal }) => 'id' in principal && principal.id === rosa,
    );
    expect(roles.map(({ role, resourceId, obtained }) => [role, resourceId, obtained])).toEqual([
      ['atlassian/user', confluence?.ari, ['direct']],
      ['atlassian/user', jira?.ari, ['group']],
    ]);
  });

  test('takes the calls it is said to take', async ({ fake }) => {
    for (let n = 0; n < 120; n++) fake.addUser({ email: `person-${String(n)}@acme.com` });
    fake.addGroup({ name: 'crew', members: ['person-0@acme.com'] });
    const before = { people: 120, groups: 1, records: 120 };
    fake.requests.clear();

    const snapshot = await organizationOf(fake).discover();

    const people = snapshot.entities['admin.user'].length;
    const groups = snapshot.entities['admin.group'].length;
    expect(people).toBeGreaterThanOrEqual(before.people);
    const managedPages = fake.requests.of('admin.users.listManaged').length;
    expect(fake.requests.length).toBe(
      1 + pages(people) + managedPages + pages(groups) + groups + people + pages(before.records),
    );
  });

  test('without the right to one part has a gap there, and the rest', async ({ fake }) => {
    seed(fake);
    fake.fail('admin.groups.search', { status: 403 });

    const snapshot = await organizationOf(fake).discover();

    expect(snapshot.gaps).toMatchObject([{ part: 'groups', reason: 'forbidden', hides: ['admin.group'] }]);
    expect(snapshot.entities['admin.group']).toEqual([]);
    expect(personOf(snapshot, ROSA)).toBeDefined();
  });

  test('goes on where it was cancelled, and reads no page twice', async ({ fake }) => {
    for (let n = 0; n < 250; n++) fake.addUser({ email: `person-${String(n)}@acme.com` });
    const { discovery } = organizationOf(fake);
    let checkpoint: ReadCheckpoint | undefined;
    const first = new Set<string>();
    const options = { onCheckpoint: (one: ReadCheckpoint) => (checkpoint = one) };
    for await (const one of discovery.admin.stream('scim.user', options)) {
      first.add(one.id);
      if (first.size === 150) break;
    }
    fake.requests.clear();

    const rest = new Set<string>();
    for await (const one of discovery.admin.stream('scim.user', { resumeFrom: checkpoint })) rest.add(one.id);

    expect(new Set([...first, ...rest]).size).toBe(250);
    expect(fake.requests.length).toBe(2);
  });
});

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addAccount({ email: GUEST });
  fake.addGroup({ name: 'crew', members: [ROSA] });
  fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA, GUEST] });
}

function personOf({ entities }: AccessSnapshot, email: string) {
  return entities['admin.user'].find((person) => person.email === email);
}

function groupsOf(snapshot: AccessSnapshot, email: string): string[] {
  const ids = personOf(snapshot, email)?.groupIds ?? [];
  const groups = snapshot.entities['admin.group'].filter(({ id }) => ids.includes(id));
  return groups.map(({ name }) => name).sort();
}

function pages(count: number): number {
  return Math.max(1, Math.ceil(count / 100));
}

test('reads the roles of groups alone where the configuration says so, and tells what that leaves out', async ({
  fake,
}) => {
  seed(fake);
  const { organizationId, scim, admin, fetch, clock } = fake.connection();
  const atlassian = new AtlassianProvisioner({
    organizationId,
    scim,
    admin,
    fetch,
    clock,
    discovery: { roles: 'groups' },
  });

  const snapshot = await atlassian.discover();

  expect(fake.requests.of('admin.users.listRoleAssignments')).toEqual([]);
  expect(snapshot.gaps).toMatchObject([{ part: 'roles of users', reason: 'skipped', hides: ['admin.roleAssignment'] }]);
});
