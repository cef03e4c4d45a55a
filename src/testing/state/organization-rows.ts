import type { JsonObject } from '../../model/json.js';
import type {
  AtlassianAccountId,
  OrganizationId,
  OrgDirectoryId,
  ResourceAri,
  ScimDirectoryId,
} from '../../model/ids.js';

/** The organization of the fake. There is one; accounts and keys may name another as their own. */
export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  /** Whether it has a paid subscription. Without one, inviting answers 402. */
  readonly paid: boolean;
  /** Whether it has Atlassian Guard. Without it, SCIM is refused. */
  readonly guard: boolean;
}

/** A directory of the Organizations API. */
export interface OrgDirectory {
  readonly id: OrgDirectoryId;
  readonly name: string;
}

/** A credential that the fake knows. */
export interface ApiKey {
  readonly id: string;
  readonly kind: 'organization-key' | 'directory-key' | 'site-token';
  readonly secret: string;
  readonly label: string;
  /** The organization it belongs to, which need not be the one of the fake. */
  readonly organizationId: OrganizationId;
  /** The SCIM directory of a directory key. */
  readonly scimDirectoryId?: ScimDirectoryId;
  /** Scopes of an organization key; `null` for a key without scopes, which may do everything. */
  readonly scopes: readonly string[] | null;
  /** The admin the key acts for, where a test cares. */
  readonly ownerAccountId?: AtlassianAccountId;
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revoked: boolean;
}

/** An email domain of the organization. Accounts on it are managed once it is verified and claimed. */
export interface Domain {
  readonly id: string;
  /** Lower case. */
  readonly name: string;
  readonly claimType: 'dns' | 'http';
  readonly status: 'verified' | 'unverified' | 'deleted' | 'superseded' | 'missing_token';
  /** False while the domain is verified and its accounts are not claimed yet (`VERIFIED_UNCLAIMED`). */
  readonly claimed: boolean;
}

/** A product on a site. */
export interface Workspace {
  /** `ari:cloud:<owner>::site/<cloudId>`. */
  readonly ari: ResourceAri;
  /** The part of the ARI that names the product: `jira-software`, `confluence`, … */
  readonly owner: string;
  readonly typeKey: string;
  /** Display name of the product. */
  readonly type: string;
  /** Name of the site. */
  readonly name: string;
  readonly cloudId: string;
  readonly hostUrl: string;
  readonly status: 'online' | 'offline' | 'deprecated';
  /** Seats. `null` where there is no limit. */
  readonly capacity: number | null;
  readonly sandbox: boolean;
  /** The directory that the people of the site are in. */
  readonly orgDirectoryId: OrgDirectoryId;
  readonly createdAt: number;
}

/** A resource that a policy covers. */
export interface PolicyResource {
  readonly id: string;
  readonly meta?: JsonObject;
  readonly applicationStatus: 'applying' | 'removing' | 'applied' | 'failed' | 'scheduled';
}

/** A policy of the organization. */
export interface Policy {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly status: 'enabled' | 'disabled';
  readonly rule: JsonObject;
  readonly resources: readonly PolicyResource[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** An entry of the organization's audit log, with what goes over the wire in `actor`, `context` and `container`. */
export interface AuditLogEvent {
  readonly id: string;
  readonly at: number;
  readonly processedAt: number;
  readonly action: string;
  readonly actor: JsonObject;
  readonly context: readonly JsonObject[];
  readonly container: readonly JsonObject[];
  readonly location?: JsonObject;
  readonly product?: string;
  readonly message?: string;
}
