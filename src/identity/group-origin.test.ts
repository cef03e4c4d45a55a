import { describe, expect, test } from 'vitest';
import type { OrgGroup } from '../clients/admin/org-group.js';
import { orgDirectoryId, orgGroupId, scimGroupId } from '../model/ids.js';
import { toResolvedGroup } from './group-origin.js';

const org = (flags: Partial<OrgGroup> = {}): OrgGroup => ({
  id: orgGroupId('org-1'),
  name: 'Berth-Crew',
  directoryId: orgDirectoryId('dir-1'),
  userCount: 4,
  ...flags,
});
const scim = { id: scimGroupId('scim-1'), displayName: 'berth-crew', memberCount: 3 };

describe('toResolvedGroup', () => {
  test.each<[string, Partial<OrgGroup>]>([
    ['externalSynced', { externalSynced: true }],
    ['managedBy external', { managedBy: 'external' }],
    ['not modifiable, and nothing is said of a sync', { managementAccess: { modifiable: false } }],
    ['externalSynced, whatever else is allowed', { externalSynced: true, managementAccess: { modifiable: true } }],
  ])('routes a group through SCIM that is %s and in the directory', (_, flags) => {
    expect(toResolvedGroup({ org: org(flags), scim }, true)).toEqual({
      name: 'Berth-Crew',
      origin: 'synced',
      route: 'scim',
      scimGroupId: 'scim-1',
      orgGroupId: 'org-1',
      orgDirectoryId: 'dir-1',
      memberCount: 3,
    });
  });

  test('has no route for a synced group that the directory does not have', () => {
    const group = toResolvedGroup({ org: org({ externalSynced: true }), scim: undefined }, true);

    expect(group).toMatchObject({ origin: 'foreign', route: undefined, memberCount: 4 });
    expect(group.unwritableBecause).toContain('another identity provider');
  });

  test('has no route for a synced group when no directory is configured', () => {
    const group = toResolvedGroup({ org: org({ externalSynced: true }), scim: undefined }, false);

    expect(group).toMatchObject({ origin: 'foreign', route: undefined });
    expect(group.unwritableBecause).toContain('no SCIM directory key is configured');
  });

  test.each<[string, Partial<OrgGroup>]>([
    ['no flags at all', {}],
    ['flags that say so', { externalSynced: false, managedBy: 'admins', managementAccess: { modifiable: true } }],
  ])('routes a local group through the organization, with %s', (_, flags) => {
    const group = toResolvedGroup({ org: org(flags), scim: undefined }, true);

    expect(group).toMatchObject({ origin: 'local', route: 'organization', memberCount: 4 });
    expect(group.conflict).toBeUndefined();
  });

  test('has no route for a local group whose members Atlassian locks', () => {
    const locked = org({ externalSynced: false, managedBy: 'admins', managementAccess: { modifiable: false } });

    const group = toResolvedGroup({ org: locked, scim: undefined }, true);

    expect(group).toMatchObject({ origin: 'local', route: undefined });
    expect(group.unwritableBecause).toContain('built-in');
  });

  test('treats a group as local that both sides have and the organization may write, and marks the conflict', () => {
    const group = toResolvedGroup({ org: org({ externalSynced: false }), scim }, true);

    expect(group).toMatchObject({ origin: 'local', route: 'organization', scimGroupId: 'scim-1', memberCount: 4 });
    expect(group.conflict).toContain('parked');
  });

  test('routes a group through SCIM that the organization does not have', () => {
    expect(toResolvedGroup({ org: undefined, scim }, true)).toEqual({
      name: 'berth-crew',
      origin: 'scim-only',
      route: 'scim',
      scimGroupId: 'scim-1',
      memberCount: 3,
    });
  });
});
