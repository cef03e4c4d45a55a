import { typesOfProduct } from '../entities/entity-type.js';
import type { Part } from '../reading/gap-of-error.js';

export const EVERYTHING: Part = { name: 'everything', hides: typesOfProduct('jira') };
export const INSTANCE = { name: 'instance', hides: ['jira.instance'] } as const;
export const USERS = { name: 'users', hides: ['jira.user'] } as const;
export const GROUPS = { name: 'groups', hides: ['jira.group'] } as const;
export const PROJECTS = { name: 'projects', hides: ['jira.project'] } as const;
export const PROJECT_SCHEMES = { name: 'permission schemes of projects', hides: ['jira.project'] } as const;
export const ROLES = { name: 'project roles', hides: ['jira.projectRole'] } as const;
export const SCHEMES = {
  name: 'permission schemes',
  hides: ['jira.permissionScheme'],
  neededBy: { parts: ['projects', 'permission schemes of projects'], unfinished: ['project roles'] },
} as const;
export const APPLICATIONS = { name: 'application roles', hides: ['jira.applicationRole'] } as const;
/** What a caller without Administer Jira is not told of. The roles of the projects that were listed are not among it. */
export const HIDDEN_PROJECTS = { name: 'hidden projects', hides: ['jira.project'], neededBy: {} } as const;
