import type { AtlassianAccountId } from '../../../model/ids.js';
import type { FakeState } from '../../state/fake-state.js';
import type { JiraHolder, JiraProjectRow } from '../../state/jira-rows.js';
import { projectRoleKey } from '../../state/jira-state.js';
import type { FakeSite } from '../sites.js';
import { applicationsOf, hasJira, isJiraAdmin } from './jira-people.js';

/** Global permissions that anybody can ask about. */
export const GLOBAL_PERMISSIONS = ['ADMINISTER', 'SYSTEM_ADMIN', 'USER_PICKER'] as const;

/** The permissions of projects that Jira has by itself. */
export const PROJECT_PERMISSIONS: readonly string[] = [
  'ADMINISTER_PROJECTS',
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'DELETE_ISSUES',
  'ASSIGN_ISSUES',
  'ASSIGNABLE_USER',
  'CLOSE_ISSUES',
  'LINK_ISSUES',
  'MODIFY_REPORTER',
  'MOVE_ISSUES',
  'RESOLVE_ISSUES',
  'SCHEDULE_ISSUES',
  'SET_ISSUE_SECURITY',
  'TRANSITION_ISSUES',
  'MANAGE_WATCHERS',
  'VIEW_VOTERS_AND_WATCHERS',
  'ADD_COMMENTS',
  'DELETE_ALL_COMMENTS',
  'DELETE_OWN_COMMENTS',
  'EDIT_ALL_COMMENTS',
  'EDIT_OWN_COMMENTS',
  'CREATE_ATTACHMENTS',
  'DELETE_ALL_ATTACHMENTS',
  'DELETE_OWN_ATTACHMENTS',
  'DELETE_ALL_WORKLOGS',
  'DELETE_OWN_WORKLOGS',
  'EDIT_ALL_WORKLOGS',
  'EDIT_OWN_WORKLOGS',
  'WORK_ON_ISSUES',
  'MANAGE_SPRINTS_PERMISSION',
  'SERVICEDESK_AGENT',
  'VIEW_DEV_TOOLS',
  'VIEW_READONLY_WORKFLOW',
  'EDIT_WORKFLOW',
  'EDIT_ISSUE_LAYOUT',
];

/** Whether somebody has a permission in a project by its scheme. `undefined` is nobody in particular. */
export function hasPermission(
  state: FakeState,
  site: FakeSite,
  project: JiraProjectRow,
  permission: string,
  accountId: AtlassianAccountId | undefined,
): boolean {
  return state.jira.grants
    .findAll('schemeId', project.schemeId)
    .some((grant) => grant.permission === permission && reaches(state, site, project, grant.holder, accountId));
}

/** Whether the caller sees the project. Administrators of Jira see all. */
export function canBrowse(
  state: FakeState,
  site: FakeSite,
  project: JiraProjectRow,
  accountId: AtlassianAccountId | undefined,
): boolean {
  if (accountId !== undefined && isJiraAdmin(state, site, accountId)) return true;
  return ['BROWSE_PROJECTS', 'ADMINISTER_PROJECTS'].some((permission) =>
    hasPermission(state, site, project, permission, accountId),
  );
}

/** Whether the caller administers the project, or Jira. */
export function canAdminister(
  state: FakeState,
  site: FakeSite,
  project: JiraProjectRow,
  accountId: AtlassianAccountId | undefined,
): boolean {
  if (accountId === undefined) return false;
  return isJiraAdmin(state, site, accountId) || hasPermission(state, site, project, 'ADMINISTER_PROJECTS', accountId);
}

function reaches(
  state: FakeState,
  site: FakeSite,
  project: JiraProjectRow,
  { type, value = '' }: JiraHolder,
  accountId: AtlassianAccountId | undefined,
): boolean {
  if (type === 'anyone') return true;
  if (accountId === undefined) return false;
  switch (type) {
    case 'applicationRole':
      return value === ''
        ? hasJira(state, site, accountId)
        : applicationsOf(state, site, accountId).some(({ owner }) => owner === value);
    case 'group':
      return state.groupMembers.has(value, accountId);
    case 'user':
      return value === accountId;
    case 'projectRole':
      return state.jira.actors
        .findAll('role', projectRoleKey(project.id, value))
        .some(({ principal }) =>
          principal.type === 'user' ? principal.id === accountId : state.groupMembers.has(principal.id, accountId),
        );
    case 'projectLead':
      return project.leadId === accountId;
    default:
      return false;
  }
}
