import type { JsonObject, JsonValue } from '../../../model/json.js';
import type { PolicyInput } from '../../rules/policy-writes.js';
import type { RouteContext } from '../route.js';
import { isJsonObject } from '../json-object.js';
import { given } from '../presentation.js';
import { refuseWith } from './refusals.js';

const TYPES = ['ip-allowlist', 'data-residency'];

/** Reads a policy to create: all of its parts must be there (seen), and the refusal does not say which is missing. */
export function newPolicy(context: RouteContext): PolicyInput {
  const { type, name, status, rule, resources } = policyAttributes(context);
  if (name === undefined || status === undefined || rule === undefined || resources === undefined)
    refuseWith(context, 'ADMIN-400-4');
  return { type, name, status, rule, resources };
}

/** Reads changes of a policy: the type must be there, the rest may. */
export function policyAttributes(context: RouteContext): Partial<PolicyInput> & Pick<PolicyInput, 'type'> {
  const { body } = context;
  const data = body.kind === 'json' && isJsonObject(body.value) ? body.value.data : undefined;
  const attributes = isJsonObject(data) && data.type === 'policy' ? data.attributes : undefined;
  if (!isJsonObject(attributes)) refuseWith(context, 'ADMIN-400-4');
  const { type, name, status, rule, resources } = attributes;
  const fits =
    typeof type === 'string' &&
    TYPES.includes(type) &&
    (name === undefined || typeof name === 'string') &&
    (status === undefined || status === 'enabled' || status === 'disabled') &&
    (rule === undefined || isRule(rule));
  if (!fits) refuseWith(context, 'ADMIN-400-4');
  return {
    type,
    ...given({ name, status, rule, resources: resources === undefined ? undefined : resourcesOf(context, resources) }),
  };
}

/** Reads one resource of a policy from the body. */
export function policyResource(context: RouteContext): PolicyInput['resources'][number] {
  const { body } = context;
  const [resource] = body.kind === 'json' ? resourcesOf(context, [body.value]) : [];
  if (resource === undefined) refuseWith(context, 'ADMIN-400-4');
  return resource;
}

function resourcesOf(context: RouteContext, resources: JsonValue): PolicyInput['resources'] {
  if (!Array.isArray(resources)) refuseWith(context, 'ADMIN-400-4');
  return resources.map((resource: JsonValue) => {
    if (!isJsonObject(resource) || typeof resource.id !== 'string') refuseWith(context, 'ADMIN-400-4');
    return { id: resource.id, ...given({ meta: isJsonObject(resource.meta) ? resource.meta : undefined }) };
  });
}

function isRule(rule: JsonValue): rule is JsonObject {
  return isJsonObject(rule) && Array.isArray(rule.in) && rule.in.every((entry: JsonValue) => typeof entry === 'string');
}
