import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { Entity } from '../entities/entity.js';
import { ENTITY_TYPES } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { emptyEntities } from './empty-entities.js';

export const account = (id: string) => id as AtlassianAccountId;
export const group = (id: string) => id as OrgGroupId;

/** A snapshot of these entities. */
export function snapshotOf(entities: Iterable<Entity>, gaps: readonly Gap[] = []): AccessSnapshot {
  const lists = emptyEntities();
  for (const entity of entities) lists.add(entity);

  return {
    format: 'atlassian-provisioner/access-snapshot',
    version: 1,
    startedAt: '2026-10-01T08:00:00.000Z',
    completedAt: '2026-10-01T08:04:00.000Z',
    products: ['admin', 'jira', 'confluence', 'bitbucket'],
    entities: lists.done(),
    gaps,
  };
}

/** All entities of a snapshot. */
export function entitiesOf(snapshot: AccessSnapshot): Entity[] {
  return ENTITY_TYPES.flatMap((type) => snapshot.entities[type] as readonly Entity[]);
}
