// eslint-disable-next-line no-restricted-imports -- a type test is not published
import type * as TypeFest from 'type-fest';
import { expectTypeOf, test } from 'vitest';
import type { JsonObject, JsonValue } from './json.js';
import type { LiteralUnion } from './literal-union.js';

// The published declarations must not ask CommonJS projects for types that are ESM only, so these three are our own. They
// have to stay what type-fest says they are.

test('what type-fest takes for JSON is JSON here, and the other way round', () => {
  expectTypeOf<TypeFest.JsonValue>().toExtend<JsonValue>();
  expectTypeOf<TypeFest.JsonObject>().toExtend<JsonObject>();
  expectTypeOf<JsonObject>().toExtend<TypeFest.JsonObject>();
});

test('a literal union takes what that of type-fest takes', () => {
  expectTypeOf<LiteralUnion<'a' | 'b'>>().toExtend<TypeFest.LiteralUnion<'a' | 'b', string>>();
  expectTypeOf<TypeFest.LiteralUnion<'a' | 'b', string>>().toExtend<LiteralUnion<'a' | 'b'>>();
});
