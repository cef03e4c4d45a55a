import { describe, expect } from 'vitest';
import type { AuditSink, ManageRelationshipsInput } from '../../src/index.js';
import { outcomesOf, test, told } from './support.js';

const rosa = { identity: { email: 'rosa@acme.com' } };

describe('a group', () => {
  test('that is synced is written through SCIM, and one that is local through the organization', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['berth-crew', 'guests'] });

    expect(result.outcome).toBe('changed');
    expect(outcomesOf(result)).toEqual([
      ['scim.group.addMember', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(told(result)).toEqual(['add berth-crew: applied', 'add guests: applied']);
    expect(fake.group('berth-crew')?.members).toEqual(['rosa@acme.com']);
    expect(fake.group('guests')?.members).toEqual(['rosa@acme.com']);
    fake.requests.expectWrites(['scim.groups.patch', 'admin.groups.addMember']);
  });

  test('is left by the same routes', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.addUser({ email: 'rosa@acme.com', groups: ['berth-crew', 'guests'] });

    const result = await atlassian.manageRelationships({ ...rosa, remove: ['berth-crew', 'guests'] });

    expect(result.outcome).toBe('changed');
    expect(told(result)).toEqual(['remove berth-crew: applied', 'remove guests: applied']);
    expect(fake.account('rosa@acme.com')?.groups).toEqual([]);
    expect(fake.group('berth-crew')?.scimMembers).toEqual([]);
    fake.requests.expectWrites(['scim.groups.patch', 'admin.groups.removeMember']);
  });

  test('is found by its name in whatever case, and told by its own name', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'Berth-Crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['BERTH-crew', { name: 'Guests' }] });

    expect(told(result)).toEqual(['add Berth-Crew: applied', 'add guests: applied']);
  });

  test('is found by either of its ids', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    const one = fake.addGroup({ name: 'berth-crew' });
    const two = fake.addGroup({ name: 'dock-crew' });
    const local = fake.addGroup({ name: 'guests', origin: 'local' });

    const result = await atlassian.manageRelationships({
      ...rosa,
      add: [{ scimGroupId: one.scimGroupId! }, { orgGroupId: two.orgGroupId! }, { orgGroupId: local.orgGroupId! }],
    });

    expect(result.relationships).toEqual([
      { group: 'berth-crew', id: one.scimGroupId, change: 'add', outcome: 'applied' },
      { group: 'dock-crew', id: two.scimGroupId, change: 'add', outcome: 'applied' },
      { group: 'guests', id: local.orgGroupId, change: 'add', outcome: 'applied' },
    ]);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['berth-crew', 'dock-crew', 'guests']);
  });

  test('that the organization has not got yet is written through SCIM', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'new-crew', origin: 'scim-only' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['new-crew'] });

    expect(told(result)).toEqual(['add new-crew: applied']);
    expect(fake.group('new-crew')?.scimMembers).toEqual(['rosa@acme.com']);
  });

  test('of another identity provider is refused with the reason, and the others are done', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'theirs', origin: 'foreign' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['theirs', 'berth-crew'] });

    expect(result.outcome).toBe('partial');
    expect(told(result)).toEqual(['add berth-crew: applied', 'add theirs: failed group_not_writable']);
    expect(result.relationships.at(-1)?.reason).toContain('another identity provider owns it');
    expect(result.relationships.at(-1)?.advice).toContain('at the identity provider that owns it');
  });

  test('of Atlassian’s own is refused with the reason', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'org-admins', origin: 'local', access: { modifiable: false, deletable: false } });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['org-admins'] });

    expect(result.outcome).toBe('failed');
    expect(result.relationships).toMatchObject([
      { outcome: 'failed', code: 'group_not_writable', reason: expect.stringContaining('built-in') },
    ]);
    fake.requests.expectNoWrites();
  });

  test('that does not exist is a failure, is not created, and stops no other', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'guests', origin: 'local' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['nope', 'guests'], remove: ['nada'] });

    expect(result.outcome).toBe('partial');
    expect(told(result)).toEqual([
      'add guests: applied',
      'remove nada: failed group_not_found',
      'add nope: failed group_not_found',
    ]);
    expect(result.plan.blocked[0]?.advice).toContain('not created');
    fake.requests.expectWrites(['admin.groups.addMember']);
    expect(fake.group('nope')).toBeUndefined();
  });

  test('whose name two groups have is not guessed; its id tells it', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'guests', origin: 'local', orgDirectoryId: second });
    const other = fake.addGroup({ name: 'guests', origin: 'local' });

    const byName = await atlassian.manageRelationships({ ...rosa, add: ['guests'] });
    const byId = await atlassian.manageRelationships({ ...rosa, add: [{ orgGroupId: other.orgGroupId! }] });

    expect(told(byName)).toEqual(['add guests: failed group_ambiguous']);
    expect(byName.relationships[0]?.reason).toContain(other.orgGroupId!);
    expect(byId.relationships).toEqual([{ group: 'guests', id: other.orgGroupId, change: 'add', outcome: 'applied' }]);
  });
});

