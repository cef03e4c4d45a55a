import fc from 'fast-check';
import type { Entity } from '../entities/entity.js';
import type { Principal } from '../entities/principal.js';
import { ACCESS_LEVELS, type AccessLevel } from './access-level.js';
import type { ResourceRef } from './resources.js';
import { account, entity, group, level, permission, role, scheme } from './snapshot.fixture.js';

export const PEOPLE = ['p0', 'p1', 'p2', 'p3'];
export const GROUPS = ['g0', 'g1', 'g2'];
const ROLES = ['r0', 'r1'];
const SCHEMES = ['s0', 's1'];
const JIRA_PERMISSIONS: Record<string, AccessLevel> = {
  BROWSE_PROJECTS: 'read',
  CREATE_ISSUES: 'create',
  EDIT_ISSUES: 'write',
  DELETE_ISSUES: 'delete',
  ADMINISTER_PROJECTS: 'admin',
};
const SPACE_PERMISSIONS: Record<string, AccessLevel> = {
  'read/space': 'read',
  'create/comment': 'create',
  'delete/page': 'delete',
  'administer/space': 'admin',
};
const BITBUCKET_LEVELS: Record<string, readonly AccessLevel[]> = {
  read: ['read'],
  write: ['read', 'create', 'write'],
  admin: ACCESS_LEVELS,
};

/** A small organization in which everything was read. */
export interface World {
  readonly inactive: readonly string[];
  readonly suspended: readonly string[];
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly licensedGroups: readonly string[];
  readonly projects: readonly {
    readonly id: string;
    readonly scheme: string;
    readonly lead: string;
    readonly archived: boolean;
  }[];
  readonly actors: readonly { readonly project: string; readonly role: string; readonly actor: Principal }[];
  readonly schemeGrants: readonly {
    readonly scheme: string;
    readonly permission: string;
    readonly holder: Principal;
  }[];
  readonly spaceGrants: readonly { readonly space: string; readonly permission: string; readonly holder: Principal }[];
  readonly publicSpaces: readonly string[];
  readonly repositories: readonly { readonly id: string; readonly project: string; readonly public: boolean }[];
  readonly levels: readonly {
    readonly on: 'project' | 'repository' | 'workspace';
    readonly resource: string;
    readonly level: string;
    readonly holder: Principal;
  }[];
  readonly admins: readonly { readonly on: 'jira' | 'confluence' | 'organization'; readonly holder: Principal }[];
}

const person = fc.constantFrom(...PEOPLE);
const named = fc.oneof(person.map(account), fc.constantFrom(...GROUPS).map(group));
const key = <Value>(record: Record<string, Value>) => fc.constantFrom(...Object.keys(record));
export const some = <Value>(one: fc.Arbitrary<Value>, maxLength = 6) => fc.array(one, { maxLength });
const wildcard = fc.constantFrom<Principal>({ type: 'anonymous' }, { type: 'authenticated' }, { type: 'licensed' });

