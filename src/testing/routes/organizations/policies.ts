import type { JsonObject } from '../../../model/json.js';
import { createPolicy, settledPolicy, updatePolicy } from '../../rules/policy-writes.js';
import type { Policy } from '../../state/organization-rows.js';
import { empty, json } from '../respond.js';
import { param, type FakeResponse, type Route, type RouteContext } from '../route.js';
import { logWrite } from '../events-of-writes.js';
import { isJsonObject } from '../json-object.js';
import { listedPage, listingRequest, pageAnswer } from './listing.js';
import { newPolicy, policyAttributes, policyResource } from './policy-input.js';
import { given } from '../presentation.js';
import { refuseWith } from './refusals.js';

const POLICIES = '/admin/v1/orgs/:orgId/policies';
const POLICY = `${POLICIES}/:policyId`;
const LIST = 'admin.policies.list';
const READ = 'read:policies:admin';
const WRITE = 'write:policies:admin';
const PAGE_SIZE = 20;

/** Policies of the organization and the resources they cover. Writes are accepted, and take effect after a while. */
export const POLICY_ROUTES: readonly Route[] = [
  { operation: LIST, method: 'GET', path: POLICIES, effect: 'read', scope: READ, handle: list },
  { operation: 'admin.policies.create', method: 'POST', path: POLICIES, effect: 'write', scope: WRITE, handle: create },
  { operation: 'admin.policies.get', method: 'GET', path: POLICY, effect: 'read', scope: READ, handle: get },
  { operation: 'admin.policies.replace', method: 'PUT', path: POLICY, effect: 'write', scope: WRITE, handle: replace },
  {
    operation: 'admin.policies.delete',
    method: 'DELETE',
    path: POLICY,
    effect: 'write',
    scope: 'delete:policies:admin',
    handle: remove,
  },
  {
    operation: 'admin.policies.addResource',
    method: 'POST',
    path: `${POLICY}/resources`,
    effect: 'write',
    scope: WRITE,
    handle: addResource,
  },
  {
    operation: 'admin.policies.replaceResource',
    method: 'PUT',
    path: `${POLICY}/resources/:resourceId`,
    effect: 'write',
    scope: WRITE,
    handle: replaceResource,
  },
  {
    operation: 'admin.policies.deleteResource',
    method: 'DELETE',
    path: `${POLICY}/resources/:resourceId`,
    effect: 'write',
    scope: WRITE,
    handle: deleteResource,
  },
  {
    operation: 'admin.policies.validate',
    method: 'GET',
    path: `${POLICY}/validate`,
    effect: 'read',
    scope: READ,
    handle: validate,
  },
];

function list(context: RouteContext): FakeResponse {
  const { state, query } = context;
  const parse = (): { type: string | null } => ({ type: query.get('type') });
  const request = listingRequest(context, LIST, query.get('cursor') ?? undefined, parse);
  const { type } = request.query;
  const pick = (id: string): Policy | undefined => {
    const policy = state.policies.get(id);
    return type === null || policy?.type === type ? policy : undefined;
  };
  const page = listedPage(context, LIST, request, { candidates: state.policies.ids(), pick, limit: PAGE_SIZE });
  const data = page.rows.map((policy) => readView(context, policy));
  // The one cursor that is documented as `null` at the end.
  return pageAnswer(context, data, page, 'urls', { next: page.next ?? null, page_size: PAGE_SIZE });
}

function create(context: RouteContext): FakeResponse {
  return accepted(context, createPolicy(context.state, newPolicy(context)), 'policy_created');
}

function get(context: RouteContext): FakeResponse {
  return json(200, { data: readView(context, policyOfPath(context)) });
}

function replace(context: RouteContext): FakeResponse {
  const attributes = policyAttributes(context);
  return accepted(context, updatePolicy(context.state, policyOfPath(context), attributes), 'policy_updated');
}

function remove(context: RouteContext): FakeResponse {
  const { id } = policyOfPath(context);
  context.state.policies.delete(id);
  logWrite(context, 'policy_deleted', [{ type: 'policies', id }]);
  return empty(202);
}

function addResource(context: RouteContext): FakeResponse {
  const resource = policyResource(context);
  const policy = policyOfPath(context);
  const resources = [...policy.resources.filter(({ id }) => id !== resource.id), resource];
  return accepted(context, updatePolicy(context.state, policy, { resources }), 'policy_updated');
}

function replaceResource(context: RouteContext): FakeResponse {
  const { body } = context;
  if (body.kind !== 'json' || !isJsonObject(body.value)) refuseWith(context, 'ADMIN-400-4');
  const meta = isJsonObject(body.value.meta) ? body.value.meta : undefined;
  const { policy, resourceId } = resourceOfPath(context);
  const resources = policy.resources.map((held) =>
    held.id === resourceId ? { id: resourceId, ...given({ meta: meta ?? held.meta }) } : held,
  );
  return accepted(context, updatePolicy(context.state, policy, { resources }), 'policy_updated');
}

function deleteResource(context: RouteContext): FakeResponse {
  const { policy, resourceId } = resourceOfPath(context);
  updatePolicy(context.state, policy, { resources: policy.resources.filter(({ id }) => id !== resourceId) });
  logWrite(context, 'policy_updated', [{ type: 'policies', id: policy.id }]);
  return empty(204);
}

/** No 404 is documented here: a policy that is not there does not hold. */
function validate(context: RouteContext): FakeResponse {
  if (!context.state.policies.has(param(context, 'policyId'))) refuseWith(context, 'ADMIN-500-2', 'Policy not found');
  return empty(202);
}

function accepted(context: RouteContext, policy: Policy, action: 'policy_created' | 'policy_updated'): FakeResponse {
  logWrite(context, action, [{ type: 'policies', id: policy.id, attributes: { name: policy.name } }]);
  return json(202, { data: policyView(policy) });
}

function policyOfPath(context: RouteContext): Policy {
  const policy = context.state.policies.get(param(context, 'policyId'));
  if (policy === undefined) refuseWith(context, 'ADMIN-404-5', 'The policy does not exist');
  return policy;
}

function resourceOfPath(context: RouteContext): { policy: Policy; resourceId: string } {
  const policy = policyOfPath(context);
  const resourceId = param(context, 'resourceId');
  if (!policy.resources.some(({ id }) => id === resourceId))
    refuseWith(context, 'ADMIN-404-6', 'The policy does not cover the resource');
  return { policy, resourceId };
}

function readView({ now, switches }: RouteContext, policy: Policy): JsonObject {
  return policyView(settledPolicy(policy, now, switches.policyLagMs));
}

function policyView({ id, type, name, status, rule, resources }: Policy): JsonObject {
  return {
    id,
    type: 'policy',
    attributes: {
      type,
      name,
      status,
      rule,
      resources: resources.map((resource) => ({
        id: resource.id,
        applicationStatus: resource.applicationStatus,
        ...given({ meta: resource.meta }),
      })),
    },
  };
}