describe('a forced route', () => {
  test.for([
    { origin: 'synced', route: 'scim' },
    { origin: 'local', route: 'organization' },
  ] as const)('$route is taken for a $origin group', async ({ origin, route }, { fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin });

    const result = await atlassian.manageRelationships({ ...rosa, add: [{ name: 'crew', route }] });

    expect(told(result)).toEqual(['add crew: applied']);
    expect(fake.group('crew')?.members).toEqual(['rosa@acme.com']);
  });

  test.for([
    { origin: 'synced', route: 'organization', why: 'owned by a directory' },
    { origin: 'foreign', route: 'organization', why: 'owned by a directory' },
    { origin: 'local', route: 'scim', why: 'the SCIM directory has no such group' },
  ] as const)('$route is refused for a $origin group', async ({ origin, route, why }, { fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin });

    const result = await atlassian.manageRelationships({ ...rosa, add: [{ name: 'crew', route }] });

    expect(result.outcome).toBe('failed');
    expect(result.relationships).toMatchObject([
      { outcome: 'failed', code: 'group_not_writable', reason: expect.stringContaining(why) },
    ]);
    expect(result.plan.blocked[0]?.advice).toContain('leave the route out');
    fake.requests.expectNoWrites();
  });
});

describe('a local group whose name the directory has pushed too', () => {
  test('is written through the organization by its name', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin: 'local' });
    fake.addGroup({ name: 'crew', origin: 'scim-only' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['crew'] });

    expect(outcomesOf(result)).toEqual([['org.group.addMember', 'applied']]);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['crew']);
  });

  test('is told to be parked where both sides are looked at', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin: 'local' });
    fake.addGroup({ name: 'crew', origin: 'scim-only' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['crew'], requireBoth: true });

    expect(outcomesOf(result)).toEqual([['org.group.addMember', 'applied']]);
    expect(result.notes).toEqual([expect.stringContaining('parked')]);
  });

  test('is written through SCIM when that is forced, with the same note', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin: 'local' });
    fake.addGroup({ name: 'crew', origin: 'scim-only' });

    const result = await atlassian.manageRelationships({ ...rosa, add: [{ name: 'crew', route: 'scim' }] });

    expect(outcomesOf(result)).toEqual([['scim.group.addMember', 'applied']]);
    expect(result.notes).toEqual([expect.stringContaining('parked')]);
    expect(fake.account('rosa@acme.com')?.groups).toEqual([]);
  });

  test('is not written when the id of the pushed one was given: they are two', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin: 'local' });
    const { scimGroupId } = fake.addGroup({ name: 'crew', origin: 'scim-only' });

    const result = await atlassian.manageRelationships({ ...rosa, add: [{ scimGroupId: scimGroupId! }] });

    expect(result.relationships).toMatchObject([
      { id: scimGroupId, outcome: 'failed', code: 'group_not_writable', reason: expect.stringContaining('parked') },
    ]);
    fake.requests.expectNoWrites();
  });
});

