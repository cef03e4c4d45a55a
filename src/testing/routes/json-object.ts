import type { JsonObject, JsonValue } from '../../model/json.js';

/** Whether a value is a JSON object, neither a list nor `null`. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