export const worlds: fc.Arbitrary<World> = fc.record({
  inactive: fc.subarray(PEOPLE, { maxLength: 1 }),
  suspended: fc.subarray(PEOPLE, { maxLength: 1 }),
  members: fc.record(Object.fromEntries(GROUPS.map((id) => [id, fc.subarray(PEOPLE)]))),
  licensedGroups: fc.subarray(GROUPS),
  projects: fc.tuple(
    ...['j0', 'j1'].map((id) =>
      fc.record({
        id: fc.constant(id),
        scheme: fc.constantFrom(...SCHEMES),
        lead: person,
        archived: fc.constantFrom(false, false, true),
      }),
    ),
  ),
  actors: some(fc.record({ project: fc.constantFrom('j0', 'j1'), role: fc.constantFrom(...ROLES), actor: named })),
  schemeGrants: some(
    fc.record({
      scheme: fc.constantFrom(...SCHEMES),
      permission: key(JIRA_PERMISSIONS),
      holder: fc.oneof(
        { weight: 3, arbitrary: named },
        { weight: 3, arbitrary: fc.constantFrom(...ROLES).map((id): Principal => ({ type: 'jira.projectRole', id })) },
        { weight: 1, arbitrary: wildcard },
        { weight: 1, arbitrary: fc.constant<Principal>({ type: 'jira.applicationRole', id: 'jira-software' }) },
        { weight: 1, arbitrary: fc.constant<Principal>({ type: 'conditional', id: 'projectLead' }) },
      ),
    }),
    10,
  ),
  spaceGrants: some(
    fc.record({
      space: fc.constantFrom('c0', 'c1'),
      permission: key(SPACE_PERMISSIONS),
      holder: fc.oneof({ weight: 4, arbitrary: named }, { weight: 1, arbitrary: wildcard }),
    }),
  ),
  publicSpaces: fc.subarray(['c0', 'c1'], { maxLength: 1 }),
  repositories: fc.tuple(
    ...['b0', 'b1'].map((id) =>
      fc.record({
        id: fc.constant(id),
        project: fc.constantFrom('k0', 'k1'),
        public: fc.constantFrom(false, false, true),
      }),
    ),
  ),
  levels: some(
    fc.oneof(
      fc.record({
        on: fc.constant('project' as const),
        resource: fc.constantFrom('k0', 'k1'),
        level: key(BITBUCKET_LEVELS),
        holder: named,
      }),
      fc.record({
        on: fc.constant('repository' as const),
        resource: fc.constantFrom('b0', 'b1'),
        level: key(BITBUCKET_LEVELS),
        holder: named,
      }),
      fc.record({
        on: fc.constant('workspace' as const),
        resource: fc.constant('w'),
        level: fc.constantFrom('member', 'owner'),
        holder: person.map(account),
      }),
    ),
  ),
  admins: some(fc.record({ on: fc.constantFrom('jira', 'confluence', 'organization'), holder: named }), 2),
});

export const RESOURCES: readonly ResourceRef[] = [
  ...['j0', 'j1'].map((id) => ({ type: 'jira.project', id }) as const),
  ...['c0', 'c1'].map((id) => ({ type: 'confluence.space', id }) as const),
  ...['b0', 'b1'].map((id) => ({ type: 'bitbucket.repository', id }) as const),
];
export const LEVELS = [undefined, ...ACCESS_LEVELS] as const;

/** The world as a snapshot in which nothing is missing. */
export function entitiesOf(world: World): Entity[] {
  const actorsOf = (project: string, roleId: string) =>
    world.actors.flatMap((one) => (one.project === project && one.role === roleId ? [one.actor] : []));
  return [
    ...PEOPLE.flatMap((id) => [
      entity('admin.user', id, {
        accountStatus: world.inactive.includes(id) ? 'inactive' : 'active',
        membershipStatus: world.suspended.includes(id) ? 'suspended' : 'active',
      }),
      entity('jira.user', id),
      entity('confluence.user', id),
      // Only a workspace that no organization manages tells it.
      entity('bitbucket.user', id, { addedAt: '2026-01-01T00:00:00Z' }),
    ]),
    ...GROUPS.flatMap((id) => {
      const memberIds = world.members[id] ?? [];
      return [
        entity('jira.group', id, { memberIds }),
        entity('confluence.group', id, { memberIds, ...(world.licensedGroups.includes(id) && { access: 'user' }) }),
      ];
    }),
    entity('confluence.group', 'staff', { memberIds: [], access: 'user' }),
    entity('jira.applicationRole', 'jira-software', { groupIds: world.licensedGroups }),
    ...world.projects.map(({ id, scheme: permissionSchemeId, lead, archived }) =>
      entity('jira.project', id, { permissionSchemeId, leadId: lead, ...(archived && { archived }) }),
    ),
    ...['j0', 'j1'].flatMap((project) => ROLES.map((id) => role(project, id, actorsOf(project, id)))),
    ...SCHEMES.map((id) =>
      scheme(
        id,
        world.schemeGrants.flatMap((one) => (one.scheme === id ? [[one.permission, one.holder] as const] : [])),
      ),
    ),
    ...['c0', 'c1'].map((id) => entity('confluence.space', id, { anonymousAccess: world.publicSpaces.includes(id) })),
    ...world.spaceGrants.map(({ space, permission: name, holder }, index) => ({
      ...permission(space, name, holder),
      id: `cg${index}`,
    })),
    entity('confluence.instance', 'site', { anonymousAccess: true }),
    entity('bitbucket.workspace', 'w'),
    ...['k0', 'k1'].map((id) => entity('bitbucket.project', id)),
    ...world.repositories.map(({ id, project, public: isPublic }) =>
      entity('bitbucket.repository', id, { projectKey: project.toUpperCase(), private: !isPublic }),
    ),
    ...world.levels.map((one, index) => ({ ...level(one.on, one.resource, one.level, one.holder), id: `bg${index}` })),
    ...world.admins.map(({ on, holder }, index) =>
      entity('admin.roleAssignment', `a${index}`, {
        principal: holder,
        role: on === 'organization' ? 'atlassian/org-admin' : 'atlassian/admin',
        ...(on !== 'organization' && { resourceOwner: on === 'jira' ? 'jira-software' : 'confluence' }),
      }),
    ),
  ];
}

