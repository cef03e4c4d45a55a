import type { Entity } from '../entities/entity.js';
import type { PathNode } from './access-path.js';

/** An entity as a place on a path. */
export function nodeOf(entity: Entity): PathNode {
  const name =
    'name' in entity
      ? entity.name
      : 'title' in entity
        ? entity.title
        : 'displayName' in entity
          ? entity.displayName
          : undefined;
  return { type: entity.type, id: entity.id, ...(name !== undefined && { name }) };
}
