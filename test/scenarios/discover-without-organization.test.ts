import { describe, expect } from 'vitest';
import {
  AccessGraph,
  diffSnapshots,
  findings,
  toOaa,
  type AccessSnapshot,
  type ProvisionerSettings,
} from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const TIDES = { type: 'confluence.space', id: 'TIDES' } as const;
const API = { type: 'bitbucket.repository', id: 'api' } as const;
const BOSS = 'boss@acme.com';

/** An organization whose administrator needs no grant, and with somebody from outside who administers a space. */
function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: 'rosa@acme.com' });
  fake.addOrgAdmin({ email: BOSS });
  fake.addAccount({ email: 'guest@elsewhere.com' });
  fake.addGroup({ name: 'crew', members: ['rosa@acme.com'] });
  fake.addGroup({ name: 'ops', origin: 'local', members: ['guest@elsewhere.com'] });
  fake.addSite('acme', [{ key: 'confluence', grantedBy: ['crew', 'ops'] }]);
  fake.addConfluenceSpace({ key: 'TIDES', roles: { Viewer: ['crew'], Admin: ['ops'] } });
  fake.addRepository({ project: 'OPS', name: 'api', grants: { crew: 'write' } });
}

type Connect = (options: ProvisionerSettings) => { discover(): Promise<AccessSnapshot> };

/** The estate with all credentials, and again with others. */
async function twice(fake: FakeAtlassian, connect: Connect, options: ProvisionerSettings) {
  seed(fake);
  const full = await connect({}).discover();
  return { full, cut: await connect(options).discover() };
}

const WITHOUT_KEY = { admin: undefined, organizationId: undefined };

describe('a discovery without the organization key, and with a SCIM directory,', () => {
  test('has a gap for the organization', async ({ fake, connect }) => {
    const { cut } = await twice(fake, connect, WITHOUT_KEY);

    expect(cut.gaps.filter(({ product }) => product === 'admin')).toMatchObject([
      {
        part: 'connections',
        reason: 'not-configured',
        hides: ['admin.tenant', 'admin.user', 'admin.group', 'admin.roleAssignment', 'connection'],
      },
    ]);
    expect(cut.entities['scim.user'].map(({ userName }) => userName)).toContain('rosa@acme.com');
  });

  test.for([TIDES, API])('does not know who administers, on $type', async (resource, { fake, connect }) => {
    const { full, cut } = await twice(fake, connect, WITHOUT_KEY);
    const boss = { accountId: fake.account(BOSS)?.accountId ?? '' };

    const { complete, open } = AccessGraph.from(cut).whoCanAccess(resource);

    expect(AccessGraph.from(full).verdict(boss, resource)).not.toBe('no');
    expect(AccessGraph.from(cut).verdict(boss, resource)).toBe('unknown');
    expect(complete).toBe(false);
    expect(open.map(({ gap }) => gap?.part)).toContain('connections');
  });

  test('does not know from outside whom Confluence has for no guest', async ({ fake, connect }) => {
    const { full, cut } = await twice(fake, connect, WITHOUT_KEY);
    const guest = { accountId: fake.account('guest@elsewhere.com')?.accountId ?? '' };

    const [identity] = AccessGraph.from(cut).findIdentities(guest);

    expect(AccessGraph.from(full).findIdentities(guest)).toMatchObject([{ external: true }]);
    expect(findings(AccessGraph.from(full), { kinds: ['external-write'] })).toHaveLength(1);
    expect(identity).toBeDefined();
    expect(identity).not.toHaveProperty('external');
  });

  test('exports the organization as one of which not all was read', async ({ fake, connect }) => {
    const { cut } = await twice(fake, connect, WITHOUT_KEY);

    const admin = toOaa(cut).find(({ name }) => name.includes('Admin'));

    expect(admin?.payload.applications[0]?.custom_properties.complete).toBe(false);
  });
});

describe('a later snapshot', () => {
  test.for<[string, ProvisionerSettings]>([
    ['without the organization key', WITHOUT_KEY],
    ['with an organization key that is no longer good', { admin: { apiKey: 'dead' } }],
    ['without the Bitbucket credential', { bitbucket: undefined }],
  ])('%s has nothing removed and nobody lost', async ([, options], { fake, connect }) => {
    const { full, cut } = await twice(fake, connect, options);

    const { removed, access, memberships, provisioning, undetermined } = diffSnapshots(full, cut);

    expect(removed).toEqual([]);
    expect(access.filter(({ change }) => change === 'lost')).toEqual([]);
    expect(memberships.filter(({ change }) => change === 'removed')).toEqual([]);
    expect(provisioning).toEqual([]);
    expect(new Set(undetermined.entities.map(({ type }) => type))).toContain('connection');
  });

  test.for(['admin.users.search', 'admin.groups.search'])(
    'in which %s fails has no role and no tie removed',
    async (operation, { fake, connect }) => {
      seed(fake);
      const full = await connect({}).discover();
      fake.fail(operation, { status: 500, times: Number.POSITIVE_INFINITY });

      const { removed, access } = diffSnapshots(full, await connect({}).discover());

      expect(removed).toEqual([]);
      expect(access.filter(({ change }) => change === 'lost')).toEqual([]);
    },
  );

  test('has the role removed, and the tie, of a person whom a product has no more', async ({ fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const full = await atlassian.discover();
    await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, remove: ['crew'] });

    const { removed } = diffSnapshots(full, await atlassian.discover());

    expect(removed.map(({ type, certain }) => [type, certain])).toEqual(
      expect.arrayContaining([
        ['admin.roleAssignment', true],
        ['connection', true],
      ]),
    );
  });
});
