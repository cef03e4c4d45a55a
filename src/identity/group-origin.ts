import type { OrgGroup } from '../clients/admin/org-group.js';
import type { ResolvedGroup } from '../model/group.js';
import type { ScimGroupId } from '../model/ids.js';

/** A group of the SCIM directory, without its members. */
export interface ScimGroupSide {
  readonly id: ScimGroupId;
  readonly displayName: string;
  readonly memberCount: number;
}

/** The two sides of one group name; at least one is there. */
export type GroupSides =
  | { readonly org: OrgGroup; readonly scim: ScimGroupSide | undefined }
  | { readonly org: undefined; readonly scim: ScimGroupSide };

const PARKED =
  'the SCIM directory has a group of this name too; Atlassian keeps such a push parked until an admin of the organization resolves it';

/** Whether a directory owns the members. Any of the three flags says so; flags that are missing mean writable (seen). */
export function isSynced({ externalSynced, managedBy, managementAccess }: OrgGroup): boolean {
  if (externalSynced === true || managedBy === 'external') return true;
  return managementAccess?.modifiable === false && externalSynced === undefined;
}

/** Whether the organization refuses to have the members changed, for whatever reason. */
export function isReadOnly(group: OrgGroup): boolean {
  return isSynced(group) || group.managementAccess?.modifiable === false;
}

/**
 * Tells who owns the members of a group, and by which API they can be written.
 *
 * What the organization says of its group decides. A group that both sides have and that the organization lets be written
 * is local, whatever the directory has pushed under its name.
 */
export function toResolvedGroup({ org, scim }: GroupSides, scimConfigured: boolean): ResolvedGroup {
  if (org === undefined)
    return {
      name: scim.displayName,
      origin: 'scim-only',
      route: 'scim',
      scimGroupId: scim.id,
      memberCount: scim.memberCount,
    };

  const ids = {
    name: org.name,
    ...(scim !== undefined && { scimGroupId: scim.id }),
    orgGroupId: org.id,
    ...(org.directoryId !== undefined && { orgDirectoryId: org.directoryId }),
  };
  const memberCount = isReadOnly(org) ? (scim?.memberCount ?? org.userCount) : org.userCount;
  const counted = { ...ids, ...(memberCount !== undefined && { memberCount }) };

  if (!isReadOnly(org))
    return { ...counted, origin: 'local', route: 'organization', ...(scim !== undefined && { conflict: PARKED }) };
  if (scim !== undefined) return { ...counted, origin: 'synced', route: 'scim' };
  if (!isSynced(org))
    return {
      ...counted,
      origin: 'local',
      route: undefined,
      unwritableBecause: 'Atlassian does not let this organization key change its members, as for its built-in groups',
    };
  return {
    ...counted,
    origin: 'foreign',
    route: undefined,
    unwritableBecause: scimConfigured
      ? 'it is synced, and the configured SCIM directory has no group of this name: another identity provider owns it'
      : 'it is synced from an identity provider, and no SCIM directory key is configured',
  };
}
