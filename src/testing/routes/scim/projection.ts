import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { RouteContext } from '../route.js';
import { isObject } from './read-user.js';
import { refuseScim } from './scim-response.js';
import { URN } from './urns.js';

/** Cuts a resource down to what a request asked for. */
export type Projection = (resource: JsonObject) => JsonObject;

const CORE_URNS = [`${URN.user}:`, `${URN.group}:`].map((urn) => urn.toLowerCase());

/** A name, or a name and a sub-attribute, lower case. Names of extensions hold dots: the longest known name wins. */
type Wanted = readonly string[];

/**
 * Reads `attributes` and `excludedAttributes`. `schemas` and `id` are always answered (RFC 7643 section 7: `returned` is
 * `always`). The extensions go by their whole URN, and are dropped when `attributes` does not name them.
 */
export function readProjection({ query, switches }: Pick<RouteContext, 'query' | 'switches'>): Projection {
  const included = readNames(query, 'attributes');
  const excluded = readNames(query, 'excludedAttributes');
  if (included.length > 0 && excluded.length > 0 && switches.bothProjections === 400)
    return refuseScim(400, 'attributes and excludedAttributes are mutually exclusive', 'invalidValue');

  if (included.length > 0) return (resource) => keep(resource, included);
  if (excluded.length > 0) return (resource) => drop(resource, excluded);
  return (resource) => resource;
}

function readNames(query: URLSearchParams, name: string): Wanted {
  return query
    .getAll(name)
    .flatMap((list) => list.split(','))
    .map((item) => withoutCoreUrn(item.trim().toLowerCase()))
    .filter((item) => item !== '');
}

/** An attribute may stand behind the URN of its schema (RFC 7644 section 3.10), which extensions need and the core does not. */
function withoutCoreUrn(name: string): string {
  const urn = CORE_URNS.find((core) => name.startsWith(core));
  return urn === undefined ? name : name.slice(urn.length);
}

function keep(resource: JsonObject, wanted: Wanted): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = key.toLowerCase();
    const parts = partsOf(wanted, name);
    if (name === 'schemas' || name === 'id' || wanted.includes(name)) kept[key] = value;
    else if (parts.length > 0) kept[key] = mapParts(value, (part) => parts.includes(part));
  }
  return kept;
}

function drop(resource: JsonObject, unwanted: Wanted): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = key.toLowerCase();
    if (unwanted.includes(name) && name !== 'schemas' && name !== 'id') continue;
    const parts = partsOf(unwanted, name);
    kept[key] = parts.length === 0 ? value : mapParts(value, (part) => !parts.includes(part));
  }
  return kept;
}

/** The sub-attributes that a list names of one attribute: `emails.value`, or `urn:…:User:department`. */
function partsOf(names: Wanted, attribute: string): string[] {
  return names
    .filter((name) => name.startsWith(`${attribute}.`) || name.startsWith(`${attribute}:`))
    .map((name) => name.slice(attribute.length + 1));
}

function mapParts(value: JsonValue, wanted: (part: string) => boolean): JsonValue {
  if (Array.isArray(value)) return value.map((element: JsonValue) => mapParts(element, wanted));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => wanted(key.toLowerCase())));
}
