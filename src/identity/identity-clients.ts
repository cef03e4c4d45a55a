import type { OrgGroups } from '../clients/admin/org-groups.js';
import type { OrgUsers } from '../clients/admin/org-users.js';
import type { ProvisioningLinks } from '../clients/admin/provisioning-links.js';
import type { ScimGroups } from '../clients/scim/scim-groups.js';
import type { ScimUsers } from '../clients/scim/scim-users.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { OrganizationId, ScimDirectoryId } from '../model/ids.js';

/** The reads of a SCIM directory that a mapper needs. A `ScimDirectoryClient` has them. */
export interface ScimReads {
  /** `undefined` for a server that is not Atlassian's: then no provisioning link is one of this directory. */
  readonly directoryId: ScimDirectoryId | undefined;
  readonly users: Pick<ScimUsers, 'get' | 'list' | 'listPage'>;
  readonly groups: Pick<ScimGroups, 'get' | 'list' | 'listPage'>;
}

/** The reads of an organization that a mapper needs. An `AdminOrgClient` has them. */
export interface OrganizationReads {
  readonly organizationId: OrganizationId;
  readonly users: Pick<OrgUsers, 'search'>;
  readonly groups: Pick<OrgGroups, 'search'>;
  readonly provisioningLinks: Pick<ProvisioningLinks, 'forAccount' | 'forEmail'>;
}

/** What a mapper can ask. Each is there only when its credential is configured. */
export interface IdentityClients {
  readonly scim: ScimReads | undefined;
  readonly admin: OrganizationReads | undefined;
}

/** The error for a reference that nothing configured can look up. */
export function capabilityMissing(purpose: string, missing: 'scim' | 'admin'): ProvisionerError {
  const [key, advice] =
    missing === 'scim'
      ? ['the SCIM directory key', 'Configure `scim: { url, token }`.']
      : ['the organization key', 'Configure `organizationId` and `admin: { apiKey }` with a key without scopes.'];
  return new ProvisionerError('capability_missing', `${purpose} needs ${key}, which is not configured`, { advice });
}
