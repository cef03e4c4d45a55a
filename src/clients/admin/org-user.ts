import type { LiteralUnion } from '../../model/literal-union.js';
import { z } from 'zod';
import type { AtlassianAccountId, OrgGroupId, ResourceAri } from '../../model/ids.js';
import type { OrgRoleId } from './org-role-id.js';
import { present } from '../../model/present.js';
import { lazySchema } from '../../model/lazy-schema.js';

/** Life of an Atlassian account: `inactive` is deactivated, `closed` is deleted for good. */
export type AccountStatus = 'active' | 'inactive' | 'closed';

/** Membership over all directories the key sees: `suspended` only if suspended in each, `no_membership` if in none. */
export type MembershipStatus = 'active' | 'suspended' | 'no_membership';

/** Account and membership in one word. `not_invited` is an active account in no directory. */
export type OrgUserStatus = 'active' | 'suspended' | 'not_invited' | 'deactivated' | 'for_deletion';

/** Whether the organization owns the email's domain, and with it the account. */
export type ClaimStatus = 'managed' | 'unmanaged';

/** A product that a person has used. It shows use, not entitlement. */
export interface ProductUse {
  readonly key?: string;
  readonly resourceId?: ResourceAri;
  /** ISO 8601 instant, up to 24 hours late. */
  readonly lastActiveAt?: string;
}

/** A group of a person, as the user search gives it with `expand: ['groups']`. */
export interface OrgUserGroup {
  /** Bare id: the answer has an ARI, and its prefix is cut off. */
  readonly id: OrgGroupId;
  readonly name?: string;
  readonly description?: string;
}

/**
 * A person as the organization sees them, managed or not.
 *
 * Everything but the account id may be missing: Atlassian leaves out what it does not know and what was not asked for.
 */
export interface OrgUser {
  readonly accountId: AtlassianAccountId;
  readonly accountType?: LiteralUnion<'atlassian'>;
  readonly accountStatus?: LiteralUnion<AccountStatus>;
  readonly membershipStatus?: LiteralUnion<MembershipStatus>;
  readonly status?: LiteralUnion<OrgUserStatus>;
  readonly claimStatus?: LiteralUnion<ClaimStatus>;
  readonly name?: string;
  readonly nickname?: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly pictureUrl?: string;
  /** The public picture. */
  readonly avatarUrl?: string;
  /** ISO 8601 instant of the first addition to any directory the key sees. */
  readonly addedToOrgAt?: string;
  /** Managed accounts only; absent when Atlassian cannot tell. */
  readonly managementSource?: LiteralUnion<'invited' | 'synced'>;
  /** Managed accounts only. */
  readonly mfaEnabled?: boolean;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly organization?: string;
  readonly location?: string;
  readonly timezone?: string;
  /** Always in the details of one user; in a search only with `expand: ['platformRoles']`. */
  readonly platformRoles?: readonly OrgRoleId[];
  /** Only with `expand: ['counts.resources']` in a search. */
  readonly resourceCount?: number;
  /** Only with `expand: ['productAccess']`. */
  readonly productAccess?: readonly ProductUse[];
  /** Only with `expand: ['groups']`; the groups within the directory that was searched. */
  readonly groups?: readonly OrgUserGroup[];
  /** In the details of one user only. */
  readonly deactivatedAt?: string;
}

const GROUP_ARI_PREFIX = 'ari:cloud:identity::group/';

/** Group lists have bare ids, while a user's groups have ARIs. */
function toGroupId(id: string): OrgGroupId {
  return (id.startsWith(GROUP_ARI_PREFIX) ? id.slice(GROUP_ARI_PREFIX.length) : id) as OrgGroupId;
}

const productUseSchema = lazySchema(() =>
  z
    .looseObject({ key: z.string().nullish(), id: z.string().nullish(), lastActiveTimestamp: z.string().nullish() })
    .transform((wire): ProductUse =>
      present({
        key: wire.key,
        resourceId: wire.id as ResourceAri | null | undefined,
        lastActiveAt: wire.lastActiveTimestamp,
      }),
    ),
);

const userGroupSchema = lazySchema(() =>
  z
    .looseObject({ id: z.string(), name: z.string().nullish(), description: z.string().nullish() })
    .transform((wire): OrgUserGroup =>
      present({ id: toGroupId(wire.id), name: wire.name, description: wire.description }),
    ),
);

/** A user of the searches, lists and details of version 2. Any member but the account id may be `null`. */
export const orgUserSchema = lazySchema(() =>
  z
    .looseObject({
      accountId: z.string(),
      accountType: z.string().nullish(),
      accountStatus: z.string().nullish(),
      membershipStatus: z.string().nullish(),
      status: z.string().nullish(),
      claimStatus: z.string().nullish(),
      name: z.string().nullish(),
      nickname: z.string().nullish(),
      email: z.string().nullish(),
      emailVerified: z.boolean().nullish(),
      picture: z.string().nullish(),
      avatar: z.string().nullish(),
      addedToOrg: z.string().nullish(),
      managementSource: z.string().nullish(),
      mfaEnabled: z.boolean().nullish(),
      jobTitle: z.string().nullish(),
      department: z.string().nullish(),
      organization: z.string().nullish(),
      location: z.string().nullish(),
      timeZone: z.string().nullish(),
      platformRoles: z.array(z.string()).nullish(),
      counts: z.looseObject({ resources: z.number().nullish() }).nullish(),
      productAccess: z.array(productUseSchema()).nullish(),
      groups: z.array(userGroupSchema()).nullish(),
      deactivatedOn: z.string().nullish(),
    })
    .transform((wire): OrgUser =>
      present({
        accountId: wire.accountId as AtlassianAccountId,
        accountType: wire.accountType,
        accountStatus: wire.accountStatus,
        membershipStatus: wire.membershipStatus,
        status: wire.status,
        claimStatus: wire.claimStatus,
        name: wire.name,
        nickname: wire.nickname,
        email: wire.email,
        emailVerified: wire.emailVerified,
        pictureUrl: wire.picture,
        avatarUrl: wire.avatar,
        addedToOrgAt: wire.addedToOrg,
        managementSource: wire.managementSource,
        mfaEnabled: wire.mfaEnabled,
        jobTitle: wire.jobTitle,
        department: wire.department,
        organization: wire.organization,
        location: wire.location,
        timezone: wire.timeZone,
        platformRoles: wire.platformRoles,
        resourceCount: wire.counts?.resources,
        productAccess: wire.productAccess,
        groups: wire.groups,
        deactivatedAt: wire.deactivatedOn,
      }),
    ),
);

/** Answer of `GET …/directories/{directoryId}/users/{accountId}`. */
export const orgUserAnswerSchema = lazySchema(() =>
  z.looseObject({ data: orgUserSchema() }).transform(({ data }) => data),
);
