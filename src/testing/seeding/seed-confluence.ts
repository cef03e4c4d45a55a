import type { AtlassianAccountId } from '../../model/ids.js';
import { confluenceOf } from '../rules/confluence/confluence-people.js';
import { addPermission } from '../rules/confluence/permission-writes.js';
import {
  assignmentsOf,
  countsPermissions,
  countsRoles,
  findSpace,
  permissionsOf,
} from '../rules/confluence/space-access.js';
import { EVERYTHING, READ, SPACE_OPERATIONS } from '../rules/confluence/space-operations.js';
import { findRole } from '../rules/confluence/space-roles.js';
import { siteAt } from '../rules/sites.js';
import type { ConfluenceSettings, SpacePrincipal, SpaceRow } from '../state/confluence-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';
import { requireAccount } from './seed-groups.js';
import { SITE_ADMINISTRATOR } from './seed-site.js';

/**
 * Who holds something in a space: an email, the name of a group, an account id, or an access class such as
 * `all-licensed-users` and `all-product-admins`.
 */
type SpaceHolder = string;

/** A space to add. Without `roles` and `permissions`, everybody with a licence works in it, as in a new one. */
export interface ConfluenceSpaceSeed {
  /** That of a personal space starts with `~`. */
  readonly key: string;
  /** Default: the key. */
  readonly name?: string;
  /** Default `global`, or `personal` by the key. */
  readonly type?: string;
  /** Default `current`. */
  readonly status?: 'current' | 'archived';
  /** Email of who made it, and so has every right in it. Default: the site's administrator, who has none by that. */
  readonly creator?: string;
  /** Whether people without an account may read it, if the site lets them in at all. Default false. */
  readonly anonymous?: boolean;
  /** Whether people without a licence may read it. Default false. */
  readonly unlicensed?: boolean;
  /** Whether the admins of Confluence run it, as in a new space. Default true; without them it is hidden from them. */
  readonly productAdmins?: boolean;
  /** For a site with roles: who has which, by the name of the role. `{ Viewer: ['berth-crew', 'rosa@acme.com'] }` */
  readonly roles?: Readonly<Record<string, readonly SpaceHolder[]>>;
  /** For a site with classic permissions. `read/space` comes with every other. */
  readonly permissions?: readonly {
    readonly holder: SpaceHolder;
    /** `read/space`, `create/page`, …, or everything. */
    readonly operations: readonly string[] | 'all';
  }[];
  /** Name of the site. Default: the first one with Confluence. */
  readonly site?: string;
}

/** What a space looks like in a test. */
export interface FakeSpaceView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  /** By holder (email, group name or access class): the name of the role. */
  readonly roles: Readonly<Record<string, string>>;
  /** By holder: `read/space`, … */
  readonly permissions: Readonly<Record<string, readonly string[]>>;
}

/** What can be changed of a site's Confluence. */
export interface ConfluenceChange extends Partial<Omit<ConfluenceSettings, 'cloudId'>> {
  /** Name of the site. Default: the first one with Confluence. */
  readonly site?: string;
}

