import type { OrgGroup } from '../clients/admin/org-group.js';
import type { ScimUser } from '../clients/scim/scim-user.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { isSynced } from '../identity/group-origin.js';
import type { GroupReads } from '../identity/group-reads.js';
import { sameText } from '../identity/identity-ref.js';
import { mapLimited } from '../identity/map-limited.js';
import type { OrgGroupId } from '../model/ids.js';

/**
 * Who owns a synced group that the organization shows a person in.
 *
 * - `ours`: our directory, and the person's record is in it
 * - `trailing`: our directory, and the record is out of it: the organization has not followed, or never will
 * - `ambiguous`: our directory and another one each sync a group of this name, and nothing says which this is
 * - `foreign`: another directory
 */
export type GroupOwner = 'ours' | 'trailing' | 'ambiguous' | 'foreign';

const GROUPS_AT_A_TIME = 16;

/** Tells the owner of each synced group of a person. What `reads` has read before takes no call. */
export async function ownersOf(
  groups: readonly OrgGroup[],
  record: ScimUser | undefined,
  reads: GroupReads,
): Promise<ReadonlyMap<OrgGroupId, GroupOwner>> {
  const synced = groups.filter(isSynced);
  const hasRecordIn = ({ name }: OrgGroup): boolean =>
    record?.groups.some((group) => sameText(group.name, name)) === true;
  const isOnly = (group: OrgGroup): boolean =>
    synced.every((other) => other === group || !sameText(other.name, group.name));

  const open = synced.filter((group) => !hasRecordIn(group));
  await reads.listForNames(open.map(({ name }) => name));
  const inDirectory = await mapLimited(open, GROUPS_AT_A_TIME, (group) => isInDirectory(group, reads));
  const pushed = new Set(open.filter((_, index) => inDirectory[index] === true));
  reads.searchNames([...pushed].map(({ name }) => name));

  const owners = await mapLimited(synced, GROUPS_AT_A_TIME, async (group): Promise<GroupOwner> => {
    if (hasRecordIn(group)) return isOnly(group) ? 'ours' : 'ambiguous';
    if (!pushed.has(group)) return 'foreign';
    return isOnly(group) && (await isOnlyOfItsName(group, reads)) ? 'trailing' : 'ambiguous';
  });
  return new Map(synced.map(({ id }, index) => [id, owners[index] ?? 'foreign']));
}

async function isInDirectory({ name }: OrgGroup, reads: GroupReads): Promise<boolean> {
  // Not to know the owner is safe: the group is then reported as one that stays.
  return (await orUnread(() => reads.scimByName(name)))?.length === 1;
}

async function isOnlyOfItsName({ name }: OrgGroup, reads: GroupReads): Promise<boolean> {
  const named = await orUnread(() => reads.orgByName(name));
  return named?.filter(isSynced).length === 1;
}

async function orUnread<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isProvisionerError(error) && error.code !== 'aborted') return undefined;
    throw error;
  }
}

/** The record with the names of its groups, read one by one where the server left them out. */
export async function withGroupNames<Record extends Pick<ScimUser, 'groups'>>(
  record: Record,
  reads: GroupReads,
): Promise<Record> {
  if (record.groups.every(({ name }) => name !== undefined)) return record;
  const groups = await mapLimited(record.groups, GROUPS_AT_A_TIME, async (group) => {
    if (group.name !== undefined) return group;
    const name = (await orUnread(() => reads.scimById(group.id)))?.displayName;
    return name === undefined ? group : { ...group, name };
  });
  return { ...record, groups };
}
