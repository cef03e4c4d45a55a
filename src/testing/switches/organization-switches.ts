/** Unconfirmed behaviour of the Organizations API. */
export interface OrganizationSwitches {
  /** Adding a member who is in already: nothing happens (204, seen), or a conflict (409 `ADMIN-UAM-409-2`, seen too). */
  readonly readdMember: 204 | 409;
  /** Removing a person who is not in the group. */
  readonly removeNonMember: 204 | 404;
  /** Adding a person whose account is deactivated: `ADMIN-UAM-400-2`, or nothing wrong with it. */
  readonly addInactiveMember: 204 | 400;
  /** Editing or deleting a group that an identity provider or Atlassian itself owns. */
  readonly lockedGroup: 403 | 400;
  /** Whether the group that makes organization admins refuses new members, as announced for the "Units" rollout. */
  readonly orgAdminGroupLocked: boolean;

  /** Refused writes on users, groups and roles answer without a body, as documented, or with the errors envelope, as seen. */
  readonly writeErrorBodies: 'envelope' | 'empty';
  /** A key that belongs to another organization than the path names. */
  readonly foreignOrganization: 404 | 403;
  /** What a key without scopes finds in `GET /v1/orgs`: its organization (seen in 2026), or nothing (seen before). */
  readonly organizationList: 'one' | 'empty';
  /** Whether a key with `read:directories:admin` may count users. Counting groups was seen to work. */
  readonly scopedUserCount: boolean;
  /**
   * The operations of v1 that ended on 2026-06-30: 410, 404, or `served` as before, for clients that still call them (some
   * were seen to answer after that day). Served are the writes on users, groups and members; the others stay 410.
   */
  readonly retiredOperations: 410 | 404 | 'served';

  /** Values that v2 does not have, such as the link after the last page: `null` (seen), or left out, as documented. */
  readonly absentValues: 'omit' | 'null';
  /** The cursor of a search stands for the filters too, or for the place alone, so that the filters must come again. */
  readonly searchCursor: 'whole' | 'place';
  /** Milliseconds until a page cursor is refused (400 `ADMIN-400-1`). Those of the event stream last for ever. */
  readonly cursorLifetimeMs: number;
  /** `links.next` of the workspaces: the bare cursor that clients use, or the documented URL. */
  readonly workspaceNext: 'cursor' | 'url';

  /** Giving a user a role that the user holds directly. */
  readonly regrantRole: 204 | 409;
  /** Taking away a role that is not held directly. */
  readonly revokeAbsentRole: 204 | 404;
  /** Whether role assignments list what a role brings with it, with the method `inferred`. */
  readonly inferredRoles: boolean;
  /** Suspending an organization admin (400 on the retired v1). */
  readonly suspendOrgAdmin: 204 | 400;
  /** Suspending a suspended person, or restoring an active one. */
  readonly repeatedSuspension: 204 | 400;
  /** Restoring a person whose products are out of seats (409 on the retired v1; v2 documents no 409). */
  readonly restoreWithoutSeat: 409 | 204;
  /** `-` in place of the directory in a write: not found, or the one directory that fits. */
  readonly dashOnWrites: 404 | 'resolved';

  /** Milliseconds until a policy is in force on its resources. */
  readonly policyLagMs: number;
  /** Milliseconds until an event is processed, and so to be read. */
  readonly eventLagMs: number;
}

/** The likelier settings. */
export const DEFAULT_ORGANIZATION_SWITCHES: OrganizationSwitches = {
  readdMember: 204,
  removeNonMember: 404,
  addInactiveMember: 400,
  lockedGroup: 403,
  orgAdminGroupLocked: false,
  writeErrorBodies: 'envelope',
  foreignOrganization: 404,
  organizationList: 'one',
  scopedUserCount: false,
  retiredOperations: 410,
  absentValues: 'null',
  searchCursor: 'whole',
  cursorLifetimeMs: 3_600_000,
  workspaceNext: 'cursor',
  regrantRole: 204,
  revokeAbsentRole: 404,
  inferredRoles: false,
  suspendOrgAdmin: 400,
  repeatedSuspension: 204,
  restoreWithoutSeat: 409,
  dashOnWrites: 404,
  policyLagMs: 0,
  eventLagMs: 0,
};
