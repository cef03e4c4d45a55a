import { describe, expect } from 'vitest';
import { AccessGraph, AtlassianProvisioner, type AccessSnapshot } from '../../src/index.js';
import { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const MIA = 'mia@acme.com';
const SITE_ALONE = { admin: undefined, scim: undefined };

describe('discovering a Confluence', () => {
  test('with classic permissions tells who holds which, and no roles', async ({ fake, connect }) => {
    seed(fake);
    fake.changeConfluence({ mode: 'PRE_ROLES', anonymousAccess: true });
    fake.addConfluenceSpace({
      key: 'FIN',
      anonymous: true,
      permissions: [{ holder: 'planners', operations: ['create/page'] }],
    });
    fake.addConfluenceSpace({ key: 'HR', permissions: [{ holder: MIA, operations: ['administer/space'] }] });

    const snapshot = await connect({}).discover({ products: ['admin', 'confluence'] });

    const { entities } = snapshot;
    expect(entities['confluence.instance']).toMatchObject([{ mode: 'classic', anonymousAccess: true }]);
    expect(entities['confluence.spaceRole']).toEqual([]);
    expect(new Set(entities['confluence.grant'].map(({ holds }) => holds.kind))).toEqual(new Set(['permission']));
    // Without a row it is not known, for how such rows look is not confirmed.
    expect(entities['confluence.space'].map(({ key, anonymousAccess }) => [key, anonymousAccess])).toEqual([
      ['FIN', true],
      ['HR', undefined],
    ]);
    expect(levelsIn(snapshot, 'FIN', ROSA)).toEqual(['read', 'create', 'write']);
    expect(levelsIn(snapshot, 'HR', MIA)).toContain('admin');
  });

  test('on its way to roles tells both, and what a role allows once', async () => {
    const fake = new FakeAtlassian({ switches: { confluenceRoleRows: 'flattened' } });
    fake.addDomain('acme.com');
    seed(fake);
    fake.changeConfluence({ mode: 'ROLES_TRANSITION' });
    fake.addConfluenceSpace({
      key: 'FIN',
      productAdmins: false,
      roles: { Viewer: ['planners'], Admin: ['all-product-admins'] },
      permissions: [{ holder: MIA, operations: ['create/comment'] }],
    });

    const snapshot = await new AtlassianProvisioner(fake.connection()).discover({ products: ['admin', 'confluence'] });

    const { entities } = snapshot;
    expect(entities['confluence.instance']).toMatchObject([{ mode: 'transition' }]);
    expect(entities['confluence.spaceRole'].map(({ name }) => name)).toContain('Viewer');
    expect(entities['confluence.grant'].map(({ principal, holds }) => [principal.type, holds.kind]).sort()).toEqual([
      ['account', 'permission'],
      ['account', 'permission'],
      ['group', 'role'],
      ['product-admins', 'role'],
    ]);
    expect(levelsIn(snapshot, 'FIN', ROSA)).toEqual(['read', 'create']);
    expect(levelsIn(snapshot, 'FIN', MIA)).toEqual(['read', 'create']);
  });
});

describe('somebody who was given Confluence directly, and is in no group', () => {
  test('is told of by the roles of the organization, without a call more', async ({ fake, connect }) => {
    seed(fake);
    fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: ['all-licensed-users'] } });
    fake.requests.clear();
    await connect({}).discover({ products: ['confluence'] });
    const withoutRoles = callsOf(fake, 'confluence.');
    fake.requests.clear();

    const snapshot = await connect({}).discover({ products: ['admin', 'confluence'] });

    const mia = snapshot.entities['confluence.user'].find(({ id }) => id === idOf(fake, MIA));
    expect(mia).toEqual({
      type: 'confluence.user',
      id: idOf(fake, MIA),
      accountType: 'atlassian',
      accountStatus: 'active',
      email: MIA,
      displayName: 'Mia Okafor',
      externalCollaborator: false,
    });
    expect(snapshot.entities.connection.map(({ to }) => to)).toContainEqual({
      type: 'confluence.user',
      id: idOf(fake, MIA),
    });
    expect(snapshot.gaps.map(({ part }) => part)).not.toContain('people in no group');
    expect(callsOf(fake, 'confluence.')).toEqual(withoutRoles);
    expect(levelsIn(snapshot, 'FIN', MIA)).toContain('read');
  });

  test('is a gap without the organization, and never a no', async ({ fake, connect }) => {
    seed(fake);
    fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: ['all-licensed-users'] } });

    const snapshot = await connect(SITE_ALONE).discover();

    expect(snapshot.gaps).toContainEqual(
      expect.objectContaining({ part: 'people in no group', reason: 'truncated', hides: ['confluence.user'] }),
    );
    expect(snapshot.entities['confluence.user'].map(({ id }) => id)).not.toContain(idOf(fake, MIA));
    const whoCan = AccessGraph.from(snapshot).whoCanAccess(spaceOf(snapshot, 'FIN'), { administrators: false });
    expect(whoCan.verdict(idOf(fake, MIA))).toBe('unknown');
    expect(whoCan.complete).toBe(false);
  });

  test('stays a gap where the roles of people were not asked for', async ({ fake, connect }) => {
    seed(fake);

    const { gaps } = await connect({ discovery: { roles: 'groups' } }).discover({ products: ['admin', 'confluence'] });

    expect(gaps.map(({ part }) => part)).toContain('people in no group');
  });
});

/** Rosa comes with a group, Mia has a licence of her own. */
function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA, displayName: 'Rosa Quell' });
  fake.addUser({ email: MIA, displayName: 'Mia Okafor' });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  const [confluence] = fake.addSite('acme', [{ key: 'confluence', grantedBy: ['planners'] }]);
  if (confluence === undefined) throw new Error('The site lacks Confluence');
  fake.addRole(MIA, confluence.ari);
}

function levelsIn(snapshot: AccessSnapshot, key: string, email: string): readonly string[] {
  return AccessGraph.from(snapshot).explain({ email }, spaceOf(snapshot, key)).levels;
}

function spaceOf({ entities }: AccessSnapshot, key: string) {
  const id = entities['confluence.space'].find((space) => space.key === key)?.id ?? '';
  return { type: 'confluence.space', id } as const;
}

function callsOf(fake: FakeAtlassian, api: string): string[] {
  return fake.requests
    .operations()
    .filter((operation) => operation.startsWith(api))
    .sort();
}

function idOf(fake: FakeAtlassian, email: string): string {
  return fake.account(email)?.accountId ?? '';
}
