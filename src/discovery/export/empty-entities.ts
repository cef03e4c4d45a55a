import type { Entity } from '../entities/entity.js';
import { ENTITY_TYPES, type EntityType } from '../entities/entity-type.js';
import type { EntitiesByType } from '../snapshot/access-snapshot.js';

/** Collects entities by kind, in the order of `ENTITY_TYPES`. What comes twice is kept once, as it came last. */
export function emptyEntities(): { readonly add: (entity: Entity) => void; readonly done: () => EntitiesByType } {
  const lists = new Map<EntityType, Map<string, Entity>>(ENTITY_TYPES.map((type) => [type, new Map()]));

  return {
    add(entity) {
      lists.get(entity.type)?.set(entity.id, entity);
    },
    // Each list holds entities of its own kind: they were put there by it.
    done: () =>
      Object.fromEntries(
        [...lists].map(([type, entities]) => [type, [...entities.values()]]),
      ) as unknown as EntitiesByType,
  };
}
