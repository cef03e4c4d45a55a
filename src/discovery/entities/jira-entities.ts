import type { LiteralUnion } from '../../model/literal-union.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type { Principal } from './principal.js';

/** A Jira site. Its id is the cloud id. */
export interface JiraInstance {
  readonly type: 'jira.instance';
  readonly id: string;
  /** Absent where Jira did not tell; there is a gap then. */
  readonly baseUrl?: string;
  readonly title?: string;
  readonly deploymentType?: string;
  readonly version?: string;
  readonly buildNumber?: number;
  /** As Jira writes it: ISO 8601, with `+0000` for UTC. */
  readonly buildDate?: string;
  readonly timeZone?: string;
  readonly locale?: string;
}

/** A user of Jira: people, apps and portal customers. */
export interface JiraUser {
  readonly type: 'jira.user';
  readonly id: AtlassianAccountId;
  readonly accountType?: LiteralUnion<'atlassian' | 'app' | 'customer' | 'unknown'>;
  /** Of an app: `service` is a service account. */
  readonly appType?: string;
  readonly displayName?: string;
  /** Absent when the person hides it from the caller. */
  readonly email?: string;
  /** False for deactivated, suspended, removed and deleted alike. */
  readonly active: boolean;
  readonly guest?: boolean;
  /** The site's own zone where the person hides theirs. */
  readonly timeZone?: string;
  readonly locale?: string;
  /** The four dates come from Cloud Admin, and are absent without an organization key. Jira has none of them. */
  readonly createdAt?: string;
  /** Last use of Jira on this site. A stream leaves it out where people of the organization use it on several. */
  readonly lastLoginAt?: string;
  readonly deactivatedAt?: string;
  readonly changedAt?: string;
}

/** A group as Jira sees it. */
export interface JiraGroup {
  readonly type: 'jira.group';
  readonly id: OrgGroupId;
  readonly name: string;
  /** Who may change members: `EXTERNAL` is synced. Only where the call that was made tells. */
  readonly managedBy?: string;
  readonly usageType?: string;
  /** Effective members; nested groups cannot be told apart. Absent where they could not be read. */
  readonly memberIds?: readonly AtlassianAccountId[];
}

/** A project. */
export interface JiraProject {
  readonly type: 'jira.project';
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly projectType?: LiteralUnion<'software' | 'service_desk' | 'business' | 'product_discovery'>;
  /** `classic` is company-managed, `next-gen` team-managed. */
  readonly style?: LiteralUnion<'classic' | 'next-gen'>;
  readonly simplified?: boolean;
  readonly private?: boolean;
  readonly leadId?: AtlassianAccountId;
  readonly category?: string;
  readonly description?: string;
  readonly url?: string;
  readonly archived?: boolean;
  /** Absent where permission schemes were not read. */
  readonly permissionSchemeId?: string;
}

/** Somebody who holds a project role. */
export interface JiraRoleActor {
  readonly principal: Principal;
  readonly displayName?: string;
}

/** One role in one project, with who holds it. */
export interface JiraProjectRole {
  readonly type: 'jira.projectRole';
  /** `<project id>/<role id>`. */
  readonly id: string;
  readonly projectId: string;
  /** The same in every company-managed project. */
  readonly roleId: string;
  /** `<project name> - <role name>`. */
  readonly name: string;
  readonly roleName: string;
  readonly description?: string;
  /** Whether the role administers the project, where Jira says so. */
  readonly admin?: boolean;
  /** Whether it is the one that people get by default, where Jira says so. */
  readonly default?: boolean;
  /** Absent where they could not be read. */
  readonly actors?: readonly JiraRoleActor[];
}

/** One permission that a scheme gives to one holder. */
export interface JiraPermissionGrant {
  readonly id: string;
  /** `BROWSE_PROJECTS`, `ADMINISTER_PROJECTS`. */
  readonly permission: string;
  readonly principal: Principal;
}

/** A permission scheme, used by any number of projects. */
export interface JiraPermissionScheme {
  readonly type: 'jira.permissionScheme';
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly grants: readonly JiraPermissionGrant[];
}

/** Access to one application of the site, through groups. */
export interface JiraApplicationRole {
  readonly type: 'jira.applicationRole';
  /** `jira-software`. */
  readonly id: string;
  readonly name: string;
  readonly groupIds: readonly OrgGroupId[];
  readonly defaultGroupIds: readonly OrgGroupId[];
  readonly userCount?: number;
  /** Absent where seats are not limited. */
  readonly seats?: number;
  readonly remainingSeats?: number;
}

/** Everything that is read of Jira. */
export type JiraEntity =
  JiraInstance | JiraUser | JiraGroup | JiraProject | JiraProjectRole | JiraPermissionScheme | JiraApplicationRole;
