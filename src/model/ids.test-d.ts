import { expectTypeOf, test } from 'vitest';
import { atlassianAccountId, scimUserId, type AtlassianAccountId, type ScimGroupId, type ScimUserId } from './ids.js';
import type { JsonObject, JsonValue } from './json.js';
import type { LiteralUnion } from './literal-union.js';

test('ids of different things do not mix, and no plain string is an id', () => {
  expectTypeOf(scimUserId('user-1')).toEqualTypeOf<ScimUserId>();
  expectTypeOf<ScimUserId>().not.toExtend<AtlassianAccountId>();
  expectTypeOf<ScimUserId>().not.toExtend<ScimGroupId>();
  expectTypeOf<string>().not.toExtend<ScimUserId>();
});

test('an id is a string wherever a string goes', () => {
  expectTypeOf(atlassianAccountId('712020:1')).toExtend<string>();
});

test('JSON holds what JSON.parse gives, and nothing undefined or callable', () => {
  expectTypeOf<{ a: readonly (string | null)[] }>().toExtend<JsonValue>();
  expectTypeOf<{ a: string }>().toExtend<JsonObject>();
  expectTypeOf<undefined>().not.toExtend<JsonValue>();
  expectTypeOf<() => void>().not.toExtend<JsonValue>();
});

test('a literal union takes the known literals and any other string', () => {
  expectTypeOf<'active'>().toExtend<LiteralUnion<'active'>>();
  expectTypeOf<'added-tomorrow'>().toExtend<LiteralUnion<'active'>>();
  expectTypeOf<number>().not.toExtend<LiteralUnion<'active'>>();
});
