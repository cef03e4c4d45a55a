import type { AtlassianAccountId } from '../../model/ids.js';
import type { RolePrincipal } from './account-rows.js';

/** The Jira of a site, where it is not as all start. */
export interface JiraSettings {
  readonly cloudId: string;
  /** Whether Jira is on a free plan, which keeps some access settings to itself. */
  readonly freePlan: boolean;
}

/** A project. */
export interface JiraProjectRow {
  /** Digits. */
  readonly id: string;
  readonly cloudId: string;
  readonly key: string;
  /** Keys of before, which still find it. */
  readonly formerKeys: readonly string[];
  readonly name: string;
  readonly typeKey: string;
  readonly style: 'classic' | 'next-gen';
  readonly isPrivate: boolean;
  readonly description: string;
  readonly url?: string;
  readonly category?: string;
  readonly leadId?: AtlassianAccountId;
  readonly schemeId: string;
  readonly archived: boolean;
}

/** A role of projects: of every company-managed project of the site, or of one team-managed project. */
export interface JiraRoleRow {
  /** Digits. */
  readonly id: string;
  readonly cloudId: string;
  readonly name: string;
  readonly description: string;
  readonly admin: boolean;
  readonly isDefault: boolean;
  /** The one project of the role, which is team-managed. */
  readonly projectId?: string;
  /** Who gets it in company-managed projects that are created from now on. */
  readonly defaultActors: readonly RolePrincipal[];
}

/** That somebody holds a role in a project. */
export interface JiraActorRow {
  /** Digits, of the assignment. */
  readonly id: string;
  readonly projectId: string;
  readonly roleId: string;
  readonly principal: RolePrincipal;
}

/** A permission scheme. */
export interface JiraSchemeRow {
  /** Digits. */
  readonly id: string;
  readonly cloudId: string;
  readonly name: string;
  readonly description: string;
  /** The one project of the scheme, which is team-managed. */
  readonly projectId?: string;
}

/** To whom a scheme grants a permission. A group is in `value` by its id. */
export interface JiraHolder {
  readonly type: string;
  readonly value?: string;
}

/** One grant of a scheme. */
export interface JiraGrantRow {
  /** Digits. */
  readonly id: string;
  readonly schemeId: string;
  readonly permission: string;
  readonly holder: JiraHolder;
}
