/** Unconfirmed behaviour of the SCIM API and of the provisioning-link operations. */
export interface ScimSwitches {
  /** A PATCH of a group that names a user the directory does not have: refused whole with this status, or passed over. */
  readonly unknownGroupMember: 400 | 404 | 'ignored';
  /**
   * A SCIM group whose name a group of the organization has: refused (409, seen), or accepted and never propagated until
   * an admin resolves it (the conflict queue of the product documentation). Built-in names are refused either way.
   */
  readonly groupNameConflict: 'refused' | 'queued';
  /** A PATCH that gives a group another `displayName`, which is immutable. A PUT that does is ignored in this. */
  readonly groupRename: 400 | 'ignored';
  /** A PATCH of an attribute that is read-only (`id`, `meta`, `groups`, …). In POST and PUT they are ignored. */
  readonly readOnlyPatch: 400 | 'ignored';
  /** A PATCH of an attribute that Atlassian does not have (`addresses`, `manager`, …). In POST and PUT they are ignored. */
  readonly unknownPatchPath: 400 | 'ignored';
  /** `"True"` and `"false"` for a boolean in a PATCH, as an older Entra sends them. */
  readonly stringBooleans: 'accepted' | 400;
  /** A PATCH whose value is an empty array, which clears `phoneNumbers`. */
  readonly emptyPatchArrays: 'accepted' | 400;
  /** A page size over 100: cut to 100, or refused. */
  readonly largePages: 'clamped' | 400;
  /** Both `attributes` and `excludedAttributes` in one request: refused, or the former wins. */
  readonly bothProjections: 400 | 'attributes-win';
  /** `attributes` and `excludedAttributes` on Groups, which are documented for Users alone (Entra sends the latter). */
  readonly groupProjections: 'ignored' | 'honoured';
  /** What an organization without Atlassian Guard answers to all of SCIM. */
  readonly withoutGuard: 403 | 404;
  /** Status of an unlink. */
  readonly unlinkStatus: 200 | 204;
  /** Whether an unlink takes the person out of the synced groups in the products at once. */
  readonly unlinkDropsGroups: boolean;
  /** Whether the provisioning-link operations take an organization key with scopes. */
  readonly scopedKeyForLinks: 'refused' | 'accepted';
}

/** The likelier settings. */
export const DEFAULT_SCIM_SWITCHES: ScimSwitches = {
  unknownGroupMember: 404,
  groupNameConflict: 'refused',
  groupRename: 400,
  readOnlyPatch: 'ignored',
  unknownPatchPath: 400,
  stringBooleans: 'accepted',
  emptyPatchArrays: 'accepted',
  largePages: 'clamped',
  bothProjections: 400,
  groupProjections: 'ignored',
  withoutGuard: 403,
  unlinkStatus: 204,
  unlinkDropsGroups: true,
  scopedKeyForLinks: 'refused',
};
