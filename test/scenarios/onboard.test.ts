import { describe, expect } from 'vitest';
import type { ApprovalRequest } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { idsOf, outcomesOf, test } from './support.js';

const rosa = { email: 'rosa@acme.com', externalId: 'e-1', displayName: 'Rosa Quell', jobTitle: 'Planner' };
const groups = ['berth-crew', 'guests'];

function addGroups(fake: FakeAtlassian): void {
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
}

describe('onboard', () => {
  test('creates a person and puts them into their groups, by the route of each', async ({ fake, atlassian }) => {
    addGroups(fake);

    const result = await atlassian.onboard({ ...rosa, groups });

    expect(result.outcome).toBe('onboarded');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.create', 'applied'],
      ['scim.group.addMember', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(result.relationships.map(({ group, outcome }) => [group, outcome])).toEqual([
      ['berth-crew', 'applied'],
      ['guests', 'applied'],
    ]);
    expect(fake.account('rosa@acme.com')).toMatchObject({
      name: 'Rosa Quell',
      profile: { jobTitle: 'Planner' },
      groups: ['berth-crew', 'guests'],
    });
    expect(idsOf(result)).toEqual({
      link: 'linked',
      email: 'rosa@acme.com',
      userName: 'rosa@acme.com',
      externalId: 'e-1',
      scimUserId: fake.user('rosa@acme.com')?.id,
      accountId: fake.account('rosa@acme.com')?.accountId,
    });
  });

  // The second time: the person, the search for the groups, and the memberships of local groups.
  test('is unchanged the second time, with three reads and no write', async ({ fake, atlassian }) => {
    addGroups(fake);
    await atlassian.onboard({ ...rosa, groups });
    fake.requests.clear();

    const again = await atlassian.onboard({ ...rosa, groups });

    expect(again).toMatchObject({ outcome: 'unchanged', callsMade: 3, operations: [] });
    expect(again.relationships.map(({ outcome }) => outcome)).toEqual(['already', 'already']);
    fake.requests.expectNoWrites();
  });

  test('is one plan, with one approval', async ({ fake, atlassian }) => {
    addGroups(fake);
    const requests: ApprovalRequest[] = [];

    await atlassian.onboard(
      { ...rosa, groups },
      {
        approve: (request) => {
          requests.push(request);
          return { approved: true, approvedBy: 'lead@acme.com' };
        },
      },
    );

    expect(requests.map(({ plan }) => plan.operations.map(({ kind }) => kind))).toEqual([
      ['scim.user.create', 'scim.group.addMember', 'org.group.addMember'],
    ]);
  });

  test('does nothing to groups when the person cannot be created', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.addUser({ email: 'nia@acme.com', userName: 'rosa@acme.com' });

    const result = await atlassian.onboard({ ...rosa, groups });

    expect(result.outcome).toBe('failed');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.create', 'failed'],
      ['scim.group.addMember', 'skipped'],
      ['org.group.addMember', 'skipped'],
    ]);
    expect(result.operations[0]?.error?.code).toBe('email_in_use');
    expect(result.relationships.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'op-1 did not succeed (failed)'],
      ['skipped', 'op-1 did not succeed (failed)'],
    ]);
  });

  test('is resumed by calling it again: what was done is not done twice', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.failNext('admin.groups.addMember', { status: 403 });

    const first = await atlassian.onboard({ ...rosa, groups });
    fake.requests.clear();
    const second = await atlassian.onboard({ ...rosa, groups });

    expect([first.outcome, second.outcome]).toEqual(['partial', 'onboarded']);
    fake.requests.expectWrites(['admin.groups.addMember']);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['berth-crew', 'guests']);
  });

  test('updates a person who is there, and links an account that is there', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.addUser({ email: 'rosa@acme.com', title: 'Trainee', groups: ['berth-crew'] });
    const nia = fake.addAccount({ email: 'nia@acme.com', groups: ['guests'] });

    const known = await atlassian.onboard({ ...rosa, groups });
    const linked = await atlassian.onboard({ email: 'nia@acme.com', groups });

    expect([known.outcome, linked.outcome]).toEqual(['onboarded', 'onboarded']);
    expect(outcomesOf(known)).toEqual([
      ['scim.user.update', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(outcomesOf(linked)).toEqual([
      ['scim.user.create', 'applied'],
      ['scim.group.addMember', 'applied'],
    ]);
    expect(idsOf(linked)).toMatchObject({ link: 'linked', accountId: nia.accountId });
  });

  test('without groups is a sync of the person', async ({ fake, atlassian }) => {
    const result = await atlassian.onboard(rosa);

    expect(result).toMatchObject({ outcome: 'onboarded', callsMade: 6, relationships: [] });
    expect(fake.user('rosa@acme.com')?.externalId).toBe('e-1');
  });

  test('does what can be done when a group is missing, and creates none', async ({ fake, atlassian }) => {
    addGroups(fake);

    const result = await atlassian.onboard({ ...rosa, groups: ['nope', ...groups] });

    expect(result.outcome).toBe('partial');
    expect(result.relationships.at(-1)).toMatchObject({ group: 'nope', outcome: 'failed', code: 'group_not_found' });
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['berth-crew', 'guests']);
  });

  test('holds requireBoth and forced routes as manageRelationships does', async ({ fake, atlassian }) => {
    addGroups(fake);

    const result = await atlassian.onboard({
      ...rosa,
      requireBoth: true,
      groups: [{ name: 'berth-crew', route: 'organization' }, 'guests'],
    });

    expect(result.outcome).toBe('partial');
    expect(result.relationships.map(({ group, code }) => [group, code])).toEqual([
      ['berth-crew', 'group_not_writable'],
      ['guests', 'group_not_writable'],
    ]);
  });

  test('reactivates when asked to', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.addUser({ email: 'rosa@acme.com', active: false });

    const result = await atlassian.onboard({ email: 'rosa@acme.com', reactivate: true, groups });

    expect(result.outcome).toBe('onboarded');
    expect(fake.account('rosa@acme.com')).toMatchObject({ status: 'active', groups: ['berth-crew', 'guests'] });
  });

  test.for([
    ['create_not_allowed', { ...rosa, createAllowed: false }],
    ['domain_not_claimed', { email: 'rosa@acne.com' }],
    ['domain_not_claimed', { email: 'nia@partner.example', identity: { email: 'nia@acme.com' } }],
  ] as const)('refuses with %s before anything is written', async ([code, person], { fake, atlassian }) => {
    addGroups(fake);
    fake.addUser({ email: 'nia@acme.com' });

    const refusal = atlassian.onboard({ ...person, groups });

    await expect(refusal).rejects.toMatchObject({ code });
    fake.requests.expectNoWrites();
  });

  test('at once for many people gives each their record and groups', async ({ fake, atlassian }) => {
    addGroups(fake);
    const emails = Array.from({ length: 12 }, (_, index) => `person-${index}@acme.com`);

    const results = await Promise.all(emails.map((email) => atlassian.onboard({ email, groups })));

    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['onboarded']));
    expect(fake.group('berth-crew')?.members).toEqual([...emails].sort());
    expect(fake.group('guests')?.members).toEqual([...emails].sort());
  });
});

describe('an organization admin who gets a record', () => {
  test('is protected: the record would take the account over', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.addOrgAdmin({ email: 'rosa@acme.com' });

    const result = await atlassian.onboard({ ...rosa, groups });

    expect(result.outcome).toBe('staged');
    expect(new Set(result.operations.map(({ outcome }) => outcome))).toEqual(new Set(['staged', 'skipped']));
    expect(result.staged[0]?.reason).toContain('organization admin');
    fake.requests.expectNoWrites();
  });

  test('is onboarded when the guard is overridden', async ({ fake, atlassian }) => {
    addGroups(fake);
    fake.addOrgAdmin({ email: 'rosa@acme.com' });

    const result = await atlassian.onboard(
      { ...rosa, groups },
      { overrideGuard: { because: 'agreed with the admins' } },
    );

    expect(result.outcome).toBe('onboarded');
  });
});
