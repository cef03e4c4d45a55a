import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { QueryValue } from '../../http/transport.js';
import type { OrgDirectoryId, ResourceAri } from '../../model/ids.js';
import type { FilterRoleId, OrgRoleId } from './org-role-id.js';
import type { MembershipStatus } from './org-user.js';
import { present } from '../../model/present.js';
import { RequestLimits } from './request-limits.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Which role assignments to read. */
export interface RoleAssignmentFilter {
  /** 1 to 10. */
  readonly directoryIds?: readonly OrgDirectoryId[] | undefined;
  /** 1 to 10, such as `jira-software` or `confluence`. */
  readonly resourceOwners?: readonly string[] | undefined;
  /** 1 to 20. */
  readonly resourceIds?: readonly ResourceAri[] | undefined;
  /** 1 to 10. */
  readonly roleIds?: readonly FilterRoleId[] | undefined;
  /** Rows in one page, 1 to 100; Atlassian takes 20 unless given. */
  readonly limit?: number | undefined;
}

/** How a person came to a role: given to them, through a group, or derived by Atlassian. */
export type RoleAssignmentMethod = 'direct' | 'group_direct' | 'inferred';

/** One role of a person, and every way in which they hold it. */
export interface HeldRole {
  readonly role: OrgRoleId;
  /** Empty when the answer told no way. */
  readonly methods: readonly LiteralUnion<RoleAssignmentMethod>[];
}

/** What one person holds on one resource. */
export interface UserRoleAssignment {
  /** Absent for roles on the platform itself. */
  readonly directoryId?: OrgDirectoryId;
  /** Absent for roles on the platform itself. */
  readonly userDirectoryStatus?: LiteralUnion<MembershipStatus>;
  readonly resourceOwner?: string;
  readonly resourceId?: ResourceAri;
  /** Absent where Atlassian did not say. */
  readonly roleAssignments?: readonly HeldRole[];
}

/** What one group gives to its members on one resource. */
export interface GroupRoleAssignment {
  readonly resourceId?: ResourceAri;
  readonly resourceOwner?: string;
  /** The role that Atlassian gives by default on this resource. */
  readonly defaultRole?: OrgRoleId;
  /** Absent where Atlassian did not say. */
  readonly roles?: readonly OrgRoleId[];
}

const heldRoleSchema = lazySchema(() =>
  z
    .looseObject({ role: z.string(), roleAssignmentMethods: z.array(z.string()).nullish() })
    .transform((wire): HeldRole => ({ role: wire.role, methods: wire.roleAssignmentMethods ?? [] })),
);

/**
 * One row of a person's role assignments. Answers from before August 2026 have `roles` alone, and one with
 * neither does not say that nothing is held.
 */
export const userRoleAssignmentSchema = lazySchema(() =>
  z
    .looseObject({
      directoryId: z.string().nullish(),
      userDirectoryStatus: z.string().nullish(),
      resourceOwner: z.string().nullish(),
      resourceId: z.string().nullish(),
      roles: z.array(z.string()).nullish(),
      roleAssignments: z.array(heldRoleSchema()).nullish(),
    })
    .transform((wire): UserRoleAssignment => {
      const held = wire.roleAssignments ?? [];
      const known = new Set<string>(held.map(({ role }) => role));
      const without = (wire.roles ?? []).filter((role) => !known.has(role)).map((role) => ({ role, methods: [] }));
      return {
        ...present({
          directoryId: wire.directoryId as OrgDirectoryId | null | undefined,
          userDirectoryStatus: wire.userDirectoryStatus,
          resourceOwner: wire.resourceOwner,
          resourceId: wire.resourceId as ResourceAri | null | undefined,
        }),
        ...(Array.isArray(wire.roles ?? wire.roleAssignments) && { roleAssignments: [...held, ...without] }),
      };
    }),
);

/** One row of a group's role assignments. */
export const groupRoleAssignmentSchema = lazySchema(() =>
  z
    .looseObject({
      resourceId: z.string().nullish(),
      resourceOwner: z.string().nullish(),
      defaultRole: z.string().nullish(),
      roles: z.array(z.string()).nullish(),
    })
    .transform((wire): GroupRoleAssignment => ({
      ...present({
        resourceId: wire.resourceId as ResourceAri | null | undefined,
        resourceOwner: wire.resourceOwner,
        defaultRole: wire.defaultRole,
        roles: wire.roles,
      }),
    })),
);

/** Refuses a filter that Atlassian would refuse, and gives the query of one it takes. */
export function checkRoleAssignmentFilter(
  operation: string,
  { directoryIds, resourceOwners, resourceIds, roleIds, limit }: RoleAssignmentFilter,
): Record<string, QueryValue> {
  new RequestLimits(operation)
    .count('directoryIds', directoryIds, 10)
    .count('resourceOwners', resourceOwners, 10)
    .count('resourceIds', resourceIds, 20)
    .count('roleIds', roleIds, 10)
    .range('limit', limit, 1, 100);
  return { directoryIds, resourceOwners, resourceIds, roleIds, limit };
}
