import { ENTITY_TYPES, type Entity, type EntityType } from '../entities/entity.js';
import type { EntitiesByType } from '../snapshot/access-snapshot.js';

/** Collects entities by kind, in the order of `ENTITY_TYPES`. */
export function emptyEntities(): { readonly add: (entity: Entity) => void; readonly done: () => EntitiesByType } {
  const lists = new Map<EntityType, Entity[]>(ENTITY_TYPES.map((type) => [type, []]));

  return {
    add(entity) {
      lists.get(entity.type)?.push(entity);
    },
    // Each list holds entities of its own kind: they were put there by it.
    done: () => Object.fromEntries(lists) as unknown as EntitiesByType,
  };
}
