import type { JsonObject } from '../../model/json.js';
import { paginate, type Page } from '../../http/paginate.js';
import { path } from '../../http/path.js';
import type { CallOptions } from '../../http/transport.js';
import type { OrganizationId } from '../../model/ids.js';
import { toBody } from './json-body.js';
import { noContentSchema } from './no-content.js';
import { getMetaCursorPage, type OrganizationTransport } from './org-paging.js';
import {
  orgPolicyAnswerSchema,
  orgPolicySchema,
  type OrgPolicy,
  type OrgPolicyInput,
  type OrgPolicyResourceDetails,
  type OrgPolicyResourceInput,
} from './org-policy.js';

/** Which policies to list. */
export interface OrgPolicyQuery {
  readonly type?: 'ip-allowlist' | 'data-residency' | 'data-security' | undefined;
}

/**
 * IP allowlists and data residency of the organization.
 *
 * Writes are accepted (202) before they are done: read back until the policy is as wanted, which takes up to 2 minutes
 * (seen).
 */
export class OrgPolicies {
  readonly #transport: OrganizationTransport;
  readonly #organizationId: OrganizationId;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.#transport = transport;
    this.#organizationId = organizationId;
  }

  /** Walks the policies. */
  list(query: OrgPolicyQuery = {}, options: CallOptions = {}): AsyncGenerator<OrgPolicy, void, undefined> {
    return paginate((cursor) => this.listPage(query, cursor, options), 'admin.policies.list');
  }

  /** Reads one page of the policies. */
  async listPage(query: OrgPolicyQuery = {}, cursor?: string, options: CallOptions = {}): Promise<Page<OrgPolicy>> {
    return getMetaCursorPage(
      this.#transport,
      {
        ...options,
        operation: 'admin.policies.list',
        path: path`/admin/v1/orgs/${this.#organizationId}/policies`,
        query: { type: query.type },
        item: orgPolicySchema(),
      },
      cursor,
    );
  }

  /** Creates a policy. Every field is needed: fewer answer a bare 400 that names none (seen). */
  async create(input: OrgPolicyInput, options: CallOptions = {}): Promise<OrgPolicy> {
    return this.#transport.send({
      ...options,
      operation: 'admin.policies.create',
      method: 'POST',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies`,
      body: { data: toPolicyBody(input) },
      response: orgPolicyAnswerSchema(),
      repeat: 'once',
    });
  }

  /** Reads one policy. */
  async get(policyId: string, options: CallOptions = {}): Promise<OrgPolicy> {
    return this.#transport.send({
      ...options,
      operation: 'admin.policies.get',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}`,
      response: orgPolicyAnswerSchema(),
    });
  }

  /** Replaces a policy. */
  async replace(policyId: string, input: OrgPolicyInput, options: CallOptions = {}): Promise<OrgPolicy> {
    return this.#transport.send({
      ...options,
      operation: 'admin.policies.replace',
      method: 'PUT',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}`,
      body: { data: { id: policyId, ...toPolicyBody(input) } },
      response: orgPolicyAnswerSchema(),
      repeat: 'idempotent',
    });
  }

  /** Deletes a policy. */
  async delete(policyId: string, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.policies.delete',
      method: 'DELETE',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /** Applies a policy to one more resource. */
  async addResource(policyId: string, resource: OrgPolicyResourceInput, options: CallOptions = {}): Promise<OrgPolicy> {
    return this.#transport.send({
      ...options,
      operation: 'admin.policies.addResource',
      method: 'POST',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}/resources`,
      body: toResourceBody(resource, resource.id),
      response: orgPolicyAnswerSchema(),
      repeat: 'once',
    });
  }

  /** Replaces what is said of a resource of a policy. */
  async replaceResource(
    policyId: string,
    resourceId: string,
    details: OrgPolicyResourceDetails,
    options: CallOptions = {},
  ): Promise<OrgPolicy> {
    return this.#transport.send({
      ...options,
      operation: 'admin.policies.replaceResource',
      method: 'PUT',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}/resources/${resourceId}`,
      body: toResourceBody(details),
      response: orgPolicyAnswerSchema(),
      repeat: 'idempotent',
    });
  }

  /** Takes a resource out of a policy. */
  async deleteResource(policyId: string, resourceId: string, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.policies.deleteResource',
      method: 'DELETE',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}/resources/${resourceId}`,
      response: noContentSchema(),
      repeat: 'idempotent',
    });
  }

  /**
   * Has Atlassian check a policy. It returns when the policy is sound.
   *
   * @throws `rejected` or `server_error` with `ADMIN-500-2` when it is not.
   */
  async validate(policyId: string, options: CallOptions = {}): Promise<void> {
    await this.#transport.send({
      ...options,
      operation: 'admin.policies.validate',
      method: 'GET',
      path: path`/admin/v1/orgs/${this.#organizationId}/policies/${policyId}/validate`,
      response: noContentSchema(),
    });
  }
}

function toResourceBody({ meta, ticketUrl }: OrgPolicyResourceDetails, id?: string): JsonObject {
  return toBody({
    id,
    meta: meta && toBody({ ...meta }),
    links: ticketUrl === undefined ? undefined : { ticket: ticketUrl },
  });
}

function toPolicyBody(input: OrgPolicyInput): JsonObject {
  return {
    type: 'policy',
    attributes: {
      type: input.type,
      name: input.name,
      status: input.status,
      rule: { in: [...input.allowed] },
      resources: input.resources.map((resource) => toResourceBody(resource, resource.id)),
    },
  };
}
