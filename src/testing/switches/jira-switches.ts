/** Unconfirmed behaviour of Jira. */
export interface JiraSwitches {
  /** How an email that is hidden from the caller is written: all three were seen. */
  readonly jiraHiddenEmail: 'omitted' | 'null' | 'empty';
  /** Most groups in a page of `group/bulk`, which Jira does not publish. */
  readonly jiraGroupPageCap: number;
  /** Most users in a page of the user list before its end: less than was asked for, as after late filtering. */
  readonly jiraShortUserPages: boolean;
  /** Writing the members of a group that an identity provider owns. */
  readonly jiraSyncedGroup: 400 | 403;
  /** A search of projects that finds none: an empty page, or not found, as documented. */
  readonly jiraNoProjects: 200 | 404;
  /** Whether the roles of a team-managed project are only its own, or those of the site too. */
  readonly jiraTeamManagedRoles: 'own' | 'own-and-global';
}

/** The likelier settings. */
export const DEFAULT_JIRA_SWITCHES: JiraSwitches = {
  jiraHiddenEmail: 'omitted',
  jiraGroupPageCap: 50,
  jiraShortUserPages: false,
  jiraSyncedGroup: 403,
  jiraNoProjects: 200,
  jiraTeamManagedRoles: 'own',
};
