import type { Entity } from '../../entities/entity.js';
import { ENTITY_TYPES, type EntityType, type Product } from '../../entities/entity-type.js';
import type { Gap } from '../../entities/gap.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { hiddenBy } from '../gap-index.js';
import { attributeDiff } from './attribute-diff.js';
import type { EntityChange, EntityDifference } from './snapshot-diff.js';

/** What differs entity by entity. */
export interface EntitiesDiff {
  readonly added: EntityChange[];
  readonly removed: EntityChange[];
  readonly changed: EntityDifference[];
  /** What differs where a gap of either snapshot may be why. */
  readonly open: EntityDifference[];
  readonly hidden: { type: EntityType; id: string }[];
}

/** Compares two snapshots kind by kind. */
export function diffEntities(before: AccessSnapshot, after: AccessSnapshot): EntitiesDiff {
  const diff: EntitiesDiff = { added: [], removed: [], changed: [], open: [], hidden: [] };
  for (const type of ENTITY_TYPES) {
    const earlier = new Map<string, Entity>(before.entities[type].map((entity) => [entity.id, entity]));
    const later = new Set<string>();
    const hiddenBefore = hiding(before, type);
    const hiddenAfter = hiding(after, type);
    const isOtherwise = readOtherwise(before, after);
    const differing = attributeDiff(before, after, hiding);
    for (const entity of after.entities[type]) {
      later.add(entity.id);
      const old = earlier.get(entity.id);
      if (old === undefined)
        diff.added.push({ type, id: entity.id, entity, certain: !hiddenBefore(entity) && !isOtherwise(entity) });
      else {
        const { changed, open } = differing(old, entity, hiddenBefore(old), hiddenAfter(entity));
        if (changed.length > 0) diff.changed.push({ type, id: entity.id, attributes: changed });
        if (open.length > 0) diff.open.push({ type, id: entity.id, attributes: open });
      }
    }
    for (const [id, entity] of earlier) {
      if (later.has(id)) continue;
      if (hiddenAfter(entity) || isOtherwise(entity)) diff.hidden.push({ type, id });
      else diff.removed.push({ type, id, entity, certain: true });
    }
  }
  return diff;
}

/** Whether a snapshot can lack an entity, or parts of one, because it was not read. */
function hiding(snapshot: AccessSnapshot, type: EntityType): (entity: Entity) => boolean {
  const { gaps, products } = snapshot;
  const product = (type === 'scim.user' || type === 'connection' ? 'admin' : type.split('.')[0]) as Product;
  if (!products.includes(product)) return () => true;
  const mine = gaps.filter((gap) => hiddenBy(gap).includes(type) || gap.resource?.type === type);
  const isWithin = inHiddenContainer(snapshot);
  const hidesAnEnd = hidingAnEnd(snapshot, type);
  return (entity) => mine.some((gap) => concerns(gap, entity)) || isWithin(entity) || hidesAnEnd(entity);
}

/** Whether one of the things that an entity is about can be missing: a tie between users, or a role, is missing with them. */
function hidingAnEnd(snapshot: AccessSnapshot, type: EntityType): (entity: Entity) => boolean {
  if (type !== 'connection' && type !== 'admin.roleAssignment') return () => false;
  const kinds = new Map<EntityType, { has: ReadonlySet<string>; hides: (entity: Entity) => boolean }>();
  return (entity) =>
    endsOf(entity).some((end) => {
      const kind = kinds.get(end.type) ?? {
        has: new Set(snapshot.entities[end.type].map(({ id }) => id)),
        hides: hiding(snapshot, end.type),
      };
      kinds.set(end.type, kind);
      // Users and groups are told by their kind and id.
      return !kind.has.has(end.id) && kind.hides(end as Entity);
    });
}

function endsOf(entity: Entity): readonly { readonly type: EntityType; readonly id: string }[] {
  if (entity.type === 'connection') return [entity.from, entity.to];
  if (entity.type !== 'admin.roleAssignment') return [];
  const { principal } = entity;
  if (principal.type === 'account') return [{ type: 'admin.user', id: principal.id }];
  return principal.type === 'group' ? [{ type: 'admin.group', id: principal.id }] : [];
}

/** Whether what an entity belongs to may be there and is in no list: then the entity may be there too. */
function inHiddenContainer({ gaps, entities }: AccessSnapshot): (entity: Entity) => boolean {
  const hidden = new Set(gaps.filter(({ resource }) => resource === undefined).flatMap(hiddenBy));
  const known = new Map<EntityType, ReadonlySet<string>>();
  return (entity) => {
    const container = containerOf(entity);
    if (container === undefined || !hidden.has(container.type)) return false;
    const ids = known.get(container.type) ?? new Set(entities[container.type].map(({ id }) => id));
    known.set(container.type, ids);
    return !ids.has(container.id);
  };
}

function containerOf(entity: Entity): { readonly type: EntityType; readonly id: string } | undefined {
  switch (entity.type) {
    case 'jira.projectRole':
      return { type: 'jira.project', id: entity.projectId };
    case 'confluence.grant':
      return { type: 'confluence.space', id: entity.spaceId };
    case 'bitbucket.grant':
      return { type: `bitbucket.${entity.on}`, id: entity.resourceId };
    default:
      return undefined;
  }
}

/** Whether a grant is on a repository of which one snapshot has explicit grants and the other effective levels. */
function readOtherwise(before: AccessSnapshot, after: AccessSnapshot): (entity: Entity) => boolean {
  const earlier = new Map(before.entities['bitbucket.repository'].map(({ id, grants }) => [id, grants]));
  const changed = new Set(
    after.entities['bitbucket.repository'].flatMap(({ id, grants }) => (earlier.get(id) === grants ? [] : [id])),
  );
  return (entity) =>
    entity.type === 'bitbucket.grant' &&
    entity.on === 'repository' &&
    earlier.has(entity.resourceId) &&
    changed.has(entity.resourceId);
}

/** Whether a gap is about this entity, or about what it belongs to. */
function concerns({ resource }: Gap, entity: Entity): boolean {
  if (resource === undefined) return true;
  if (resource.type === entity.type) return resource.id === entity.id;
  switch (entity.type) {
    case 'jira.projectRole':
      return resource.type !== 'jira.project' || resource.id === entity.projectId;
    case 'confluence.grant':
      return resource.type !== 'confluence.space' || resource.id === entity.spaceId;
    case 'bitbucket.grant':
      if (resource.type !== `bitbucket.${entity.on}`) return !CONTAINERS.has(resource.type);
      return resource.id === entity.resourceId;
    default:
      return true;
  }
}

const CONTAINERS = new Set<EntityType>(['bitbucket.workspace', 'bitbucket.project', 'bitbucket.repository']);
