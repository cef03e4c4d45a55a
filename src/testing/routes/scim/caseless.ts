import type { JsonObject, JsonValue } from '../../../model/json.js';

/** The value of an attribute, whose name has no case (RFC 7643 section 2.1). */
export function valueOf(object: JsonObject, name: string): JsonValue | undefined {
  const exact = object[name];
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
