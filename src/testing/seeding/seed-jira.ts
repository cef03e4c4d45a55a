import type { AtlassianAccountId } from '../../model/ids.js';
import {
  actorsOf,
  addActor,
  addGrant,
  addProject,
  addRole,
  addScheme,
  findProject,
  rolesOfProject,
} from '../rules/jira/jira-projects.js';
import type { RolePrincipal } from '../state/account-rows.js';
import type { FakeState } from '../state/fake-state.js';
import type { JiraHolder, JiraProjectRow, JiraSchemeRow } from '../state/jira-rows.js';
import { requireAccount } from './seed-groups.js';

/** Somebody to give something in Jira: `user:<email>` or `group:<name>`. */
export type JiraPrincipalRef = `user:${string}` | `group:${string}`;

/** A project to add. */
export interface JiraProjectSeed {
  readonly key: string;
  /** Default: the key. */
  readonly name?: string;
  /** Name of the site. Default: the first with Jira; without one, `acme` with `jira-software`. */
  readonly site?: string;
  /** `classic` (default) is company-managed, `next-gen` team-managed: with roles and a permission scheme of its own. */
  readonly style?: 'classic' | 'next-gen';
  /** Default `software`. */
  readonly type?: 'software' | 'service_desk' | 'business' | 'product_discovery';
  /**
   * Who holds which role, by its name. A company-managed project takes any name: a role that the site does not have is
   * made. A team-managed one has Administrator, Member and Viewer.
   */
  readonly roles?: Readonly<Record<string, readonly JiraPrincipalRef[]>>;
  /** Name of a permission scheme, of a company-managed project. Default: the one that every site has. */
  readonly permissionScheme?: string;
  /** Of a team-managed project: whether only those with a role in it see it. Default false. */
  readonly private?: boolean;
  /** Email of its lead. */
  readonly lead?: string;
  readonly category?: string;
  readonly description?: string;
  readonly url?: string;
  readonly archived?: boolean;
}

/** A permission scheme to add. */
export interface JiraPermissionSchemeSeed {
  readonly name: string;
  readonly description?: string;
  /** Name of the site. Default: the first with Jira. */
  readonly site?: string;
  /**
   * Holders by permission: `user:<email>`, `group:<name>`, `projectRole:<name>`, `applicationRole:<key>`, or a word of
   * Jira: `anyone`, `applicationRole` (any logged-in user), `projectLead`, `reporter`, `assignee`.
   */
  readonly grants?: Readonly<Record<string, readonly string[]>>;
}

/** Adds a project to a site that has Jira. */
export function seedProject(state: FakeState, cloudId: string, seed: JiraProjectSeed): JiraProjectRow {
  if (findProject(state, cloudId, seed.key) !== undefined)
    throw new Error(`The fake has a Jira project ${seed.key} already`);
  const { style = 'classic', roles = {} } = seed;
  if (style === 'classic')
    for (const name of Object.keys(roles)) if (!hasRole(state, cloudId, name)) addRole(state, { cloudId, name });

  const project = addProject(state, {
    cloudId,
    key: seed.key,
    name: seed.name ?? seed.key,
    typeKey: seed.type ?? 'software',
    style,
    isPrivate: seed.private ?? false,
    description: seed.description ?? '',
    archived: seed.archived ?? false,
    ...(seed.url !== undefined && { url: seed.url }),
    ...(seed.category !== undefined && { category: seed.category }),
    ...(seed.lead !== undefined && { leadId: requireAccount(state, seed.lead).accountId }),
    ...(seed.permissionScheme !== undefined && { schemeId: requireScheme(state, cloudId, seed.permissionScheme).id }),
  });
  for (const [name, holders] of Object.entries(roles)) {
    const role = rolesOfProject(state, project).find((one) => one.name === name);
    if (role === undefined) throw new Error(`The project ${seed.key} has no role "${name}"`);
    for (const holder of holders) addActor(state, project.id, role.id, principalOf(state, holder));
  }
  return project;
}

