import { describe, expect } from 'vitest';
import { idsOf, outcomesOf, test } from './support.js';
import type { FakeAtlassian } from '../../src/testing/index.js';

const identity = { email: 'rosa@acme.com' };
const promotion = {
  identity,
  attributes: { jobTitle: 'Lead', department: null },
  add: ['leads', 'managers'],
  remove: ['berth-crew', 'guests'],
};

/** Rosa is a planner in one group of each kind, and there is one of each kind for her to join. */
function addRosa(fake: FakeAtlassian): void {
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  fake.addGroup({ name: 'leads' });
  fake.addGroup({ name: 'managers', origin: 'local' });
  fake.addUser({ email: 'rosa@acme.com', title: 'Planner', department: 'Ops', groups: ['berth-crew', 'guests'] });
}

describe('changeRole', () => {
  test('changes attributes and groups in one plan, removals before additions', async ({ fake, atlassian }) => {
    addRosa(fake);

    const result = await atlassian.changeRole(promotion);

    expect(result.outcome).toBe('changed');
    expect(outcomesOf(result)).toEqual([
      ['scim.user.update', 'applied'],
      ['scim.group.removeMember', 'applied'],
      ['org.group.removeMember', 'applied'],
      ['scim.group.addMember', 'applied'],
      ['org.group.addMember', 'applied'],
    ]);
    expect(result.relationships.map(({ change, group, outcome }) => [change, group, outcome])).toEqual([
      ['remove', 'berth-crew', 'applied'],
      ['remove', 'guests', 'applied'],
      ['add', 'leads', 'applied'],
      ['add', 'managers', 'applied'],
    ]);
    expect(fake.account('rosa@acme.com')).toMatchObject({
      profile: { jobTitle: 'Lead' },
      groups: ['leads', 'managers'],
    });
    expect(fake.account('rosa@acme.com')?.profile.department).toBeUndefined();
    expect(idsOf(result)).toMatchObject({ link: 'linked', email: 'rosa@acme.com' });
  });

  // The person, the search for the groups, the synced group that was left and is looked up, and the local memberships.
  test('is unchanged the second time, with four reads and no write', async ({ fake, atlassian }) => {
    addRosa(fake);
    await atlassian.changeRole(promotion);
    fake.requests.clear();

    const again = await atlassian.changeRole(promotion);

    expect(again).toMatchObject({ outcome: 'unchanged', callsMade: 4, operations: [] });
    expect(new Set(again.relationships.map(({ outcome }) => outcome))).toEqual(new Set(['already']));
    fake.requests.expectNoWrites();
  });

  test('is resumed by calling it again: what was done is not done twice', async ({ fake, atlassian }) => {
    addRosa(fake);
    fake.failNext('scim.groups.patch', { status: 403 });

    const first = await atlassian.changeRole(promotion);
    fake.requests.clear();
    const second = await atlassian.changeRole(promotion);

    expect([first.outcome, second.outcome]).toEqual(['partial', 'changed']);
    fake.requests.expectWrites(['scim.groups.patch']);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['leads', 'managers']);
  });

  test('changes groups when an attribute is refused, and says which was which', async ({ fake, atlassian }) => {
    addRosa(fake);
    fake.failNext('scim.users.patch', { status: 400 });

    const result = await atlassian.changeRole(promotion);

    expect(result.outcome).toBe('partial');
    expect(outcomesOf(result).map(([, outcome]) => outcome)).toEqual([
      'failed',
      'applied',
      'applied',
      'applied',
      'applied',
    ]);
  });

  test('with attributes alone writes the record alone', async ({ fake, atlassian }) => {
    addRosa(fake);

    const result = await atlassian.changeRole({ identity, attributes: { jobTitle: 'Lead' } });

    expect(result).toMatchObject({ outcome: 'changed', relationships: [] });
    expect(fake.requests.operations()).toEqual(['scim.users.list', 'admin.users.search', 'scim.users.patch']);
  });

  test('with groups alone leaves the record alone', async ({ fake, atlassian }) => {
    addRosa(fake);

    const result = await atlassian.changeRole({ identity, add: ['leads'] });

    expect(outcomesOf(result)).toEqual([['scim.group.addMember', 'applied']]);
  });

  test('with nothing changes nothing', async ({ fake, atlassian }) => {
    addRosa(fake);

    const result = await atlassian.changeRole({ identity });

    expect(result).toMatchObject({ outcome: 'unchanged', callsMade: 1 });
  });

  test('is no rename: a userName that is not the email stays', async ({ fake, atlassian }) => {
    const { id } = fake.addUser({ email: 'nia@acme.com', userName: 'u-4471' });

    const result = await atlassian.changeRole({ identity: { scimUserId: id }, attributes: { jobTitle: 'Lead' } });

    expect(result.outcome).toBe('changed');
    expect(fake.user(id)).toMatchObject({ userName: 'u-4471', attributes: { title: 'Lead' } });
  });

  test('does not take the externalId of another person', async ({ fake, atlassian }) => {
    addRosa(fake);
    const nia = fake.addUser({ email: 'nia@acme.com', externalId: 'e-2' });

    const refusal = atlassian.changeRole({ ...promotion, attributes: { externalId: 'e-2' } });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_conflict',
      candidates: [expect.anything(), { scimUserId: nia.id }],
    });
    fake.requests.expectNoWrites();
  });

  test('of attributes refuses a person without a record, and one of local groups does not', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ email: 'leo@acme.com' });
    fake.addGroup({ name: 'managers', origin: 'local' });
    const leo = { identity: { email: 'leo@acme.com' }, add: ['managers'] };

    const refusal = atlassian.changeRole({ ...leo, attributes: { jobTitle: 'Lead' } });
    await expect(refusal).rejects.toMatchObject({
      code: 'identity_not_found',
      message: expect.stringContaining('no record in the SCIM directory'),
    });
    fake.requests.expectNoWrites();
    const groupsOnly = await atlassian.changeRole(leo);

    expect(groupsOnly.outcome).toBe('changed');
    expect(fake.account('leo@acme.com')?.groups).toEqual(['managers']);
  });

  test('of nobody is refused', async ({ fake, atlassian }) => {
    const refusal = atlassian.changeRole(promotion);

    await expect(refusal).rejects.toMatchObject({ code: 'identity_not_found', refKind: 'email' });
    fake.requests.expectNoWrites();
  });

  test('holds requireBoth, and refuses a group in both lists', async ({ fake, atlassian }) => {
    addRosa(fake);

    const strict = await atlassian.changeRole({ identity, add: ['managers', 'leads'], requireBoth: true });
    const contradiction = atlassian.changeRole({ identity, add: ['leads'], remove: ['LEADS'] });

    await expect(contradiction).rejects.toMatchObject({ code: 'request_invalid' });
    expect(strict.relationships.map(({ group, outcome }) => [group, outcome])).toEqual([
      ['leads', 'applied'],
      ['managers', 'failed'],
    ]);
  });
});
