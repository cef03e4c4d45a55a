import { expectTypeOf, test } from 'vitest';
import type { Entity } from './entity.js';
import type { EntityType } from './entity-type.js';

test('the list of kinds has every kind of entity, and no other', () => {
  expectTypeOf<EntityType>().toEqualTypeOf<Entity['type']>();
});
