import type { AdminUser } from '../../entities/admin-entities.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { canonicalOfOrganization } from './canonical-permissions.js';
import { ProductGaps } from './gaps-of-resource.js';
import { instants, kindOf, optionalEmail } from './jira-to-oaa.js';
import { OaaBuilder } from './oaa-builder.js';
import type { Added } from './oaa-resources.js';
import type { OaaPayload, OaaPropertyTypes } from './oaa-payload.js';
import { properties } from './oaa-values.js';
import type { PeopleByAccount } from './people-by-account.js';

const USER: OaaPropertyTypes = {
  nickname: 'STRING',
  account_type: 'STRING',
  account_status: 'STRING',
  managed: 'STRING',
  membership_status: 'STRING',
  management_source: 'STRING',
  mfa_enabled: 'BOOLEAN',
  email_verified: 'BOOLEAN',
  billable: 'BOOLEAN',
  job_title: 'STRING',
  department: 'STRING',
  organization: 'STRING',
  location: 'STRING',
  time_zone: 'STRING',
  platform_roles: 'STRING_LIST',
  products_used: 'STRING_LIST',
};

/** The organization: people, groups, and the roles they have on it and on its products, which are the resources. */
export function adminToOaa(snapshot: AccessSnapshot, name: string, people: PeopleByAccount): OaaPayload {
  const { entities } = snapshot;
  const gaps = new ProductGaps(snapshot, 'admin');
  const [tenant] = entities['admin.tenant'];
  const builder = new OaaBuilder({
    name,
    type: 'Atlassian Admin',
    description: `Atlassian organization${tenant === undefined ? '' : ` ${tenant.name ?? tenant.id}`}`,
    userProperties: USER,
    resourceProperties: { Product: { product: 'STRING' } },
  });

  for (const user of entities['admin.user']) addUser(builder, user, people);
  for (const { id, name: groupName, managedBy } of entities['admin.group'])
    builder.group(id, groupName, properties({ scim_id: people.scimGroupOf(id), managed_by: managedBy }));
  for (const { id, groupIds = [] } of entities['admin.user'])
    for (const groupId of groupIds) builder.member(id, groupId);
  // A record of the directory without an account is nobody yet, and somebody to come.
  for (const record of entities['scim.user'])
    if (record.accountId === undefined)
      builder.user(`scim:${record.id}`, {
        names: [record.displayName, record.userName],
        emails: [record.email],
        ...optionalEmail(record.email),
        is_active: record.active,
        custom_properties: properties({ scim_id: record.id, external_id: record.externalId }),
      });
  addRoles(builder, snapshot, gaps);
  return builder.build(snapshot, gaps.all);
}

function addUser(builder: OaaBuilder, user: AdminUser, people: PeopleByAccount): void {
  builder.user(user.id, {
    names: [user.name, user.nickname],
    emails: people.emailsOf(user.id),
    ...optionalEmail(user.email ?? people.emailsOf(user.id)[0]),
    ...(user.accountStatus !== undefined && {
      is_active: user.accountStatus === 'active' && user.membershipStatus !== 'suspended',
    }),
    ...kindOf(user.accountType),
    ...instants({
      created_at: user.addedAt,
      last_login_at: lastOf(user.productAccess?.map(({ lastActiveAt }) => lastActiveAt)),
      deactivated_at: user.deactivatedAt,
    }),
    custom_properties: properties({
      ...people.scimOf(user.id),
      nickname: user.nickname,
      account_type: user.accountType,
      account_status: user.accountStatus,
      managed: user.userType,
      membership_status: user.membershipStatus,
      management_source: user.managementSource,
      mfa_enabled: user.mfaEnabled,
      email_verified: user.emailVerified,
      billable: user.billable,
      job_title: user.jobTitle,
      department: user.department,
      organization: user.organization,
      location: user.location,
      time_zone: user.timezone,
      platform_roles: user.platformRoles,
      products_used: user.productAccess?.flatMap(({ product }) => product ?? []),
    }),
  });
}

function lastOf(texts: readonly (string | undefined)[] = []): string | undefined {
  return texts
    .filter((text) => text !== undefined)
    .toSorted()
    .at(-1);
}

function addRoles(builder: OaaBuilder, { entities }: AccessSnapshot, gaps: ProductGaps): void {
  const products = new Map<string, Added>();

  for (const { principal, role, resourceId, resourceOwner, obtained } of entities['admin.roleAssignment']) {
    builder.role(role, role);
    builder.include(role, builder.permission(role, canonicalOfOrganization(role)));
    if (resourceId === undefined) {
      builder.assign(principal, role, 'application', obtained);
      continue;
    }
    const product =
      products.get(resourceId) ??
      builder.resource(
        { type: 'Product', id: resourceId, name: resourceOwner ?? resourceId },
        properties({ product: resourceOwner, gaps: gaps.about('admin.roleAssignment', resourceId) }),
      );
    products.set(resourceId, product);
    builder.assign(principal, role, product, obtained);
  }
}
