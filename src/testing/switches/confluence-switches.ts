/** Unconfirmed behaviour of Confluence. */
export interface ConfluenceSwitches {
  /** Most people on a page of the user search, whatever limit is asked for. */
  readonly confluenceSearchCap: number;
  /** Milliseconds until the user search finds a new account. */
  readonly confluenceIndexLagMs: number;
  /** Items that each page of version 1 lacks before the end. The link to the next page tells that there is more. */
  readonly confluenceShortPages: number;
  /** Whether the user search tells who is a guest. */
  readonly confluenceSearchGuestFlag: boolean;
  /** Whether deactivated people are still among the members of their groups. They can do nothing either way. */
  readonly confluenceInactiveMembers: boolean;
  /** Adding a person to a group that they are in. */
  readonly confluenceReaddMember: 201 | 400;
  /** Writing the members of a group that an identity provider syncs. */
  readonly confluenceSyncedGroup: 400 | 403;
  /** Whether writes of version 1 need `X-Atlassian-Token: no-check`. It was seen with some clients only. */
  readonly confluenceXsrfCheck: boolean;
  /** Spaces by version 1: withdrawn (410, seen since 2025), or served as before. */
  readonly confluenceSpacesV1: 410 | 'served';
  /**
   * How a classic grant to people without an account or a licence looks in version 2: an access class, a user named so, a
   * row without a principal, or no row at all.
   */
  readonly confluenceOpenRows: 'access-class' | 'user' | 'null' | 'omitted';
  /** Whether the ids of permissions in version 2 are those that version 1 deletes by. */
  readonly confluencePermissionIds: 'same' | 'other';
  /** What classic permissions show of roles while a site moves to them: nothing, or a row for each thing a role allows. */
  readonly confluenceRoleRows: 'none' | 'flattened';
  /** Classic writes while a site moves to roles. */
  readonly confluenceTransitionWrites: 'accepted' | 'refused';
  /** Whether an admin key counts behind the gateway. */
  readonly confluenceAdminKeyAtGateway: boolean;
  /** Requests without a credential, on a site that is open to everybody. */
  readonly confluenceAnonymousReads: 401 | 'served';
}

/** The likelier settings. */
export const DEFAULT_CONFLUENCE_SWITCHES: ConfluenceSwitches = {
  confluenceSearchCap: 200,
  confluenceIndexLagMs: 0,
  confluenceShortPages: 0,
  confluenceSearchGuestFlag: true,
  confluenceInactiveMembers: true,
  confluenceReaddMember: 201,
  confluenceSyncedGroup: 400,
  confluenceXsrfCheck: true,
  confluenceSpacesV1: 410,
  confluenceOpenRows: 'access-class',
  confluencePermissionIds: 'same',
  confluenceRoleRows: 'none',
  confluenceTransitionWrites: 'accepted',
  confluenceAdminKeyAtGateway: false,
  confluenceAnonymousReads: 401,
};
