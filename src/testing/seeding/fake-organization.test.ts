import { beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian } from '../fake-atlassian.js';

let fake: FakeAtlassian;
beforeEach(() => {
  fake = new FakeAtlassian();
});

describe('addUser', () => {
  test('adds a record with a linked, managed account in the organization directory, and claims its domain', () => {
    const user = fake.addUser({ email: 'rosa.quell@acme.com', title: 'Planner' });

    expect(user).toMatchObject({
      userName: 'rosa.quell@acme.com',
      displayName: 'Rosa Quell',
      active: true,
      groups: [],
    });
    expect(fake.account('rosa.quell@acme.com')).toMatchObject({
      accountId: user.accountId,
      name: 'Rosa Quell',
      managed: true,
      synced: true,
      membership: 'active',
      profile: { jobTitle: 'Planner' },
    });
  });

  test('needs nothing, and makes an address up', () => {
    expect([fake.addUser().email, fake.addUser().email]).toEqual(['user-1@acme.example', 'user-2@acme.example']);
  });

  test('leaves a domain alone that the fake has: without a claim there is no account', () => {
    fake.addDomain('acme.com', { status: 'unverified' });

    expect(fake.addUser({ email: 'rosa@acme.com' }).accountId).toBeUndefined();
  });

  test('adds external people and records without a link', () => {
    const external = fake.addUser({ email: 'noor@partner.example', link: 'external' });
    fake.addDomain('acme.com');
    const unlinked = fake.addUser({ email: 'ghost@acme.com', link: 'unlinked' });

    expect(fake.account('noor@partner.example')).toMatchObject({ accountId: external.accountId, managed: false });
    expect(unlinked).not.toHaveProperty('accountId');
    expect(fake.account('ghost@acme.com')).toMatchObject({ managed: true, synced: false });
  });

  test('refuses what a client could not make either', () => {
    fake.addUser({ email: 'rosa@acme.com' });

    expect(() => fake.addUser({ email: 'ROSA@acme.com' })).toThrow('The fake has email ROSA@acme.com already');
  });

  test('joins groups that exist', () => {
    fake.addGroup({ name: 'berth-crew' });

    expect(fake.addUser({ email: 'rosa@acme.com', groups: ['Berth-Crew'] }).groups).toEqual(['berth-crew']);
    expect(() => fake.addUser({ groups: ['nowhere'] })).toThrow('The fake has no group "nowhere"');
  });
});

describe('addAccount', () => {
  test('is managed where the domain is claimed, and external elsewhere', () => {
    fake.addDomain('acme.com');

    expect(fake.addAccount({ email: 'rosa@acme.com' })).toMatchObject({ managed: true, synced: false });
    expect(fake.addAccount({ email: 'noor@partner.example' })).toMatchObject({ managed: false });
  });

  test('is in the directory, suspended in it, or outside', () => {
    const of = (membership: 'active' | 'suspended' | 'none') => fake.addAccount({ membership }).membership;

    expect([of('active'), of('suspended'), of('none')]).toEqual(['active', 'suspended', 'none']);
  });

  test('becomes managed when its domain is claimed later, and is not when the claim goes', () => {
    fake.addAccount({ email: 'rosa@acme.com' });

    fake.addDomain('acme.com');
    const claimed = fake.account('rosa@acme.com')?.managed;
    fake.addDomain('acme.com', { claimed: false });

    expect([claimed, fake.account('rosa@acme.com')?.managed]).toEqual([true, false]);
  });
});

