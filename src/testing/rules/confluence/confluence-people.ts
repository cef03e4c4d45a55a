import type { AtlassianAccountId } from '../../../model/ids.js';
import type { Account, OrgGroup, RoleBinding } from '../../state/account-rows.js';
import type { FakeState } from '../../state/fake-state.js';
import type { Workspace } from '../../state/organization-rows.js';
import { bindingsReaching, isOrganizationAdmin, truthOf } from '../held-roles.js';
import { isActiveIn, organizationAri } from '../resources.js';
import { ORGANIZATION_ADMIN, SITE_ADMIN } from '../role-catalogue.js';
import type { FakeSite } from '../sites.js';

/** The accounts that can use Confluence, and what each is to it. */
export type ConfluencePeople = ReadonlyMap<AtlassianAccountId, ConfluenceLevel>;

/** What somebody is to Confluence. An admin has a licence too; a guest reaches single spaces only. */
export type ConfluenceLevel = 'admin' | 'user' | 'guest';

const LEVELS: ReadonlyMap<string, ConfluenceLevel> = new Map([
  ['atlassian/admin', 'admin'],
  ['atlassian/user', 'user'],
  ['atlassian/guest', 'guest'],
]);

/** The Confluence of a site. */
export function confluenceOf(site: FakeSite | undefined): Workspace | undefined {
  return site?.products.find(({ owner }) => owner === 'confluence');
}

/** Whether somebody administers the site, or the organization. */
export function isSiteAdmin(state: FakeState, { cloudId }: Workspace, accountId: AtlassianAccountId): boolean {
  if (isOrganizationAdmin(state, accountId)) return true;
  for (const { roleId, resourceId } of bindingsReaching(truthOf(state), accountId))
    if (roleId === SITE_ADMIN && resourceId === platformAri(cloudId)) return true;
  return false;
}

/** What somebody is to Confluence; `undefined` for who cannot use it. */
export function levelOf(state: FakeState, product: Workspace, account: Account): ConfluenceLevel | undefined {
  if (account.status !== 'active') return undefined;
  if (isSiteAdmin(state, product, account.accountId)) return 'admin';
  // Services are in no directory.
  if (account.type !== 'app' && !isActiveIn(state, product.orgDirectoryId, account.accountId)) return undefined;
  const levels = new Set<ConfluenceLevel>();
  for (const { roleId, resourceId } of bindingsReaching(truthOf(state), account.accountId)) {
    const level = resourceId === product.ari ? LEVELS.get(roleId) : undefined;
    if (level !== undefined) levels.add(level);
  }
  return (['admin', 'user', 'guest'] as const).find((level) => levels.has(level));
}

const PEOPLE = new WeakMap<FakeState, Map<string, { readonly version: string; readonly people: ConfluencePeople }>>();

/** The accounts that can use Confluence, and what they are to it. Kept while nothing changes. */
export function confluencePeople(state: FakeState, product: Workspace): ConfluencePeople {
  const { roleBindings, groupMembers, accounts, directoryMemberships } = state;
  const version = [roleBindings, groupMembers, accounts, directoryMemberships].map((part) => part.version).join(' ');
  const cache = PEOPLE.get(state) ?? new Map<string, { version: string; people: ConfluencePeople }>();
  PEOPLE.set(state, cache);
  const cached = cache.get(product.ari);
  if (cached?.version === version) return cached.people;
  const people = findPeople(state, product);
  cache.set(product.ari, { version, people });
  return people;
}

function findPeople(state: FakeState, product: Workspace): ConfluencePeople {
  const found = new Set<AtlassianAccountId>();
  for (const { principal } of bindingsThatLetIn(state, product)) {
    if (principal.type === 'user') found.add(principal.id);
    else for (const member of state.groupMembers.membersOf(principal.id)) found.add(member as AtlassianAccountId);
  }
  const people = new Map<AtlassianAccountId, ConfluenceLevel>();
  for (const accountId of found) {
    const account = state.accounts.get(accountId);
    const level = account && levelOf(state, product, account);
    if (level !== undefined) people.set(accountId, level);
  }
  return people;
}

/** The groups whose members have this access to the product. */
export function groupsGiving(
  state: FakeState,
  product: Workspace,
  accessType: 'user' | 'admin' | 'site-admin',
): ReadonlySet<string> {
  const gives = ({ roleId, resourceId }: RoleBinding): boolean => {
    if (resourceId !== product.ari) return accessType !== 'user';
    if (accessType === 'site-admin') return false;
    return accessType === 'admin' ? roleId === 'atlassian/admin' : LEVELS.has(roleId) && roleId !== 'atlassian/guest';
  };
  return new Set(
    bindingsThatLetIn(state, product)
      .filter((binding) => binding.principal.type === 'group' && gives(binding))
      .map(({ principal }) => principal.id),
  );
}

/** The groups of the site, by name. */
export function groupsOfSite(state: FakeState, product: Workspace): OrgGroup[] {
  return state.groups
    .findAll('directoryId', product.orgDirectoryId)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function bindingsThatLetIn(state: FakeState, product: Workspace): RoleBinding[] {
  const on = (resourceId: string): RoleBinding[] => state.roleBindings.findAll('resourceId', resourceId);
  return [
    ...on(product.ari).filter(({ roleId }) => LEVELS.has(roleId)),
    ...on(platformAri(product.cloudId)).filter(({ roleId }) => roleId === SITE_ADMIN),
    ...on(organizationAri(state)).filter(({ roleId }) => roleId === ORGANIZATION_ADMIN),
  ];
}

function platformAri(cloudId: string): string {
  return `ari:cloud:platform::site/${cloudId}`;
}
