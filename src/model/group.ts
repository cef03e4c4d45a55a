import type { OrgDirectoryId, OrgGroupId, ScimGroupId } from './ids.js';

/** Any one way to name a group. Names are compared whole, without regard to case. */
export type GroupRef =
  { readonly name: string } | { readonly scimGroupId: ScimGroupId } | { readonly orgGroupId: OrgGroupId };

/**
 * Who owns the members of a group.
 *
 * - `synced`: pushed by the directory of this SDK; only SCIM writes it
 * - `local`: kept in the organization; only the Organizations API writes it
 * - `foreign`: synced, yet by a directory that this SDK holds no key of; nothing here writes it
 * - `scim-only`: in the SCIM directory, and not (yet) to be seen in the organization
 */
export type GroupOrigin = 'synced' | 'local' | 'foreign' | 'scim-only';

/** The API that writes the members of a group. */
export type GroupRoute = 'scim' | 'organization';

/** A group with its ids on both sides, its origin and how its members can be written. */
export interface ResolvedGroup {
  readonly name: string;
  readonly origin: GroupOrigin;
  /** The API that may write the members, or `undefined` when none that this SDK has a key for. */
  readonly route: GroupRoute | undefined;
  /** Why `route` is `undefined`. */
  readonly unwritableBecause?: string;
  readonly scimGroupId?: ScimGroupId;
  readonly orgGroupId?: OrgGroupId;
  /** The organization directory that holds the group; membership writes need it. */
  readonly orgDirectoryId?: OrgDirectoryId;
  /**
   * What is wrong, when the SCIM directory and the organization each have a group of this name and they are not one:
   * Atlassian parks such a push, and what is written to one side never reaches the other.
   */
  readonly conflict?: string;
  /** Number of members, where the read gave it. */
  readonly memberCount?: number;
}
