import type { AccessLevel } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { internalsOf } from '../../src/testing/internals.js';
import { rolesOf } from '../../src/testing/rules/confluence/space-roles.js';

/** A level, or `any` for holding anything at all. */
export type Held = AccessLevel | 'any';

/** Somebody on something, by account id and by key or slug. */
export interface Asked {
  readonly accountId: string;
  readonly type: 'jira.project' | 'confluence.space' | 'bitbucket.project' | 'bitbucket.repository';
  readonly key: string;
}

type State = ReturnType<typeof internalsOf>['state'];

/**
 * What somebody holds on something, read from the rows of the fake one by one: by no route, reader, index or rule of the
 * code that is tested. A grant counts without a licence, as the graph has it.
 */
export function heldBy(fake: FakeAtlassian, { accountId, type, key }: Asked): ReadonlySet<Held> {
  const { state } = internalsOf(fake);
  const held = new Set<Held>();
  const give = (...levels: readonly AccessLevel[]): void => {
    held.add('any');
    for (const level of levels) held.add(level);
  };
  if (type === 'jira.project') giveInJira(state, accountId, key, give);
  else if (type === 'confluence.space') giveInConfluence(state, accountId, key, give);
  else giveInBitbucket(state, accountId, type, key, give);
  return held;
}

type Give = (...levels: readonly AccessLevel[]) => void;

function isActive(state: State, accountId: string): boolean {
  const memberships = [...state.directoryMemberships.values()].filter((one) => one.accountId === accountId);
  return (
    state.accounts.get(accountId)?.status === 'active' && !memberships.some(({ status }) => status === 'suspended')
  );
}

const isIn = (state: State, groupId: string, accountId: string): boolean =>
  [...state.groupMembers.membersOf(groupId)].includes(accountId);

/** Whether a role is held on something whose ARI begins so, in person or through a group. */
function hasRole(state: State, accountId: string, roles: readonly string[], resource = ''): boolean {
  return [...state.roleBindings.values()].some(
    ({ principal, roleId, resourceId }) =>
      roles.includes(roleId) &&
      resourceId.startsWith(resource) &&
      (principal.type === 'user' ? principal.id === accountId : isIn(state, principal.id, accountId)),
  );
}

const isAdministrator = (state: State, accountId: string, product: string): boolean =>
  hasRole(state, accountId, ['atlassian/org-admin', 'atlassian/site-admin']) ||
  hasRole(state, accountId, ['atlassian/admin'], `ari:cloud:${product}`);

const LICENCES = ['atlassian/user', 'atlassian/admin'];

function levelsOfPermission(permission: string): AccessLevel[] {
  if (permission === 'BROWSE_PROJECTS') return ['read'];
  if (/^VIEW_|^ASSIGNABLE_USER$/u.test(permission)) return [];
  if (/^CREATE_|^ADD_|^WORK_ON_/u.test(permission)) return ['create'];
  if (permission.startsWith('DELETE_')) return ['delete'];
  return /^ADMINISTER_|^EDIT_WORKFLOW$|^EDIT_ISSUE_LAYOUT$/u.test(permission) ? ['admin'] : ['write'];
}

function giveInJira(state: State, accountId: string, key: string, give: Give): void {
  const project = [...state.jira.projects.values()].find((one) => one.key === key);
  if (project === undefined) throw new Error(`There is no project ${key}`);
  const active = isActive(state, accountId);
  const isHolder = (type: string, value = ''): boolean => {
    if (type === 'anyone') return true;
    if (!active) return false;
    switch (type) {
      case 'user':
        return value === accountId;
      case 'group':
        return isIn(state, value, accountId);
      case 'projectLead':
        return project.leadId === accountId;
      case 'projectRole':
        return [...state.jira.actors.values()].some(
          ({ projectId, roleId, principal }) =>
            projectId === project.id && roleId === value && isHolder(principal.type, principal.id),
        );
      case 'applicationRole':
        return hasRole(state, accountId, LICENCES, value === '' ? 'ari:cloud:jira' : `ari:cloud:${value}:`);
      default:
        return false;
    }
  };
  for (const { schemeId, permission, holder } of state.jira.grants.values()) {
    if (schemeId !== project.schemeId || !isHolder(holder.type, holder.value)) continue;
    const levels = levelsOfPermission(permission);
    if (!project.archived || levels.length === 0) give(...levels);
    else if (levels.includes('read')) give('read');
  }
  if (active && isAdministrator(state, accountId, 'jira')) give('admin');
}

