/** Unconfirmed behaviour of the SCIM API and of the provisioning-link operations. */
export interface ScimSwitches {
  /** A PATCH of a group that names a user the directory does not have: refused whole with this status, or passed over. */
  readonly unknownGroupMember: 400 | 404 | 'ignored';
}

/** The likelier settings. */
export const DEFAULT_SCIM_SWITCHES: ScimSwitches = {
  unknownGroupMember: 404,
};
