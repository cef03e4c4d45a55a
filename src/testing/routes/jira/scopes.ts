/** Scopes of Jira's operations: the classic one, or all of the granular ones (documented). */
const USER_READS = ['read:user:jira', 'read:application-role:jira', 'read:avatar:jira', 'read:group:jira'];
const PROJECT_READS = [
  'read:project:jira',
  'read:project.property:jira',
  'read:issue-type:jira',
  'read:issue-type-hierarchy:jira',
  'read:project-category:jira',
  'read:project-version:jira',
  'read:project.component:jira',
  'read:user:jira',
  'read:group:jira',
  'read:application-role:jira',
  'read:avatar:jira',
];
const ROLE_READS = [
  'read:user:jira',
  'read:group:jira',
  'read:project-role:jira',
  'read:project:jira',
  'read:avatar:jira',
  'read:project-category:jira',
];
const SCHEME_READS = [
  'read:permission-scheme:jira',
  'read:permission:jira',
  'read:application-role:jira',
  'read:field:jira',
  'read:group:jira',
  'read:user:jira',
  'read:project-role:jira',
  'read:project:jira',
  'read:project-category:jira',
  'read:avatar:jira',
];
const CONFIGURATION = ['manage:jira-configuration'];
const PROJECT_MANAGEMENT = ['manage:jira-project'];
const WORK = ['read:jira-work'];
const USERS = ['read:jira-user'];

export const SCOPES = {
  users: [USERS, USER_READS],
  groups: [USERS, ['read:group:jira']],
  members: [CONFIGURATION, ['read:group:jira', 'read:user:jira', 'read:avatar:jira']],
  addMember: [CONFIGURATION, ['write:group:jira', 'read:group:jira', 'read:user:jira', 'read:avatar:jira']],
  removeMember: [CONFIGURATION, ['write:group:jira']],
  createGroup: [CONFIGURATION, ['write:group:jira', 'read:group:jira', 'read:user:jira', 'read:avatar:jira']],
  deleteGroup: [CONFIGURATION, ['delete:group:jira']],
  projects: [WORK, PROJECT_READS],
  roleMap: [WORK, ['read:project-role:jira']],
  role: [WORK, ROLE_READS],
  // Giving a role needs the scope of the site's configuration, taking it away that of projects (documented).
  addActors: [CONFIGURATION, [...ROLE_READS, 'write:project-role:jira']],
  setActors: [PROJECT_MANAGEMENT, [...ROLE_READS, 'write:project-role:jira']],
  removeActor: [PROJECT_MANAGEMENT, ['delete:project-role:jira']],
  roleCatalogue: [CONFIGURATION, ROLE_READS],
  createRole: [CONFIGURATION, [...ROLE_READS, 'write:project-role:jira']],
  schemes: [WORK, SCHEME_READS],
  createGrant: [CONFIGURATION, [...SCHEME_READS, 'write:permission:jira']],
  deleteGrant: [CONFIGURATION, ['delete:permission:jira']],
  createScheme: [CONFIGURATION, [...SCHEME_READS, 'write:permission-scheme:jira']],
  assignScheme: [PROJECT_MANAGEMENT, [...SCHEME_READS, 'write:project:jira']],
  applications: [CONFIGURATION, ['read:application-role:jira']],
  permissions: [WORK, ['read:permission:jira']],
} as const;