function levelsOfOperation(operation: string): AccessLevel[] {
  if (/^(?:read|export)\//u.test(operation)) return ['read'];
  if (/^create\/(?:page|blogpost)$/u.test(operation)) return ['create', 'write'];
  if (operation.startsWith('create/')) return ['create'];
  if (operation.startsWith('delete/')) return ['delete'];
  return operation.startsWith('administer/') ? ['admin'] : ['write'];
}

function giveInConfluence(state: State, accountId: string, key: string, give: Give): void {
  const space = [...state.confluence.spaces.values()].find((one) => one.key === key);
  if (space === undefined) throw new Error(`There is no space ${key}`);
  const { mode, anonymousAccess } = state.confluence.settingsOf(space.cloudId);
  const active = isActive(state, accountId);
  const isHolder = ({ type, id }: { readonly type: string; readonly id: string }): boolean => {
    if (id === 'anonymous-users') return anonymousAccess;
    if (!active) return false;
    if (type === 'user') return id === accountId;
    if (type === 'group') return isIn(state, id, accountId);
    if (id === 'authenticated-users') return true;
    if (id === 'all-product-admins') return isAdministrator(state, accountId, 'confluence');
    return id === 'all-licensed-users' && hasRole(state, accountId, LICENCES, 'ari:cloud:confluence');
  };
  const rolesCount = mode === 'ROLES' || mode === 'ROLES_TRANSITION';
  if (mode !== 'ROLES')
    for (const { spaceId, principal, operation } of state.confluence.permissions.values())
      if (spaceId === space.id && isHolder(principal)) give(...levelsOfOperation(operation));
  if (rolesCount)
    for (const { spaceId, principal, roleId } of state.confluence.assignments.values())
      if (spaceId === space.id && isHolder(principal))
        for (const operation of rolesOf(state, space.cloudId).find(({ id }) => id === roleId)?.permissions ?? [])
          give(...levelsOfOperation(operation));
  if (active && isAdministrator(state, accountId, 'confluence')) give('admin');
}

const LEVELS_OF_BITBUCKET: Readonly<Record<string, readonly AccessLevel[]>> = {
  read: ['read'],
  write: ['read', 'create', 'write'],
  'create-repo': ['read', 'create', 'write'],
  admin: ['read', 'create', 'write', 'delete', 'admin'],
};

function giveInBitbucket(state: State, accountId: string, type: Asked['type'], key: string, give: Give): void {
  const { projects, repositories, grants, members, groups } = state.bitbucket;
  const repository = type === 'bitbucket.repository' ? repositories.find('slug', key) : undefined;
  const place = repository ?? projects.find('key', key);
  if (place === undefined) throw new Error(`There is no ${type} ${key}`);
  if (!place.isPrivate) give('read');
  if (!isActive(state, accountId)) return;
  const places = [place.uuid, repository?.projectUuid];
  for (const { placeUuid, holder, holderId, level } of grants.values())
    if (places.includes(placeUuid) && (holder === 'user' ? holderId === accountId : isIn(state, holderId, accountId)))
      give(...(LEVELS_OF_BITBUCKET[level] ?? []));
  const owns =
    members.get(accountId)?.role === 'owner' ||
    [...groups.values()].some(({ groupId, administers }) => administers && isIn(state, groupId, accountId));
  if (owns) give('read', 'create', 'write', 'delete', 'admin');
}
