import { ProvisionerError } from '../errors/provisioner-error.js';
import { IdentityConflictError } from '../errors/identity-conflict-error.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { AtlassianAccountId, OrgDirectoryId, OrgGroupId, ScimGroupId, ScimUserId } from '../model/ids.js';
import type { ExecutedPlan } from '../plan/execute-plan.js';
import type { AccessObservation } from './observe-access.js';

/** A membership that was taken away. */
export type RemovedGroup =
  | { readonly route: 'scim'; readonly name: string; readonly scimGroupId: ScimGroupId }
  | {
      readonly route: 'organization';
      readonly name: string;
      readonly orgGroupId: OrgGroupId;
      readonly orgDirectoryId: OrgDirectoryId;
    };

/** Whose access a {@link RestorePoint} is about. */
export interface RestoreSubject {
  readonly scimUserId?: ScimUserId | undefined;
  readonly accountId?: AtlassianAccountId | undefined;
}

/** What a deprovisioning took away, in the form in which reactivateIdentity gives it back. JSON throughout. */
export interface RestorePoint {
  /**
   * Whose it is. reactivateIdentity refuses it for anybody else: the account id decides where both are known, so that a
   * record that was deleted and created anew is still the same person, and the SCIM id else. Not compared unless given.
   */
  readonly subject?: RestoreSubject | undefined;
  /** The states that were ended: only those are restored. */
  readonly deactivated: readonly ('record' | 'account' | 'directory-access')[];
  /** Directories of the organization in which access was suspended. Every one unless given. */
  readonly directories?: readonly OrgDirectoryId[] | undefined;
  /** Names are for people to read: a group is found by its id, and shown by the name it has then. */
  readonly groups: readonly RemovedGroup[];
}

const DEACTIVATIONS = new Map<string, RestorePoint['deactivated'][number]>([
  ['scim.user.deactivate', 'record'],
  ['account.disable', 'account'],
  ['org.user.suspend', 'directory-access'],
]);

/** What an execution took away; unknown outcomes count, for restoring what is there already does no harm. */
export function removedBy(executed: ExecutedPlan | undefined, before: AccessObservation): RestorePoint {
  const done = (executed?.operations ?? []).filter(({ outcome }) => outcome === 'applied' || outcome === 'unknown');
  const deactivated = done
    .map(({ operation }) => DEACTIVATIONS.get(operation.kind))
    .filter((state) => state !== undefined);
  const suspended = new Set(
    done
      .filter(({ operation }) => operation.kind === 'org.user.suspend')
      .map(({ operation }) => operation.input.directoryId),
  );
  const directories = before.memberships.map(({ directory }) => directory.id).filter((id) => suspended.has(id));
  const groups: RemovedGroup[] = [];
  for (const { operation } of done) {
    if (operation.kind === 'scim.group.removeMember') {
      const group = before.record?.groups.find(({ id }) => id === operation.target.id);
      if (group !== undefined) groups.push({ route: 'scim', name: group.name ?? group.id, scimGroupId: group.id });
    }
    if (operation.kind === 'org.group.removeMember') {
      const group = before.groups.find(({ id }) => id === operation.target.id);
      if (group?.directoryId !== undefined)
        groups.push({
          route: 'organization',
          name: group.name,
          orgGroupId: group.id,
          orgDirectoryId: group.directoryId,
        });
    }
  }
  return { ...subjectOf(before.identity), deactivated: [...new Set(deactivated)], directories, groups };
}

function subjectOf(identity: ResolvedIdentity | undefined): Pick<RestorePoint, 'subject'> {
  if (identity === undefined) return {};
  const { scimUserId, accountId } = identity;
  return {
    subject: {
      ...(scimUserId !== undefined && { scimUserId: scimUserId.value }),
      ...(accountId !== undefined && { accountId: accountId.value }),
    },
  };
}

/** Throws `identity_conflict` where a restore point is of another person, or nothing tells that it is of this one. */
export function refuseRestoreOfAnother({ subject }: RestorePoint, { scimUserId, accountId }: ResolvedIdentity): void {
  if (subject === undefined) return;
  const isSame =
    subject.accountId !== undefined && accountId !== undefined
      ? subject.accountId === accountId.value
      : subject.scimUserId !== undefined && subject.scimUserId === scimUserId?.value;
  if (isSame) return;
  throw new IdentityConflictError(
    'The restore point is not known to be of this person',
    [
      {
        ...(subject.scimUserId !== undefined && { scimUserId: subject.scimUserId }),
        ...(subject.accountId !== undefined && { accountId: subject.accountId }),
        foundIn: 'given',
      },
      {
        ...(scimUserId !== undefined && { scimUserId: scimUserId.value }),
        ...(accountId !== undefined && { accountId: accountId.value }),
        foundIn: scimUserId?.source ?? accountId?.source ?? 'given',
      },
    ],
    'Pass `removed` of a deprovisioning of this very person, or add the groups with manageRelationships.',
  );
}

/**
 * Makes one restore point of several, of runs that ended one person's access in parts. Pure.
 *
 * Where a deprovisioning ended as `partial` and was called again, the second `removed` has only what the second run
 * took: reactivateIdentity gives everything back from both together.
 *
 * @throws `request_invalid` when they are of different people.
 */
export function mergeRestorePoints(...points: readonly RestorePoint[]): RestorePoint {
  const subjects = points.flatMap(({ subject }) => (subject === undefined ? [] : [subject]));
  const groups = new Map(
    points.flatMap((point) =>
      point.groups.map((group) => [group.route === 'scim' ? group.scimGroupId : group.orgGroupId, group] as const),
    ),
  );
  const suspensions = points.filter(({ deactivated }) => deactivated.includes('directory-access'));
  const isEverywhere = suspensions.some(({ directories }) => directories === undefined);
  return {
    ...(subjects.length > 0 && { subject: oneSubject(subjects) }),
    deactivated: [...new Set(points.flatMap(({ deactivated }) => deactivated))],
    ...(!isEverywhere && { directories: [...new Set(suspensions.flatMap(({ directories = [] }) => directories))] }),
    groups: [...groups.values()],
  };
}

function oneSubject(subjects: readonly RestoreSubject[]): RestoreSubject {
  const accountIds = [...new Set(subjects.flatMap(({ accountId }) => accountId ?? []))];
  const scimUserIds = [...new Set(subjects.flatMap(({ scimUserId }) => scimUserId ?? []))];
  // A record that was made anew in between has another id, and the same account.
  const isOnePerson = accountIds.length === 1 || (accountIds.length === 0 && scimUserIds.length <= 1);
  if (!isOnePerson)
    throw new ProvisionerError('request_invalid', 'The restore points are of different people', {
      advice: 'Merge only what was removed of one person.',
    });
  const [accountId] = accountIds;
  const scimUserId = scimUserIds.at(-1);
  return { ...(scimUserId !== undefined && { scimUserId }), ...(accountId !== undefined && { accountId }) };
}
