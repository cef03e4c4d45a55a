import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import { IdentityUnlinkedError } from '../errors/identity-unlinked-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
import type { OperationContext } from './operation.js';

/** The clients of one provisioner; each is there only when its credential is configured. */
export interface Clients {
  readonly scim: ScimDirectoryClient | undefined;
  readonly admin: AdminOrgClient | undefined;
}

/** The SCIM client, or `capability_missing` naming what needs it. */
export function needScim({ scim }: Clients, purpose: string): ScimDirectoryClient {
  if (scim !== undefined) return scim;
  throw new ProvisionerError('capability_missing', `${purpose} needs the SCIM directory key, which is not configured`, {
    advice: 'Configure `scim: { url, token }`.',
  });
}

/** The client of the organization, or `capability_missing` naming what needs it. */
export function needAdmin({ admin }: Clients, purpose: string): AdminOrgClient {
  if (admin !== undefined) return admin;
  throw new ProvisionerError('capability_missing', `${purpose} needs the organization key, which is not configured`, {
    advice: 'Configure `organizationId` and `admin: { apiKey }` with a key without scopes.',
  });
}

/** The SCIM id of the subject. The executor has made sure of it before the operation runs. */
export function needScimUserId({ subject }: OperationContext, purpose: string): ScimUserId {
  if (subject.scimUserId !== undefined) return subject.scimUserId;
  throw new ProvisionerError('identity_not_found', `${purpose} needs a SCIM record, and the person has none`, {
    advice: 'Run syncIdentity first; it creates the record.',
  });
}

/** The account id of the subject. The executor has made sure of it before the operation runs. */
export function needAccountId({ subject }: OperationContext, purpose: string): AtlassianAccountId {
  if (subject.accountId !== undefined) return subject.accountId;
  throw new IdentityUnlinkedError(purpose);
}
