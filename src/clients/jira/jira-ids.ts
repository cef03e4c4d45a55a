import type { Tagged } from '../../model/tagged.js';

/** Id of a project: digits. It stays when the key changes. */
export type JiraProjectId = Tagged<string, 'JiraProjectId'>;

/** Id of a project role: digits. The same in every company-managed project; of its own in a team-managed one. */
export type JiraProjectRoleId = Tagged<string, 'JiraProjectRoleId'>;

/** Id of a permission scheme: digits. */
export type JiraPermissionSchemeId = Tagged<string, 'JiraPermissionSchemeId'>;

/** Id of one grant of a permission scheme: digits. */
export type JiraPermissionGrantId = Tagged<string, 'JiraPermissionGrantId'>;
