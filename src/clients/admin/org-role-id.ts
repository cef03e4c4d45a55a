import type { LiteralUnion } from '../../model/literal-union.js';

/** A role on a product that a person can be given directly. `atlassian/org-admin` takes no resource. */
export type UserRoleId =
  | 'atlassian/user'
  | 'atlassian/user-access-admin'
  | 'atlassian/admin'
  | 'atlassian/guest'
  | 'atlassian/contributor'
  | 'atlassian/customer'
  | 'atlassian/basic'
  | 'atlassian/stakeholder'
  | 'atlassian/site-admin'
  | 'atlassian/org-admin';

/** Administration of the whole organization. Where a product is named with it, Atlassian ignores the product. */
export const ORG_ADMIN = 'atlassian/org-admin';

/** A role that is held on one product, and on nothing else. */
export type ProductRoleId = Exclude<UserRoleId, OrganizationRoleId>;

/** A role on a product that a group can give to its members. */
export type GroupRoleId =
  | 'atlassian/user'
  | 'atlassian/user-access-admin'
  | 'atlassian/admin'
  | 'atlassian/guest'
  | 'atlassian/contributor'
  | 'atlassian/customer'
  | 'atlassian/basic'
  | 'atlassian/stakeholder'
  | 'atlassian/viewer';

/** A role that an invitation can give. */
export type InviteRoleId = Exclude<GroupRoleId, 'atlassian/user-access-admin'>;

/** A role on the organization as a whole. */
export type OrganizationRoleId = 'atlassian/org-admin';

/** A role that the filters of searches, lists and counts know. `atlassian/viewer` is not among them. */
export type FilterRoleId = UserRoleId | 'atlassian/ai-access';

/** A role as an answer names it: the known ones, and whatever Atlassian adds. */
export type OrgRoleId = LiteralUnion<UserRoleId | GroupRoleId | FilterRoleId>;