describe('requireBoth', () => {
  test('lets a group pass that is in the directory and in the organization', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['berth-crew'], requireBoth: true });

    expect(told(result)).toEqual(['add berth-crew: applied']);
  });

  test.for([
    { origin: 'local', missing: 'the SCIM directory' },
    { origin: 'foreign', missing: 'the SCIM directory' },
    { origin: 'scim-only', missing: 'the organization' },
  ] as const)('refuses a $origin group: it is not in $missing', async ({ origin, missing }, { fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', origin });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['crew'], requireBoth: true });

    expect(result.outcome).toBe('failed');
    expect(result.relationships).toMatchObject([
      { outcome: 'failed', code: 'group_not_writable', reason: expect.stringContaining(`it is not in ${missing}`) },
    ]);
    fake.requests.expectNoWrites();
  });
});

describe('what is so already', () => {
  test('is `already` in both ways, and nothing is written', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.addGroup({ name: 'dock-crew' });
    fake.addGroup({ name: 'visitors', origin: 'local' });
    fake.addUser({ email: 'rosa@acme.com', groups: ['berth-crew', 'guests'] });

    const result = await atlassian.manageRelationships({
      ...rosa,
      add: ['berth-crew', 'guests'],
      remove: ['dock-crew', 'visitors'],
    });

    expect(result.outcome).toBe('unchanged');
    expect(told(result).sort()).toEqual([
      'add berth-crew: already',
      'add guests: already',
      'remove dock-crew: already',
      'remove visitors: already',
    ]);
    fake.requests.expectNoWrites();
  });

  test('and shows late is `already` by Atlassian’s code, not an error', async ({ fake, atlassian }) => {
    fake.switches.readdMember = 409;
    fake.lags.groupMemberReadMs = 60_000;
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'guests', origin: 'local' });

    const first = await atlassian.manageRelationships({ ...rosa, add: ['guests'] });
    const second = await atlassian.manageRelationships({ ...rosa, add: ['guests'] });

    expect(told(first)).toEqual(['add guests: applied']);
    expect(told(second)).toEqual(['add guests: already']);
    expect([first.outcome, second.outcome]).toEqual(['changed', 'unchanged']);
  });

  test('and is answered with a bare 409 is `already` where a look shows it, and a failure where not', async ({
    fake,
    atlassian,
    connect,
  }) => {
    fake.switches.writeErrorBodies = 'empty';
    fake.switches.readdMember = 409;
    fake.addProduct({ key: 'jira-software', capacity: 1, grantedBy: ['jira-people'] });
    fake.addAccount({ email: 'nia@acme.com', groups: ['jira-people'] });
    const { accountId } = fake.addUser({ email: 'rosa@acme.com' });
    const { orgGroupId } = fake.addGroup({ name: 'guests', origin: 'local' });
    const meanwhile: AuditSink = {
      open: () => atlassian.admin.groups.addMember(fake.orgDirectoryId, orgGroupId!, accountId!),
      write: () => undefined,
    };

    const result = await connect({ audit: { sink: meanwhile } }).manageRelationships({
      ...rosa,
      add: ['guests', 'jira-people'],
    });

    expect(told(result)).toEqual(['add guests: already', 'add jira-people: failed conflict']);
  });

  test('and was left meanwhile is `already`, not "not found"', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.addUser({ email: 'rosa@acme.com', groups: ['guests'] });
    fake.lags.groupMemberReadMs = 60_000;

    const first = await atlassian.manageRelationships({ ...rosa, remove: ['guests'] });
    const second = await atlassian.manageRelationships({ ...rosa, remove: ['guests'] });

    expect(told(first)).toEqual(['remove guests: applied']);
    expect(told(second)).toEqual(['remove guests: already']);
  });
});

describe('a licence limit', () => {
  test('fails with its own code, and the other groups are done', async ({ fake, atlassian }) => {
    fake.addProduct({ key: 'jira-software', capacity: 1, grantedBy: ['jira-people'] });
    fake.addAccount({ email: 'nia@acme.com', groups: ['jira-people'] });
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.addGroup({ name: 'berth-crew' });
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['jira-people', 'guests', 'berth-crew'] });

    expect(result.outcome).toBe('partial');
    expect(told(result)).toEqual([
      'add jira-people: failed license_limit',
      'add guests: applied',
      'add berth-crew: applied',
    ]);
    expect(result.relationships[0]?.error).toMatchObject({ code: 'license_limit', atlassianCode: 'ADMIN-UAM-409-3' });
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['berth-crew', 'guests']);
  });

  test('alone is a failure of all', async ({ fake, atlassian }) => {
    fake.addProduct({ key: 'jira-software', capacity: 1, grantedBy: ['jira-people'] });
    fake.addAccount({ email: 'nia@acme.com', groups: ['jira-people'] });
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['jira-people'] });

    expect(result.outcome).toBe('failed');
  });
});

