import fc from 'fast-check';
import { ENTITY_TYPES, type EntityType, PRODUCTS } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { GROUPS, PEOPLE, RESOURCES, some } from './small-world.fixture.js';
import { gap } from './snapshot.fixture.js';

/** Gaps of every kind, about everything and about one thing. */
export const gaps: fc.Arbitrary<readonly Gap[]> = some(
  fc
    .record({
      hides: fc.subarray<EntityType>([...ENTITY_TYPES], { maxLength: 3 }),
      product: fc.constantFrom(...PRODUCTS),
      reason: fc.constantFrom<Gap['reason']>('forbidden', 'failed'),
      resource: fc.option(
        fc.record({
          type: fc.constantFrom<EntityType>(...ENTITY_TYPES),
          id: fc.constantFrom(...PEOPLE, ...GROUPS, ...RESOURCES.map(({ id }) => id), 's0', 'k0', 'w', 'j0/r0'),
        }),
        { nil: undefined },
      ),
    })
    .map(({ hides, resource, ...rest }) => gap(hides, { ...rest, ...(resource !== undefined && { resource }) })),
  2,
);

/** `type` and `id` name one entity of a snapshot, which the schema cannot say. */
export function withoutTwins(snapshot: AccessSnapshot): AccessSnapshot {
  const entities = Object.fromEntries(
    ENTITY_TYPES.map((type) => [type, [...new Map(snapshot.entities[type].map((one) => [one.id, one])).values()]]),
  );
  return { ...snapshot, entities: entities as unknown as AccessSnapshot['entities'] };
}
