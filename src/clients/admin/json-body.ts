import type { JsonObject, JsonValue } from '../../model/json.js';

/** A body under construction. */
export type BodyFields = Readonly<Record<string, JsonValue | undefined>>;

/** Leaves out the members that are `undefined`: a `null` would be sent, and means something else. */
export function toBody(fields: BodyFields): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
