import { baseUrlFault, normalizeBaseUrl } from '../../config/base-url.js';
import { Secret } from '../../config/secret.js';
import { tokenFault } from '../../config/token-fault.js';
import { ConfigError, type ConfigFault } from '../../errors/config-error.js';
import { createTransport, type TransportOptions } from '../../http/create-transport.js';
import { organizationId, type OrganizationId } from '../../model/ids.js';
import { ManagedAccounts } from './managed-accounts.js';
import { OrgDirectories } from './org-directories.js';
import { OrgDomains } from './org-domains.js';
import { OrgEvents } from './org-events.js';
import { OrgGroups } from './org-groups.js';
import { OrgPolicies } from './org-policies.js';
import { OrgUsers } from './org-users.js';
import { OrgWorkspaces } from './org-workspaces.js';
import { Organizations } from './organizations.js';
import type { OrganizationTransport } from './org-paging.js';
import { ProvisioningLinks } from './provisioning-links.js';

/** Where Atlassian serves the APIs of an organization. */
export const ATLASSIAN_API_URL = 'https://api.atlassian.com';

/** What {@link AdminOrgClient.connect} needs. */
export interface AdminOrgConnection extends TransportOptions {
  readonly organizationId: string;
  /** A key without scopes: writes to people, groups and roles, and all of {@link ManagedAccounts}, refuse any other. */
  readonly apiKey: string | Secret;
  /** {@link ATLASSIAN_API_URL} unless given. */
  readonly baseUrl?: string | undefined;
}

/**
 * Speaks to one organization: the Organizations API, User management, and the ties to SCIM records.
 *
 * It says what the APIs say and decides nothing: a repeated `addMember` may be refused with `conflict`, and a `delete`
 * of what is gone with `not_found`.
 *
 * @see {@link https://developer.atlassian.com/cloud/admin/organization/rest/intro/ | Organizations REST API}
 */
export class AdminOrgClient {
  readonly organizationId: OrganizationId;
  readonly organizations: Organizations;
  readonly directories: OrgDirectories;
  readonly users: OrgUsers;
  readonly groups: OrgGroups;
  readonly domains: OrgDomains;
  readonly events: OrgEvents;
  readonly policies: OrgPolicies;
  readonly workspaces: OrgWorkspaces;
  readonly managedAccounts: ManagedAccounts;
  readonly provisioningLinks: ProvisioningLinks;

  constructor(transport: OrganizationTransport, organizationId: OrganizationId) {
    this.organizationId = organizationId;
    this.organizations = new Organizations(transport, organizationId);
    this.directories = new OrgDirectories(transport, organizationId);
    this.users = new OrgUsers(transport, organizationId);
    this.groups = new OrgGroups(transport, organizationId);
    this.domains = new OrgDomains(transport, organizationId);
    this.events = new OrgEvents(transport, organizationId);
    this.policies = new OrgPolicies(transport, organizationId);
    this.workspaces = new OrgWorkspaces(transport, organizationId);
    this.managedAccounts = new ManagedAccounts(transport);
    this.provisioningLinks = new ProvisioningLinks(transport, organizationId);
  }

  /**
   * Makes a client with a transport of its own. Sends nothing.
   *
   * @throws {@link ConfigError} with every fault of the connection, and never a value.
   */
  static connect(connection: AdminOrgConnection): AdminOrgClient {
    const { organizationId: id, apiKey, baseUrl = ATLASSIAN_API_URL, ...options } = connection;
    const token = typeof apiKey === 'string' ? new Secret(apiKey) : apiKey;
    const faults = connectionFaults(id, token, baseUrl);
    if (faults.length > 0) throw new ConfigError(faults);

    const transport = createTransport({
      ...options,
      api: 'admin',
      baseUrl: normalizeBaseUrl(baseUrl),
      credential: { kind: 'organization-key', token },
    });
    return new AdminOrgClient(transport, organizationId(id));
  }
}

function connectionFaults(id: string, token: Secret, baseUrl: string): ConfigFault[] {
  const wrong = {
    organizationId: isOrganizationId(id)
      ? undefined
      : 'must be the id of the organization, as the admin console has it',
    apiKey: tokenFault('organization-key', token.reveal()),
    baseUrl: baseUrlFault(baseUrl),
  };
  return Object.entries(wrong).flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
}

function isOrganizationId(id: string): boolean {
  try {
    return organizationId(id) === id;
  } catch {
    return false;
  }
}
