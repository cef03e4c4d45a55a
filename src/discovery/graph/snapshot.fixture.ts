import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { Entity, EntityOf } from '../entities/entity.js';
import { ENTITY_TYPES, type EntityType, type Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { Principal } from '../entities/principal.js';
import type { AccessSnapshot, EntitiesByType } from '../snapshot/access-snapshot.js';

/** An entity with ids as plain texts. */
export type Loose<Value> = Value extends string
  ? string
  : Value extends readonly (infer Item)[]
    ? readonly Loose<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Loose<Value[Key]> }
      : Value;

/** A snapshot by hand: the entities in any order, of all products unless told otherwise. */
export function snapshotOf(
  entities: readonly Entity[],
  {
    gaps = [],
    products = ['admin', 'jira', 'confluence', 'bitbucket'],
  }: { gaps?: readonly Gap[]; products?: readonly Product[] } = {},
): AccessSnapshot {
  const byType = Object.fromEntries(
    ENTITY_TYPES.map((type) => [type, entities.filter((entity) => entity.type === type)]),
  ) as unknown as EntitiesByType;
  return {
    format: 'atlassian-provisioner/access-snapshot',
    version: 1,
    startedAt: '2026-11-01T10:00:00.000Z',
    completedAt: '2026-11-01T10:30:00.000Z',
    products,
    entities: byType,
    gaps,
  };
}

/** One entity: what it needs has defaults, and ids are plain texts. */
export function entity<Type extends EntityType>(
  type: Type,
  id: string,
  rest: Partial<Loose<EntityOf<Type>>> = {},
): EntityOf<Type> {
  return { ...(DEFAULTS[type]?.(id) ?? {}), ...rest, type, id } as unknown as EntityOf<Type>;
}

const DEFAULTS: Partial<Record<EntityType, (id: string) => object>> = {
  'admin.group': (id) => ({ name: id, origin: 'local', writableBy: 'organization' }),
  'admin.roleAssignment': () => ({ obtained: ['direct'] }),
  'scim.user': (id) => ({ userName: id, active: true, groups: [] }),
  'jira.instance': () => ({ baseUrl: 'https://acme.atlassian.net' }),
  'jira.user': (id) => ({ active: true, accountType: 'atlassian', displayName: id }),
  'jira.group': (id) => ({ name: id }),
  'jira.project': (id) => ({ key: id.toUpperCase(), name: id }),
  'jira.permissionScheme': (id) => ({ name: id, grants: [] }),
  'jira.applicationRole': (id) => ({ name: id, groupIds: [], defaultGroupIds: [] }),
  'confluence.instance': () => ({ mode: 'roles' }),
  'confluence.group': (id) => ({ name: id }),
  'confluence.space': (id) => ({ key: id.toUpperCase(), name: id, anonymousAccess: false, unlicensedAccess: false }),
  'bitbucket.workspace': (id) => ({ slug: id, name: id }),
  'bitbucket.user': (id) => ({ key: id, name: id, active: true, deleted: false }),
  'bitbucket.group': (id) => ({ name: id }),
  'bitbucket.project': (id) => ({ key: id.toUpperCase(), name: id, private: true }),
  'bitbucket.repository': (id) => ({ slug: id, fullName: `acme/${id}`, name: id, private: true, grants: 'explicit' }),
};

/** A gap that hides these kinds. */
export function gap(hides: readonly EntityType[], rest: Partial<Gap> = {}): Gap {
  const product = (hides[0] ?? 'jira.project').split('.')[0] as Product;
  return {
    type: 'gap',
    id: `gap-${hides.join('-')}-${rest.resource?.id ?? 'all'}`,
    product,
    part: 'grants',
    reason: 'forbidden',
    hides,
    message: `Reading ${hides.join(', ')} was refused`,
    ...rest,
  };
}

export const account = (id: string): Principal => ({ type: 'account', id: id as AtlassianAccountId });
export const group = (id: string): Principal => ({ type: 'group', id: id as OrgGroupId });

/** A project role with its actors, or without knowing them. */
export function role(projectId: string, roleId: string, actors?: readonly Principal[]): EntityOf<'jira.projectRole'> {
  return {
    type: 'jira.projectRole',
    id: `${projectId}/${roleId}`,
    projectId,
    roleId,
    name: `${projectId} - ${roleId}`,
    roleName: roleId,
    ...(actors !== undefined && { actors: actors.map((principal) => ({ principal })) }),
  };
}

/** A permission scheme, from pairs of a permission and its holder. */
export function scheme(
  id: string,
  grants: readonly (readonly [string, Principal])[],
): EntityOf<'jira.permissionScheme'> {
  return {
    type: 'jira.permissionScheme',
    id,
    name: id,
    grants: grants.map(([permission, principal], index) => ({ id: String(index + 1), permission, principal })),
  };
}

/** A classic permission on a space, `read/space`. */
export function permission(spaceId: string, name: string, principal: Principal): EntityOf<'confluence.grant'> {
  const [operation = '', target = ''] = name.split('/');
  return {
    type: 'confluence.grant',
    id: `${spaceId}:${JSON.stringify(principal)}:${name}`,
    spaceId,
    principal,
    holds: { kind: 'permission', operation, target },
  };
}

/** A level in Bitbucket. */
export function level(
  on: 'workspace' | 'project' | 'repository',
  resourceId: string,
  name: string,
  principal: Principal,
  basis: 'explicit' | 'effective' = 'explicit',
): EntityOf<'bitbucket.grant'> {
  return {
    type: 'bitbucket.grant',
    id: `${on}:${resourceId}:${JSON.stringify(principal)}:${name}`,
    principal,
    on,
    resourceId,
    level: name,
    basis,
  };
}
