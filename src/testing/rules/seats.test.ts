import { beforeEach, expect, test } from 'vitest';
import type { AtlassianAccountId, OrganizationId, OrgDirectoryId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import { FakeClock } from '../state/fake-clock.js';
import { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import { createAccount } from './create-account.js';
import { hasFreeSeat, hasSeatsFor, seatHolders } from './seats.js';

const directoryId = 'directory' as OrgDirectoryId;
const crew = 'crew' as OrgGroupId;
let state: FakeState;

beforeEach(() => {
  const organization = { id: 'org' as OrganizationId, name: 'Acme', paid: true, guard: true };
  state = new FakeState(organization, new FakeClock(0));
  state.orgDirectories.put({ id: directoryId, name: 'Primary Directory' });
});

function person(name: string, { membership = 'active', account = 'active' } = {}): AtlassianAccountId {
  const { accountId } = createAccount(state, { email: `${name}@acme.com`, status: account as 'active' });
  state.directoryMemberships.put({ directoryId, accountId, status: membership as 'active', addedAt: 0 });
  return accountId;
}

function product(owner: string, capacity: number | null): Workspace {
  const workspace: Workspace = {
    ari: `ari:cloud:${owner}::site/1` as ResourceAri,
    owner,
    typeKey: owner,
    type: owner,
    name: 'acme',
    cloudId: '1',
    hostUrl: 'https://acme.atlassian.net',
    status: 'online',
    capacity,
    sandbox: false,
    orgDirectoryId: directoryId,
    createdAt: 0,
  };
  state.workspaces.put(workspace);
  return workspace;
}

function grant(id: string, resourceId: string, roleId = 'atlassian/user', type = 'user'): void {
  state.roleBindings.put({ principal: { type, id } as never, resourceId: resourceId as ResourceAri, roleId });
}

test('one person takes one seat, however many ways lead to it', () => {
  const jira = product('jira-software', 5);
  const rosa = person('rosa');
  state.groupMembers.add(crew, rosa);
  grant(rosa, jira.ari);
  grant(rosa, jira.ari, 'atlassian/admin');
  grant(crew, jira.ari, 'atlassian/user', 'group');

  expect([...seatHolders(state, jira)]).toEqual([rosa]);
});

test('guests, suspended people and deactivated accounts take none', () => {
  const confluence = product('confluence', 5);
  grant(person('guest'), confluence.ari, 'atlassian/guest');
  grant(person('away', { membership: 'suspended' }), confluence.ari);
  grant(person('gone', { account: 'inactive' }), confluence.ari);

  expect(seatHolders(state, confluence).size).toBe(0);
});

test('a role on the umbrella of a site takes a seat of each Jira product, and of no other', () => {
  const [jira, service, confluence] = ['jira-software', 'jira-servicedesk', 'confluence'].map((owner) =>
    product(owner, 5),
  );
  grant(person('rosa'), 'ari:cloud:jira::site/1');

  expect([jira!, service!, confluence!].map((workspace) => seatHolders(state, workspace).size)).toEqual([1, 1, 0]);
});

test('a full product has room for those who have a seat already, and for nobody else', () => {
  const jira = product('jira-software', 1);
  const [rosa, ben] = [person('rosa'), person('ben')];
  grant(rosa, jira.ari);

  expect(hasFreeSeat(state, jira)).toBe(false);
  expect(hasSeatsFor(state, jira, [rosa])).toBe(true);
  expect(hasSeatsFor(state, jira, [ben])).toBe(false);
  expect(hasSeatsFor(state, jira, [rosa, ben])).toBe(false);
});

test('a product over its limit goes on for those who are in', () => {
  const jira = product('jira-software', 1);
  const [rosa, ben] = [person('rosa'), person('ben')];
  for (const accountId of [rosa, ben]) grant(accountId, jira.ari);

  expect(hasSeatsFor(state, jira, [rosa])).toBe(true);
});

test('people counted twice do not fill a product', () => {
  const jira = product('jira-software', 2);
  const rosa = person('rosa');
  for (const group of ['one', 'two', 'three']) {
    state.groupMembers.add(group, rosa);
    grant(group, jira.ari, 'atlassian/user', 'group');
  }

  expect(hasFreeSeat(state, jira)).toBe(true);
  expect(hasSeatsFor(state, jira, [person('ben')])).toBe(true);
});

test('a product without a limit has room for everybody', () => {
  const jira = product('jira-software', null);

  expect(hasSeatsFor(state, jira, [person('rosa')])).toBe(true);
});
