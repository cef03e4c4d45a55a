import type { JsonObject, JsonValue } from '../../../model/json.js';
import { isJsonObject } from '../json-object.js';

/**
 * Applies a `fields` parameter: names keep nothing else, `-name` drops, `+name` adds what is `hidden` by default.
 *
 * Paths go through lists. `*` stands for all members of its level. A path that fits nothing is ignored.
 */
export function project(document: JsonObject, fields: string | null, hidden: readonly string[] = []): JsonObject {
  const terms = (fields ?? '').split(',').filter((term) => term !== '');
  const added = terms.filter((term) => term.startsWith('+')).map((term) => term.slice(1));
  const dropped = terms.filter((term) => term.startsWith('-')).map((term) => term.slice(1));
  const kept = terms.filter((term) => !/^[+-]/.test(term));

  const shown = new Set([...added, ...kept]);
  let result: JsonValue = document;
  for (const path of hidden) if (!shown.has(path) && !shown.has('*')) result = drop(result, path.split('.'));
  if (kept.length > 0)
    result = keep(
      result,
      [...shown].map((path) => path.split('.')),
    );
  for (const path of dropped) result = drop(result, path.split('.'));
  return isJsonObject(result) ? result : {};
}

function drop(value: JsonValue, path: readonly string[]): JsonValue {
  const [name = '', ...rest] = path;
  if (Array.isArray(value)) return value.map((item) => drop(item, path));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]) => {
    if (key !== name && name !== '*') return [[key, member] as const];
    return rest.length === 0 ? [] : [[key, drop(member ?? null, rest)] as const];
  });
  return Object.fromEntries(entries);
}

function keep(value: JsonValue, paths: readonly (readonly string[])[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => keep(item, paths));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]) => {
    const fitting = paths.filter(([name]) => name === key || name === '*').map(([, ...rest]) => rest);
    if (fitting.length === 0) return [];
    return [[key, fitting.some((rest) => rest.length === 0) ? member : keep(member ?? null, fitting)] as const];
  });
  return Object.fromEntries(entries);
}
