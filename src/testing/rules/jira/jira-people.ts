import type { AtlassianAccountId, OrgDirectoryId } from '../../../model/ids.js';
import type { Account, OrgGroup } from '../../state/account-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import type { Workspace } from '../../state/organization-rows.js';
import { bindingsReaching, isOrganizationAdmin, truthOf } from '../held-roles.js';
import { cachedIds } from '../listing-cache.js';
import { isActiveIn, resourcesReaching } from '../resources.js';
import { isBillable, SITE_ADMIN } from '../role-catalogue.js';
import type { FakeSite } from '../sites.js';

/** Roles on a Jira product that administer Jira. */
const PRODUCT_ADMIN = 'atlassian/admin';

/** The Jira products of a site. */
export function jiraProducts(site: FakeSite): Workspace[] {
  return site.products.filter(({ owner }) => owner.startsWith('jira-') && owner !== 'jira-admin');
}

/** The directory with the people and groups of the Jira of a site; `undefined` for a site without Jira. */
export function jiraDirectory(site: FakeSite): OrgDirectoryId | undefined {
  return jiraProducts(site)[0]?.orgDirectoryId;
}

/** Ids of the users of a site: everybody in its directory, in the order they came, and the services at its work. */
export function jiraUserIds(state: FakeState, site: FakeSite): readonly string[] {
  const directoryId = jiraDirectory(site);
  const { accounts, directoryMemberships, roleBindings } = state;
  const version = accounts.version + directoryMemberships.version + roleBindings.version;
  return cachedIds(state, `jira.users ${site.cloudId}`, version, () => [
    ...directoryMemberships.findAll('directoryId', directoryId ?? '').map(({ accountId }) => accountId),
    ...[...accounts.values()]
      .filter((account) => account.type === 'app' && isJiraUser(state, site, account))
      .filter(({ accountId }) => directoryId === undefined || state.membership(directoryId, accountId) === undefined)
      .map(({ accountId }) => accountId),
  ]);
}

/** Whether Jira knows the account: it is in the directory of the site, or is a service with a role there. */
function isJiraUser(state: FakeState, site: FakeSite, { accountId, type }: Account): boolean {
  const directoryId = jiraDirectory(site);
  if (directoryId !== undefined && state.membership(directoryId, accountId) !== undefined) return true;
  return type === 'app' && (isSiteAdmin(state, site, accountId) || applicationsOf(state, site, accountId).length > 0);
}

/** The user of an id, where Jira knows one. */
export function findJiraUser(state: FakeState, site: FakeSite, accountId: string): Account | undefined {
  const account = state.accounts.get(accountId);
  return account !== undefined && isJiraUser(state, site, account) ? account : undefined;
}

/** `active` of a user: false for deactivated, suspended and deleted alike. */
export function isActiveUser(state: FakeState, site: FakeSite, { accountId, type, status }: Account): boolean {
  const directoryId = jiraDirectory(site);
  if (directoryId !== undefined && isActiveIn(state, directoryId, accountId)) return true;
  return type === 'app' && status === 'active';
}

/** Whether the account administers the site, and so its groups. */
export function isSiteAdmin(state: FakeState, site: FakeSite, accountId: AtlassianAccountId): boolean {
  if (isOrganizationAdmin(state, accountId)) return true;
  const resource = `ari:cloud:platform::site/${site.cloudId}`;
  for (const { roleId, resourceId } of bindingsReaching(truthOf(state), accountId))
    if (roleId === SITE_ADMIN && resourceId === resource) return true;
  return false;
}

/** Whether the account has the global permission Administer Jira. */
export function isJiraAdmin(state: FakeState, site: FakeSite, accountId: AtlassianAccountId): boolean {
  return isSiteAdmin(state, site, accountId) || rolesOn(state, site, accountId).has(PRODUCT_ADMIN);
}

/** Whether the account can use Jira. */
export function hasJira(state: FakeState, site: FakeSite, accountId: AtlassianAccountId): boolean {
  return isJiraAdmin(state, site, accountId) || applicationsOf(state, site, accountId).length > 0;
}

/** The applications of a user: the Jira products of the site on which they hold a role that takes a seat. */
export function applicationsOf(state: FakeState, site: FakeSite, accountId: AtlassianAccountId): Workspace[] {
  const held = [...bindingsReaching(truthOf(state), accountId)].filter(({ roleId }) => isBillable(roleId));
  return jiraProducts(site).filter((product) => {
    const resources = resourcesReaching(product);
    return held.some(({ resourceId }) => resources.includes(resourceId));
  });
}

/** The groups that give an application to their members. */
export function groupsOfApplication(state: FakeState, product: Workspace): OrgGroup[] {
  const ids = new Set(
    resourcesReaching(product)
      .flatMap((resourceId) => state.roleBindings.findAll('resourceId', resourceId))
      .flatMap(({ principal, roleId }) => (principal.type === 'group' && isBillable(roleId) ? [principal.id] : [])),
  );
  return [...ids].flatMap((id) => state.groups.get(id) ?? []);
}

function rolesOn(state: FakeState, site: FakeSite, accountId: AtlassianAccountId): Set<string> {
  const resources = new Set(jiraProducts(site).flatMap((product) => resourcesReaching(product)));
  const roles = new Set<string>();
  for (const { roleId, resourceId } of bindingsReaching(truthOf(state), accountId))
    if (resources.has(resourceId)) roles.add(roleId);
  return roles;
}
