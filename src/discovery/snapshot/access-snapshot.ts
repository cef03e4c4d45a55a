import type { EntityOf } from '../entities/entity.js';
import type { EntityType, Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';

/** Version of the snapshot format. A reader of a snapshot refuses one that it does not know. */
export const SNAPSHOT_VERSION = 1;

/** The entities of a snapshot, by kind. A kind of which nothing was found is an empty list. */
export type EntitiesByType = { readonly [Type in EntityType]: readonly EntityOf<Type>[] };

/**
 * All that was found at one time, JSON throughout.
 *
 * It was read over minutes, not in an instant. What is absent from it was not found, or is hidden by one of the `gaps`.
 */
export interface AccessSnapshot {
  readonly format: 'atlassian-provisioner/access-snapshot';
  readonly version: typeof SNAPSHOT_VERSION;
  /** ISO 8601 instants. */
  readonly startedAt: string;
  readonly completedAt: string;
  /** What was asked for. */
  readonly products: readonly Product[];
  readonly entities: EntitiesByType;
  readonly gaps: readonly Gap[];
}
