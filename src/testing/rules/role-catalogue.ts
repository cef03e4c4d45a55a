/** Where a role may be named. */
export type RolePlace = 'filter' | 'group' | 'invite' | 'platform' | 'user';

interface RoleFacts {
  /** Whether holding it takes a seat of the product's licence. */
  readonly billable: boolean;
  readonly places: readonly RolePlace[];
  /** Owners of the products that know the role; absent for every product. */
  readonly owners?: readonly string[];
}

const PRODUCT: readonly RolePlace[] = ['user', 'group', 'invite', 'filter'];

const ROLES: ReadonlyMap<string, RoleFacts> = new Map([
  ['atlassian/user', { billable: true, places: PRODUCT }],
  ['atlassian/admin', { billable: true, places: PRODUCT }],
  ['atlassian/guest', { billable: false, places: PRODUCT, owners: ['confluence'] }],
  ['atlassian/customer', { billable: false, places: PRODUCT, owners: ['jira-servicedesk'] }],
  ['atlassian/contributor', { billable: false, places: PRODUCT }],
  ['atlassian/basic', { billable: false, places: PRODUCT }],
  ['atlassian/stakeholder', { billable: false, places: PRODUCT, owners: ['jira-servicedesk'] }],
  ['atlassian/viewer', { billable: false, places: ['group', 'invite'] }],
  ['atlassian/user-access-admin', { billable: false, places: ['user', 'group', 'filter', 'platform'] }],
  ['atlassian/site-admin', { billable: false, places: ['user', 'filter', 'platform'] }],
  ['atlassian/org-admin', { billable: false, places: ['user', 'filter', 'platform'] }],
  ['atlassian/ai-access', { billable: false, places: ['filter', 'platform'] }],
]);

/** The role that administers the organization: it belongs to no product, and its resource is ignored. */
export const ORGANIZATION_ADMIN = 'atlassian/org-admin';

/** The role that administers a site. */
export const SITE_ADMIN = 'atlassian/site-admin';

/** Whether an operation of that place takes this role. Role ids are whole: a bare `user` is another string. */
export function isRoleAt(place: RolePlace, role: string): boolean {
  return ROLES.get(role)?.places.includes(place) ?? false;
}

/** Whether the role takes a seat. A role that is not known does not. */
export function isBillable(role: string): boolean {
  return ROLES.get(role)?.billable ?? false;
}

/** Whether the product of that owner knows the role; the umbrella `jira` knows those of every Jira product. */
export function isRoleOfOwner(role: string, owner: string): boolean {
  const owners = ROLES.get(role)?.owners;
  if (owners === undefined) return true;
  return owners.includes(owner) || (owner === 'jira' && owners.some((known) => known.startsWith('jira-')));
}