/** Adds a permission scheme with its grants. */
export function seedScheme(state: FakeState, cloudId: string, seed: JiraPermissionSchemeSeed): JiraSchemeRow {
  const scheme = addScheme(state, { cloudId, name: seed.name, description: seed.description ?? '' });
  for (const [permission, holders] of Object.entries(seed.grants ?? {}))
    for (const holder of holders) addGrant(state, scheme.id, permission, holderOf(state, cloudId, holder));
  return scheme;
}

/** The account or the group that a reference names. */
function principalOf(state: FakeState, ref: string): RolePrincipal {
  const colon = ref.indexOf(':');
  const name = ref.slice(colon + 1);
  if (ref.startsWith('user:')) {
    const accountId = state.accounts.has(name) ? (name as AtlassianAccountId) : requireAccount(state, name).accountId;
    return { type: 'user', id: accountId };
  }
  const group = ref.startsWith('group:') ? state.groups.find('name', name.toLowerCase()) : undefined;
  if (group === undefined)
    throw new Error(`The fake has nobody "${ref}": write user:<email> or group:<name>, and add it first`);
  return { type: 'group', id: group.id };
}

function holderOf(state: FakeState, cloudId: string, ref: string): JiraHolder {
  if (ref.startsWith('user:') || ref.startsWith('group:')) {
    const { type, id } = principalOf(state, ref);
    return { type, value: id };
  }
  const [type = '', value] = ref.split(':');
  if (type !== 'projectRole' || value === undefined) return { type, ...(value !== undefined && { value }) };
  const role = state.jira.roles.findAll('cloudId', cloudId).find(({ name }) => name === value);
  return { type, value: (role ?? addRole(state, { cloudId, name: value })).id };
}

function hasRole(state: FakeState, cloudId: string, name: string): boolean {
  return state.jira.roles
    .findAll('cloudId', cloudId)
    .some((role) => role.projectId === undefined && role.name === name);
}

function requireScheme(state: FakeState, cloudId: string, name: string): JiraSchemeRow {
  const scheme = state.jira.schemes.findAll('cloudId', cloudId).find((one) => one.name === name);
  if (scheme === undefined) throw new Error(`The fake has no permission scheme "${name}": add it first`);
  return scheme;
}

/** A project with who holds its roles, as a plain copy. */
export interface FakeJiraProjectView {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Who holds which role: `user:<email>` and `group:<name>`, sorted, by the name of the role. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Name of the permission scheme. */
  readonly permissionScheme: string;
  /** Holders by permission, sorted: `projectRole:Administrators`, `applicationRole`, `user:<email>`, `group:<name>`, … */
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

/** Copies a project for a test to look at. */
export function projectView(state: FakeState, cloudId: string, key: string): FakeJiraProjectView | undefined {
  const project = findProject(state, cloudId, key);
  if (project === undefined) return undefined;
  const grants: Record<string, string[]> = {};
  for (const { permission, holder } of state.jira.grants.findAll('schemeId', project.schemeId))
    grants[permission] = [...(grants[permission] ?? []), holderRef(state, holder)].sort();
  return {
    id: project.id,
    key: project.key,
    name: project.name,
    roles: Object.fromEntries(
      rolesOfProject(state, project)
        .map(
          ({ id, name }) =>
            [
              name,
              actorsOf(state, project.id, id)
                .map((actor) => refOf(state, actor.principal))
                .sort(),
            ] as const,
        )
        .filter(([, holders]) => holders.length > 0),
    ),
    permissionScheme: state.jira.schemes.get(project.schemeId)?.name ?? '',
    grants,
  };
}

function holderRef(state: FakeState, { type, value }: JiraHolder): string {
  if (value === undefined) return type;
  if (type === 'user' || type === 'group') return refOf(state, { type, id: value } as RolePrincipal);
  return `${type}:${type === 'projectRole' ? (state.jira.roles.get(value)?.name ?? value) : value}`;
}

function refOf(state: FakeState, { type, id }: RolePrincipal): string {
  const name = type === 'user' ? state.accounts.get(id)?.email : state.groups.get(id)?.name;
  return `${type}:${name ?? id}`;
}
