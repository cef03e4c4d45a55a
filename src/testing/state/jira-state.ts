import type { RolePrincipal } from './account-rows.js';
import type { HistoryWindow } from './history.js';
import type {
  JiraActorRow,
  JiraGrantRow,
  JiraProjectRow,
  JiraRoleRow,
  JiraSchemeRow,
  JiraSettings,
} from './jira-rows.js';
import { Table } from './table.js';

/** What the fake knows of Jira beside its accounts and groups. Its reads never trail. */
export class JiraState {
  readonly settings: Table<JiraSettings>;
  readonly projects: Table<JiraProjectRow, 'cloudId'>;
  readonly roles: Table<JiraRoleRow, 'cloudId' | 'projectId'>;
  /** `role` is keyed by {@link projectRoleKey}, `principal` by `user:<accountId>` or `group:<groupId>`. */
  readonly actors: Table<JiraActorRow, 'projectId' | 'role' | 'principal'>;
  readonly schemes: Table<JiraSchemeRow, 'cloudId'>;
  readonly grants: Table<JiraGrantRow, 'schemeId' | 'principal'>;

  constructor(window: HistoryWindow) {
    this.settings = new Table((row) => row.cloudId, {}, window);
    this.projects = new Table((row) => row.id, { cloudId: (row) => row.cloudId }, window);
    this.roles = new Table(
      (row) => row.id,
      { cloudId: (row) => row.cloudId, projectId: (row) => row.projectId },
      window,
    );
    this.actors = new Table(
      (row) => row.id,
      {
        projectId: (row) => row.projectId,
        role: (row) => projectRoleKey(row.projectId, row.roleId),
        principal: (row) => principalOf(row.principal),
      },
      window,
    );
    this.schemes = new Table((row) => row.id, { cloudId: (row) => row.cloudId }, window);
    this.grants = new Table(
      (row) => row.id,
      {
        schemeId: (row) => row.schemeId,
        principal: ({ holder }) =>
          holder.type === 'user' || holder.type === 'group' ? `${holder.type}:${holder.value ?? ''}` : undefined,
      },
      window,
    );
  }

  /** The settings of a site: those that all start with, until they are changed. */
  settingsOf(cloudId: string): JiraSettings {
    return this.settings.get(cloudId) ?? { cloudId, freePlan: false };
  }

  /** In one fixed order, for snapshots. */
  stores(): readonly object[] {
    return [this.settings, this.projects, this.roles, this.actors, this.schemes, this.grants];
  }
}

/** Index key of one role in one project. */
export function projectRoleKey(projectId: string, roleId: string): string {
  return `${projectId}\n${roleId}`;
}

function principalOf({ type, id }: RolePrincipal): string {
  return `${type}:${id}`;
}
