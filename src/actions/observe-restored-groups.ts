import type { OrgGroup } from '../clients/admin/org-group.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { isReadOnly } from '../identity/group-origin.js';
import { GroupReads } from '../identity/group-reads.js';
import { mapLimited } from '../identity/map-limited.js';
import type { ObserveContext } from '../plan/action-definition.js';
import type { BlockedStep } from '../plan/plan.js';
import type { AccessObservation } from './observe-access.js';
import type { RemovedGroup } from './restore-point.js';

/** A group of a restore point as it is now, or why the membership cannot be given back. */
export type RestoredGroup =
  | { readonly group: RemovedGroup; readonly held: true }
  /** `name` is what the group is called now: what a restore point calls it decides nothing. */
  | { readonly group: RemovedGroup; readonly held: false; readonly name: string }
  | {
      readonly group: RemovedGroup;
      readonly held: false;
      readonly blocked: Pick<BlockedStep, 'code' | 'reason' | 'advice'>;
    };

const GROUPS_AT_A_TIME = 16;

/** Looks each group of a restore point up by its id. A group that the person is in takes no call. */
export async function observeRestoredGroups(
  groups: readonly RemovedGroup[],
  { record, groups: held, identity, reads: earlier }: AccessObservation,
  { clients, call, recent }: ObserveContext,
): Promise<readonly RestoredGroup[]> {
  const reads = earlier ?? new GroupReads(clients, call);
  const lately = recent.memberships(identity?.accountId?.value);
  const isHeld = (group: RemovedGroup): boolean =>
    group.route === 'scim'
      ? record?.groups.some(({ id }) => id === group.scimGroupId) === true
      : held.some(({ id }) => id === group.orgGroupId) &&
        lately.every(({ groupId, member }) => groupId !== group.orgGroupId || member === true);
  const open = groups.filter((group) => !isHeld(group));
  if (clients.admin !== undefined)
    reads.searchIds(open.flatMap((group) => (group.route === 'organization' ? [group.orgGroupId] : [])));
  return mapLimited(groups, GROUPS_AT_A_TIME, async (group): Promise<RestoredGroup> => {
    if (isHeld(group)) return { group, held: true };
    if (group.route === 'scim' && record === undefined) return { group, held: false, blocked: withoutRecord(group) };
    return read(group, reads, clients);
  });
}

async function read(
  group: RemovedGroup,
  reads: GroupReads,
  { scim, admin }: ObserveContext['clients'],
): Promise<RestoredGroup> {
  const held = false;
  try {
    if (group.route === 'scim') {
      if (scim === undefined) return { group, held, blocked: noKey(group, 'the SCIM directory key') };
      const found = await reads.scimById(group.scimGroupId);
      return found === undefined ? { group, held, blocked: gone(group) } : { group, held, name: found.displayName };
    }
    if (admin === undefined) return { group, held, blocked: noKey(group, 'the organization key') };
    const found = await reads.orgById(group.orgGroupId);
    if (found === undefined) return { group, held, blocked: gone(group) };
    const why = whyNotWritable(found, group);
    return why === undefined
      ? { group, held, name: found.name }
      : {
          group,
          held,
          blocked: { code: 'group_not_writable', reason: `"${found.name}" cannot be joined here: ${why}` },
        };
  } catch (error) {
    if (!isProvisionerError(error) || error.code === 'aborted') throw error;
    return { group, held, blocked: unread(group, error) };
  }
}

function whyNotWritable(found: OrgGroup, group: Extract<RemovedGroup, { route: 'organization' }>): string | undefined {
  if (isReadOnly(found)) return 'a directory or Atlassian owns its members by now';
  if (found.directoryId !== undefined && found.directoryId !== group.orgDirectoryId)
    return 'it is in another directory than the restore point says';
  return undefined;
}

function withoutRecord({ name }: RemovedGroup): Pick<BlockedStep, 'code' | 'reason' | 'advice'> {
  return {
    code: 'identity_not_found',
    reason: `"${name}" is owned by the SCIM directory, and the person has no record there`,
    advice: 'Run syncIdentity first; it creates the record.',
  };
}

function gone({ name }: RemovedGroup): Pick<BlockedStep, 'code' | 'reason' | 'advice'> {
  return {
    code: 'group_not_found',
    reason: `the group that was "${name}" does not exist any more`,
    advice: 'A group that was made anew has another id: add the person with manageRelationships.',
  };
}

function noKey({ name }: RemovedGroup, key: string): Pick<BlockedStep, 'code' | 'reason' | 'advice'> {
  return { code: 'capability_missing', reason: `"${name}" needs ${key}, which is not configured` };
}

function unread({ name }: RemovedGroup, error: ProvisionerError): Pick<BlockedStep, 'code' | 'reason' | 'advice'> {
  return { code: error.code, reason: `the group that was "${name}" could not be read: ${error.message}` };
}

/** The blocked step of a group that cannot be joined again; none for any other. */
export function blockedStepOf(restored: RestoredGroup): BlockedStep[] {
  if (!('blocked' in restored)) return [];
  const { group, blocked } = restored;
  const isSynced = group.route === 'scim';
  return [
    {
      kind: isSynced ? 'scim.group.addMember' : 'org.group.addMember',
      target: { type: 'group', id: isSynced ? group.scimGroupId : group.orgGroupId, name: group.name },
      ...blocked,
    },
  ];
}