const ACCESS_CLASSES: ReadonlySet<string> = new Set([
  'anonymous-users',
  'authenticated-users',
  'all-licensed-users',
  'all-product-admins',
  'jsm-project-admins',
]);
const FIRST_ID = 655_360;
const WORK = EVERYTHING.filter((operation) => /^(read|create|archive|export)\//u.test(operation));

/** Adds a space. Roles and permissions are kept both, whatever the mode: the mode says which of them count. */
export function addConfluenceSpace(state: FakeState, seed: ConfluenceSpaceSeed): SpaceRow {
  const { cloudId } = confluenceProduct(state, seed.site);
  if (findSpace(state, cloudId, seed.key) !== undefined)
    throw new Error(`The fake has a space ${seed.key} already, and cannot add it again`);
  const creator = seed.creator === undefined ? undefined : requireAccount(state, seed.creator).accountId;
  const space: SpaceRow = {
    id: String(FIRST_ID + Number.parseInt(state.ids.next('space').slice(-12), 16)),
    cloudId,
    key: seed.key,
    name: seed.name ?? seed.key,
    type: seed.type ?? (seed.key.startsWith('~') ? 'personal' : 'global'),
    status: seed.status ?? 'current',
    authorId: creator ?? SITE_ADMINISTRATOR,
    createdAt: state.clock.now(),
  };
  state.confluence.spaces.put(space);
  grantSeeded(state, space, seed, creator);
  return space;
}

/** Changes the Confluence of a site, such as its mode. Nobody is moved from permissions to roles by it. */
export function changeConfluence(state: FakeState, { site, ...change }: ConfluenceChange): void {
  const { cloudId } = confluenceProduct(state, site);
  state.confluence.settings.put({ ...state.confluence.settingsOf(cloudId), ...change });
}

/** Adds a role of the site's own. */
export function addConfluenceRole(
  state: FakeState,
  role: { readonly name: string; readonly permissions: readonly string[]; readonly site?: string },
): string {
  const { cloudId } = confluenceProduct(state, role.site);
  const id = state.ids.next('spaceRole');
  checkOperations(role.permissions);
  const { name, permissions } = role;
  state.confluence.roles.put({ id, cloudId, type: 'CUSTOM', name, description: name, permissions });
  return id;
}

/** A space by its key; `undefined` when there is none. */
export function spaceView(state: FakeState, key: string, site?: string): FakeSpaceView | undefined {
  const { cloudId } = confluenceProduct(state, site);
  const space = findSpace(state, cloudId, key);
  if (space === undefined) return undefined;
  const permissions: Record<string, string[]> = {};
  for (const { principal, operation } of permissionsOf(state, space.id))
    (permissions[nameOfHolder(state, principal)] ??= []).push(operation);
  const roles: Record<string, string> = {};
  for (const { principal, roleId } of assignmentsOf(state, space.id))
    roles[nameOfHolder(state, principal)] = findRole(state, cloudId, roleId)?.name ?? roleId;
  const { id, name, type, status } = space;
  return { id, key: space.key, name, type, status, roles, permissions };
}

function grantSeeded(
  state: FakeState,
  space: SpaceRow,
  seed: ConfluenceSpaceSeed,
  creator: AtlassianAccountId | undefined,
): void {
  const { mode } = state.confluence.settingsOf(space.cloudId);
  const isNew = seed.roles === undefined && seed.permissions === undefined;
  const grant = (holder: SpaceHolder, role: string, operations: readonly string[]): void => {
    if (countsRoles(mode)) assign(state, space, holder, role);
    if (countsPermissions(mode)) permit(state, space, holder, operations);
  };
  if (creator !== undefined) grant(creator, 'Admin', EVERYTHING);
  if (seed.productAdmins !== false) grant('all-product-admins', 'Admin', EVERYTHING);
  if (isNew && space.type !== 'personal') grant('all-licensed-users', 'Collaborator', WORK);
  if (seed.anonymous === true) grant('anonymous-users', 'Viewer', [READ]);
  if (seed.unlicensed === true) grant('authenticated-users', 'Viewer', [READ]);
  for (const [role, holders] of Object.entries(seed.roles ?? {}))
    for (const holder of holders) assign(state, space, holder, role);
  for (const { holder, operations } of seed.permissions ?? [])
    permit(state, space, holder, operations === 'all' ? EVERYTHING : [READ, ...operations]);
}

function assign(state: FakeState, space: SpaceRow, holder: SpaceHolder, roleName: string): void {
  const role = findRole(state, space.cloudId, roleName);
  if (role === undefined) throw new Error(`The site of ${space.key} has no role ${roleName}`);
  state.confluence.assignments.put({
    spaceId: space.id,
    principal: principalOf(state, holder),
    roleId: role.id,
  });
}

function permit(state: FakeState, space: SpaceRow, holder: SpaceHolder, operations: readonly string[]): void {
  checkOperations(operations);
  const principal = principalOf(state, holder);
  const held = permissionsOf(state, space.id)
    .filter((row) => row.principal.type === principal.type && row.principal.id === principal.id)
    .map(({ operation }) => operation);
  for (const operation of new Set(operations))
    if (!held.includes(operation)) addPermission(state, space.id, principal, operation);
}

function checkOperations(operations: readonly string[]): void {
  const unknown = operations.find((operation) => !SPACE_OPERATIONS.has(operation));
  if (unknown !== undefined) throw new Error(`Confluence has no operation ${unknown}: it has ${EVERYTHING.join(', ')}`);
}

function principalOf(state: FakeState, holder: SpaceHolder): SpacePrincipal {
  if (ACCESS_CLASSES.has(holder)) return { type: 'access-class', id: holder };
  if (state.accounts.has(holder)) return { type: 'user', id: holder };
  if (holder.includes('@')) return { type: 'user', id: requireAccount(state, holder).accountId };
  const group = state.groups.get(holder) ?? state.groups.find('name', holder.toLowerCase());
  if (group === undefined) throw new Error(`The fake has no group "${holder}" in the organization: add it first`);
  return { type: 'group', id: group.id };
}

function nameOfHolder(state: FakeState, { type, id }: SpacePrincipal): string {
  if (type === 'user') return state.accounts.get(id)?.email ?? id;
  return type === 'group' ? (state.groups.get(id)?.name ?? id) : id;
}

function confluenceProduct(state: FakeState, site: string | undefined): Workspace {
  const product =
    site === undefined
      ? [...state.workspaces.values()].find(({ owner }) => owner === 'confluence')
      : confluenceOf(siteAt(state, `https://${site}.atlassian.net`));
  if (product === undefined)
    throw new Error(`The fake has no Confluence${site === undefined ? '' : ` on ${site}`}: add it with addSite first`);
  return product;
}
