/** Unconfirmed behaviour of the Organizations API. */
export interface OrganizationSwitches {
  /** Adding a member who is in already: nothing happens (204, seen), or a conflict (409 `ADMIN-UAM-409-2`, seen too). */
  readonly readdMember: 204 | 409;
  /** Removing a person who is not in the group. */
  readonly removeNonMember: 204 | 404;
  /** Refused writes on users, groups and roles answer without a body, as documented, or with the errors envelope, as seen. */
  readonly writeErrorBodies: 'envelope' | 'empty';
}

/** The likelier settings. */
export const DEFAULT_ORGANIZATION_SWITCHES: OrganizationSwitches = {
  readdMember: 204,
  removeNonMember: 404,
  writeErrorBodies: 'envelope',
};