describe('addGroup', () => {
  beforeEach(() => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addAccount({ email: 'noor@acme.com' });
  });

  test('adds synced, local, foreign and unpropagated groups', () => {
    const synced = fake.addGroup({ name: 'crew', members: ['rosa@acme.com'] });
    const local = fake.addGroup({ name: 'guests', origin: 'local', members: ['rosa@acme.com', 'noor@acme.com'] });
    const foreign = fake.addGroup({ name: 'others', origin: 'foreign', members: ['noor@acme.com'] });
    const parked = fake.addGroup({ name: 'parked', origin: 'scim-only', members: ['rosa@acme.com'] });

    expect(synced).toMatchObject({ members: ['rosa@acme.com'], scimMembers: ['rosa@acme.com'] });
    expect(local).toMatchObject({ members: ['noor@acme.com', 'rosa@acme.com'], scimMembers: [] });
    expect(foreign).toMatchObject({ origin: 'foreign', members: ['noor@acme.com'] });
    expect(parked).toMatchObject({ origin: 'scim-only', members: [], scimMembers: ['rosa@acme.com'] });
  });

  test('says who has to be added first', () => {
    expect(() => fake.addGroup({ name: 'crew', members: ['noor@acme.com'] })).toThrow(
      'The fake has no SCIM user with noor@acme.com',
    );
    expect(() => fake.addGroup({ name: 'crew', origin: 'local', members: ['x@acme.com'] })).toThrow(
      'The fake has no account with x@acme.com',
    );
  });
});

describe('products and roles', () => {
  test('a product on a site gives its role through groups, which are made where they are missing', () => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', members: ['rosa@acme.com'] });

    const [jira, confluence] = fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['crew'] }, 'confluence']);
    fake.addProduct({ key: 'jira-servicedesk', grantedBy: ['agents'] });
    fake.addRole('rosa@acme.com', confluence!.ari, 'atlassian/guest');

    expect(jira).toMatchObject({ hostUrl: 'https://acme.atlassian.net', cloudId: confluence!.cloudId, capacity: null });
    expect(fake.group('agents')?.origin).toBe('local');
    expect(fake.account('rosa@acme.com')?.roles).toEqual([
      { role: 'atlassian/guest', resourceId: confluence!.ari, methods: ['direct'] },
      { role: 'atlassian/user', resourceId: jira!.ari, methods: ['group_direct'] },
    ]);
  });

  test('an organization admin holds the role on the organization', () => {
    const admin = fake.addOrgAdmin({ email: 'admin@acme.com' });

    expect(admin.roles.map(({ role }) => role)).toEqual(['atlassian/org-admin']);
  });

  test('an API token shows by its label', () => {
    fake.addAccount({ email: 'rosa@acme.com' });

    fake.addApiToken('rosa@acme.com', { label: 'ci' });

    expect(fake.account('rosa@acme.com')?.apiTokens).toEqual(['ci']);
  });
});

describe('what a test changes', () => {
  test('removing a SCIM directory leaves accounts as they are and makes its groups local', async () => {
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'crew', members: ['rosa@acme.com'] });

    fake.removeScimDirectory();

    expect(fake.user('rosa@acme.com')).toBeUndefined();
    expect(fake.account('rosa@acme.com')).toMatchObject({ status: 'active', synced: false, groups: ['crew'] });
    expect(fake.group('crew')).toMatchObject({ origin: 'local', members: ['rosa@acme.com'] });
    const { scim } = fake.connection();
    const response = await fake.fetch(`${scim.url}/Users`, { headers: { authorization: `Bearer ${scim.token}` } });
    expect(response.status).toBe(403);
  });

  test('a record can drift from its account, and lose its link', () => {
    fake.addUser({ email: 'rosa@acme.com', title: 'Planner' });

    fake.changeUser('rosa@acme.com', { title: 'Chief' });
    const drifted = [fake.user('rosa@acme.com')?.attributes.title, fake.account('rosa@acme.com')?.profile.jobTitle];
    fake.changeUser('rosa@acme.com', { accountId: undefined });

    expect(drifted).toEqual(['Chief', 'Planner']);
    expect(fake.user('rosa@acme.com')?.accountId).toBeUndefined();
  });

  test('what an inspector gives is a copy', () => {
    const user = fake.addUser({ email: 'rosa@acme.com' });

    (user.groups as string[]).push('nonsense');
    (user.attributes.emails as unknown[]).length = 0;

    expect(fake.user('rosa@acme.com')).toMatchObject({ groups: [], attributes: { emails: [{ primary: true }] } });
  });
});