export function isBlocked(world: World, who: string): boolean {
  return world.inactive.includes(who) || world.suspended.includes(who);
}

export function isOrganizationAdmin(world: World, who: string): boolean {
  return world.admins.some(
    ({ on, holder }) =>
      on === 'organization' &&
      (holder.type === 'group' ? world.members[holder.id]?.includes(who) : 'id' in holder && holder.id === who) ===
        true,
  );
}

/** Everything that one person has on one resource, from the world itself and by no index: what the graph must agree with. */
export function oracle(world: World, who: string, { type, id }: ResourceRef): Set<AccessLevel | undefined> {
  const blocked = type === 'bitbucket.repository' ? world.inactive.includes(who) : isBlocked(world, who);
  const is = (holder: Principal, project?: World['projects'][number]): boolean => {
    if (holder.type === 'anonymous') return true;
    if (blocked) return false;
    switch (holder.type) {
      case 'account':
        return holder.id === who;
      case 'group':
        return world.members[holder.id]?.includes(who) ?? false;
      case 'authenticated':
        return true;
      case 'licensed':
      case 'jira.applicationRole':
        return (
          world.licensedGroups.some((one) => world.members[one]?.includes(who) ?? false) ||
          world.admins.some((one) => one.on === (type === 'jira.project' ? 'jira' : 'confluence') && is(one.holder))
        );
      case 'jira.projectRole':
        return world.actors.some((one) => one.project === project?.id && one.role === holder.id && is(one.actor));
      case 'conditional':
        return project?.lead === who;
      default:
        return false;
    }
  };
  const held = new Set<AccessLevel | undefined>();
  const give = (levels: readonly AccessLevel[]): void => {
    held.add(undefined);
    for (const one of levels) held.add(one);
  };

  if (type === 'jira.project') {
    const project = world.projects.find((one) => one.id === id)!;
    for (const one of world.schemeGrants)
      if (one.scheme === project.scheme && is(one.holder, project)) {
        const given = JIRA_PERMISSIONS[one.permission]!;
        if (given === 'read' || !project.archived) give([given]);
      }
  }
  if (type === 'confluence.space') {
    for (const one of world.spaceGrants)
      if (one.space === id && is(one.holder)) give([SPACE_PERMISSIONS[one.permission]!]);
    if (world.publicSpaces.includes(id)) give(['read']);
  }
  if (type === 'bitbucket.repository') {
    const repository = world.repositories.find((one) => one.id === id)!;
    if (repository.public) give(['read']);
    for (const one of world.levels) {
      if (!is(one.holder)) continue;
      if (one.on === 'workspace' && one.level === 'owner') give(ACCESS_LEVELS);
      const isHere =
        one.on === 'repository' ? one.resource === id : one.on === 'project' && one.resource === repository.project;
      if (isHere) give(BITBUCKET_LEVELS[one.level]!);
    }
  } else {
    const product = type === 'jira.project' ? 'jira' : 'confluence';
    for (const one of world.admins)
      if ((one.on === product || one.on === 'organization') && is(one.holder)) give(['admin']);
  }
  return held;
}
