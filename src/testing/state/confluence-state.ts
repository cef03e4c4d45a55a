import type {
  AdminKeyRow,
  ConfluenceSettings,
  SpacePermissionRow,
  SpacePrincipal,
  SpaceRoleAssignmentRow,
  SpaceRoleRow,
  SpaceRow,
} from './confluence-rows.js';
import type { HistoryWindow } from './history.js';
import { Table } from './table.js';

/** What the fake knows of Confluence beside its accounts and groups. Its reads never trail. */
export class ConfluenceState {
  readonly settings: Table<ConfluenceSettings>;
  readonly spaces: Table<SpaceRow, 'cloudId' | 'key'>;
  readonly permissions: Table<SpacePermissionRow, 'spaceId'>;
  readonly roles: Table<SpaceRoleRow, 'cloudId'>;
  readonly assignments: Table<SpaceRoleAssignmentRow, 'spaceId'>;
  readonly adminKeys: Table<AdminKeyRow>;

  constructor(window: HistoryWindow) {
    this.settings = new Table((row) => row.cloudId, {}, window);
    this.spaces = new Table<SpaceRow, 'cloudId' | 'key'>(
      (row) => row.id,
      { cloudId: (row) => row.cloudId, key: (row) => spaceKey(row.cloudId, row.key) },
      window,
    );
    this.permissions = new Table((row) => row.id, { spaceId: (row) => row.spaceId }, window);
    this.roles = new Table((row) => row.id, { cloudId: (row) => row.cloudId }, window);
    this.assignments = new Table<SpaceRoleAssignmentRow, 'spaceId'>(
      assignmentKey,
      { spaceId: (row) => row.spaceId },
      window,
    );
    this.adminKeys = new Table<AdminKeyRow>(adminKeyKey, {}, window);
  }

  /** The settings of a site: those that all start with, until they are changed. */
  settingsOf(cloudId: string): ConfluenceSettings {
    return this.settings.get(cloudId) ?? { cloudId, mode: 'ROLES', anonymousAccess: false, edition: 'PREMIUM' };
  }

  /** In one fixed order, for snapshots. */
  stores(): readonly object[] {
    return [this.settings, this.spaces, this.permissions, this.roles, this.assignments, this.adminKeys];
  }
}

/** Index key of a space: keys are compared without regard to case. */
export function spaceKey(cloudId: string, key: string): string {
  return `${cloudId}\n${key.toLowerCase()}`;
}

/** Id of an assignment: a principal has one role in a space. */
export function assignmentKey(row: { readonly spaceId: string; readonly principal: SpacePrincipal }): string {
  return `${row.spaceId}\n${row.principal.type}:${row.principal.id}`;
}

/** Id of an admin key. */
export function adminKeyKey(row: Pick<AdminKeyRow, 'cloudId' | 'accountId'>): string {
  return `${row.cloudId}\n${row.accountId}`;
}
