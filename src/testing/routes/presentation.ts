import type { JsonObject, JsonValue } from '../../model/json.js';
import type { RouteContext } from './route.js';

/** An object without the names that have no value, or with `null` for them: see the switch `absentValues`. */
export function present(
  { switches }: Pick<RouteContext, 'switches'>,
  values: Readonly<Record<string, JsonValue | undefined>>,
): JsonObject {
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) shown[name] = value;
    else if (switches.absentValues === 'null') shown[name] = null;
  }
  return shown;
}

/** The same names, and none of them `undefined`. */
export type Given<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** An object without the names that have no value. */
export function given<Values extends Readonly<Record<string, unknown>>>(values: Values): Given<Values> {
  const kept: Given<Values> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) kept[name] = value as Given<Values>[typeof name];
  }
  return kept;
}

/** An instant as ISO 8601 text in UTC. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}
