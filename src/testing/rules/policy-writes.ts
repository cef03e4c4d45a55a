import type { JsonObject } from '../../model/json.js';
import type { FakeState } from '../state/fake-state.js';
import type { Policy, PolicyResource } from '../state/organization-rows.js';

/** A policy as a client describes it, all parts checked. */
export interface PolicyInput {
  readonly type: string;
  readonly name: string;
  readonly status: 'enabled' | 'disabled';
  readonly rule: JsonObject;
  readonly resources: readonly Pick<PolicyResource, 'id' | 'meta'>[];
}

/** Creates a policy; it comes into force on its resources after a while. */
export function createPolicy(state: FakeState, input: PolicyInput): Policy {
  const now = state.clock.now();
  const policy: Policy = {
    ...input,
    id: state.ids.next('policy'),
    resources: input.resources.map(applying),
    createdAt: now,
    updatedAt: now,
  };
  state.policies.put(policy);
  return policy;
}

/** Replaces what is given, and starts to apply it anew. */
export function updatePolicy(state: FakeState, policy: Policy, changes: Partial<PolicyInput>): Policy {
  const { resources = policy.resources, ...rest } = changes;
  const updated: Policy = {
    ...policy,
    ...rest,
    resources: resources.map(applying),
    updatedAt: state.clock.now(),
  };
  state.policies.put(updated);
  return updated;
}

/** The policy as reads show it: what was `applying` is in force once the lag is over. */
export function settledPolicy(policy: Policy, now: number, lagMs: number): Policy {
  if (now - policy.updatedAt < lagMs) return policy;
  return {
    ...policy,
    resources: policy.resources.map((resource) =>
      resource.applicationStatus === 'applying' ? { ...resource, applicationStatus: 'applied' } : resource,
    ),
  };
}

function applying({ id, meta }: Pick<PolicyResource, 'id' | 'meta'>): PolicyResource {
  return { id, applicationStatus: 'applying', ...(meta !== undefined && { meta }) };
}