describe('a group that fails in the middle', () => {
  test('does not stop the others, and the result says exactly which', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    for (const name of ['one', 'two', 'three']) fake.addGroup({ name, origin: 'local' });
    fake.fail('admin.groups.addMember', { skip: 1, times: 1, status: 403 });

    const result = await atlassian.manageRelationships({ ...rosa, add: ['one', 'two', 'three'] });

    expect(result.outcome).toBe('partial');
    expect(told(result)).toEqual(['add one: applied', 'add two: failed forbidden', 'add three: applied']);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['one', 'three']);
  });
});

describe('a group that is named twice', () => {
  const contradictions: readonly [string, Omit<ManageRelationshipsInput, 'identity'>][] = [
    ['by name', { add: ['berth-crew'], remove: ['berth-crew'] }],
    ['in another case', { add: ['berth-crew'], remove: ['Berth-Crew'] }],
  ];

  test.for(contradictions)(
    'in both lists %s is refused, and nothing is sent',
    async ([, groups], { fake, atlassian }) => {
      fake.addUser({ email: 'rosa@acme.com' });
      fake.addGroup({ name: 'berth-crew' });

      const refusal = atlassian.manageRelationships({ ...rosa, ...groups });

      await expect(refusal).rejects.toMatchObject({
        code: 'request_invalid',
        message: expect.stringContaining('in both add and remove'),
      });
      expect(fake.requests).toHaveLength(0);
    },
  );

  test('by name in one list and by id in the other is refused, and nothing is written', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    const { scimGroupId, orgGroupId } = fake.addGroup({ name: 'berth-crew' });

    const byScimId = atlassian.manageRelationships({
      ...rosa,
      add: ['berth-crew'],
      remove: [{ scimGroupId: scimGroupId! }],
    });
    const byOrgId = atlassian.manageRelationships({
      ...rosa,
      add: [{ orgGroupId: orgGroupId! }],
      remove: ['berth-crew'],
    });

    await expect(byScimId).rejects.toMatchObject({ code: 'request_invalid' });
    await expect(byOrgId).rejects.toMatchObject({ code: 'request_invalid' });
    fake.requests.expectNoWrites();
  });

  test('in one list is written once', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    const { orgGroupId } = fake.addGroup({ name: 'berth-crew' });

    const result = await atlassian.manageRelationships({
      ...rosa,
      add: ['berth-crew', 'BERTH-CREW', { orgGroupId: orgGroupId! }],
    });

    expect(told(result)).toEqual(['add berth-crew: applied']);
    fake.requests.expectWrites(['scim.groups.patch']);
  });

  test('with two routes is refused', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'berth-crew' });

    const refusal = atlassian.manageRelationships({
      ...rosa,
      add: ['berth-crew', { name: 'berth-crew', route: 'scim' }],
    });

    await expect(refusal).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining('two routes'),
    });
    fake.requests.expectNoWrites();
  });
});

describe('the order', () => {
  test('is removals first: they may free the seat that an addition takes', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'old', origin: 'local' });
    fake.addGroup({ name: 'old-synced' });
    fake.addGroup({ name: 'new', origin: 'local' });
    fake.addGroup({ name: 'new-synced' });
    fake.addUser({ email: 'rosa@acme.com', groups: ['old', 'old-synced'] });

    const result = await atlassian.manageRelationships({
      ...rosa,
      add: ['new', 'new-synced'],
      remove: ['old', 'old-synced'],
    });

    expect(outcomesOf(result).map(([kind]) => kind)).toEqual([
      'org.group.removeMember',
      'scim.group.removeMember',
      'org.group.addMember',
      'scim.group.addMember',
    ]);
  });
});
