import type { ErrorCode } from '../errors/error-code.js';

/**
 * What a configuration can be good for.
 *
 * - `scim.read`: read the SCIM directory; its key then writes there too, for Atlassian has no lesser one
 * - `organization.read`: read the organization, which proves that key and organization id belong together
 * - `organization.write`: change memberships, roles and suspensions, which takes a key without scopes
 * - `directories.read`, `users.search`, `groups.search`, `domains.read`, `products.read`: those reads of the organization
 * - `user-management`: manage accounts: deactivate, delete, revoke API tokens
 * - `provisioning-links`: find out which account a SCIM record is linked to
 * - `managed-accounts`: have managed accounts at all, which takes a verified domain
 * - `site.read`, `bitbucket.read`: read the site, and the Bitbucket workspace
 */
export type Capability =
  | 'scim.read'
  | 'organization.read'
  | 'organization.write'
  | 'directories.read'
  | 'users.search'
  | 'groups.search'
  | 'user-management'
  | 'provisioning-links'
  | 'domains.read'
  | 'managed-accounts'
  | 'products.read'
  | 'site.read'
  | 'bitbucket.read';

/** One call that was made to find out. */
export interface CheckEvidence {
  /** Name of the call, such as `scim.users.list`. */
  readonly operation: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** Atlassian's own code, such as `ADMIN-UAM-403-1`. */
  readonly atlassianCode?: string;
  /** Code of the error, where it ended in one. */
  readonly error?: ErrorCode;
  readonly traceId?: string;
}

/** Whether one capability is there, and if not, why. */
export interface CapabilityCheck {
  readonly capability: Capability;
  /**
   * - `works`: tried by reading, or follows from what was read
   * - `refused`: it does not work with this configuration; `summary` says why
   * - `not-configured`: its credential is not configured
   * - `unknown`: no answer that tells; `summary` says what happened
   */
  readonly status: 'works' | 'refused' | 'not-configured' | 'unknown';
  /** What was found, one or two sentences, without any credential or personal data. */
  readonly summary: string;
  /** What to do, where something can be done. */
  readonly advice?: string;
  /** What will go wrong later, or partly: a key that is about to expire, a domain that is not verified. */
  readonly warnings: readonly string[];
  /** The calls that tell. */
  readonly evidence: readonly CheckEvidence[];
}

/** What {@link checkConfiguration} found, one entry for each {@link Capability}, in a fixed order. */
export interface ConfigurationReport {
  /** Whether all that is configured works. Warnings do not count. */
  readonly ok: boolean;
  /** ISO 8601 instant, UTC. */
  readonly checkedAt: string;
  readonly capabilities: readonly CapabilityCheck[];
}
