import type { AtlassianAccountId, ScimUserId } from '../../../model/ids.js';
import type { AdminRoleAssignment, AdminUser, ScimRecord } from '../../entities/admin-entities.js';
import type { EntityOf } from '../../entities/entity.js';
import type { EntityType } from '../../entities/entity-type.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import type { AuditTrail, ChangedPerson } from './audit-trail.js';
import * as causes from './change-causes.js';
import type { EntitiesDiff } from './entity-diff.js';
import type { AttributeDifference, ProvisioningChange } from './snapshot-diff.js';

/** What is told of a change before it is asked who made it. */
type Told = Omit<ProvisioningChange, 'origin' | 'auditEventId' | 'accountId' | 'scimUserId'>;

/** What an operation of the SDK may write; the rest of a record is Atlassian's, or is told as a membership. */
const WRITTEN = ['userName', 'externalId', 'email', 'displayName', 'accountId'] as const;

/** Picks from what differs the changes that operations of the SDK make, but for memberships, and tells who made them. */
export function diffProvisioning(
  before: AccessSnapshot,
  after: AccessSnapshot,
  entities: Pick<EntitiesDiff, 'added' | 'removed' | 'changed'>,
  trail: AuditTrail | undefined,
): ProvisioningChange[] {
  const changes: ProvisioningChange[] = [];
  const tell = (person: ChangedPerson, told: Told, cause: causes.ChangeCauses): void => {
    changes.push({
      ...told,
      ...(person.accountId !== undefined && { accountId: person.accountId as AtlassianAccountId }),
      ...(person.scimUserId !== undefined && { scimUserId: person.scimUserId as ScimUserId }),
      ...(trail?.originOf(person, cause) ?? { origin: 'unknown' }),
    });
  };

  for (const { entity, certain } of entities.added) {
    if (entity.type === 'scim.user')
      tell(personOf(entity), { change: 'record-created', certain }, causes.RECORD_CREATED);
    if (entity.type === 'admin.roleAssignment') tellRole('role-granted', entity, certain);
  }
  for (const { entity, certain } of entities.removed) {
    if (entity.type === 'scim.user')
      tell(personOf(entity), { change: 'record-deleted', certain }, causes.RECORD_DELETED);
    if (entity.type === 'admin.roleAssignment') tellRole('role-revoked', entity, certain);
  }

  const records = pairsOf('scim.user');
  const users = pairsOf('admin.user');
  const assignments = pairsOf('admin.roleAssignment');
  for (const { type, id, attributes } of entities.changed) {
    const differing = new Map(attributes.map((difference) => [difference.attribute, difference]));
    if (type === 'scim.user') withPair(records(id), (_earlier, later) => tellRecord(later, differing));
    if (type === 'admin.user') withPair(users(id), (earlier, later) => tellUser(earlier, later, differing));
    if (type === 'admin.roleAssignment' && differing.has('obtained'))
      withPair(assignments(id), (earlier, later) => {
        if (isHeldDirectly(earlier) === isHeldDirectly(later)) return;
        tellRole(
          isHeldDirectly(later) ? 'role-granted' : 'role-revoked',
          isHeldDirectly(later) ? later : earlier,
          true,
        );
      });
  }
  return changes;

  /** Roles that come of a group alone follow from a membership, and are told as that. */
  function tellRole(change: 'role-granted' | 'role-revoked', entity: AdminRoleAssignment, certain: boolean): void {
    const { principal, role, resourceId, obtained } = entity;
    const isDirect = obtained.includes('direct');
    if (principal.type !== 'account' || (!isDirect && obtained.length > 0)) return;
    const cause = change === 'role-granted' ? causes.roleGranted : causes.roleRevoked;
    tell(
      { accountId: principal.id },
      { change, role, ...(resourceId !== undefined && { resourceId }), certain },
      cause(resourceId, role, isDirect),
    );
  }

  function tellRecord(later: ScimRecord, differing: ReadonlyMap<string, AttributeDifference>): void {
    const active = differing.get('active');
    if (active !== undefined)
      tell(
        personOf(later),
        { change: later.active ? 'record-activated' : 'record-deactivated', certain: true },
        later.active ? causes.RECORD_ACTIVATED : causes.RECORD_DEACTIVATED,
      );
    for (const attribute of WRITTEN) {
      const difference = differing.get(attribute);
      if (difference === undefined) continue;
      const { from, to } = difference;
      const told = { change: 'record-updated', attribute, certain: true } as const;
      tell(
        personOf(later),
        { ...told, ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
        causes.recordUpdated(attribute, to),
      );
    }
  }

  function tellUser(earlier: AdminUser, later: AdminUser, differing: ReadonlyMap<string, AttributeDifference>): void {
    const person = { accountId: later.id };
    const turned = (attribute: string, to: unknown): boolean => {
      const difference = differing.get(attribute);
      return difference?.from !== undefined && difference.to === to;
    };
    const isManaged = later.userType === undefined ? undefined : later.userType === 'managed';
    const isScheduled = turned('status', 'for_deletion');
    const isCancelled = differing.get('status')?.from === 'for_deletion' && later.accountStatus !== 'closed';
    if (isScheduled) tell(person, { change: 'deletion-scheduled', certain: true }, causes.DELETION_SCHEDULED);
    if (isCancelled) tell(person, { change: 'deletion-cancelled', certain: true }, causes.DELETION_CANCELLED);
    // A deletion that is scheduled makes the account inactive, and one that is cancelled makes it active.
    if (turned('accountStatus', 'inactive') && !isScheduled)
      tell(person, { change: 'account-disabled', certain: true }, causes.accountDisabled(isManaged));
    if (turned('accountStatus', 'active') && !isCancelled && earlier.accountStatus === 'inactive')
      tell(person, { change: 'account-enabled', certain: true }, causes.accountEnabled(isManaged));
    if (turned('membershipStatus', 'suspended'))
      tell(person, { change: 'access-suspended', certain: true }, causes.ACCESS_SUSPENDED);
    if (turned('membershipStatus', 'active') && earlier.membershipStatus === 'suspended')
      tell(person, { change: 'access-restored', certain: true }, causes.ACCESS_RESTORED);
  }

  /** Finds an entity of both snapshots by its id. The index is made at the first question. */
  function pairsOf<Type extends EntityType>(
    type: Type,
  ): (id: string) => readonly [EntityOf<Type> | undefined, EntityOf<Type> | undefined] {
    let maps: readonly ReadonlyMap<string, EntityOf<Type>>[] | undefined;
    return (id) => {
      maps ??= [before, after].map(
        ({ entities: { [type]: list } }) => new Map((list as readonly EntityOf<Type>[]).map((one) => [one.id, one])),
      );
      return [maps[0]?.get(id), maps[1]?.get(id)];
    };
  }
}

function withPair<Item>(
  [earlier, later]: readonly [Item | undefined, Item | undefined],
  use: (earlier: Item, later: Item) => void,
): void {
  if (earlier !== undefined && later !== undefined) use(earlier, later);
}

function personOf({ id, accountId }: ScimRecord): ChangedPerson {
  return { scimUserId: id, accountId };
}

function isHeldDirectly({ obtained }: AdminRoleAssignment): boolean {
  return obtained.includes('direct');
}
