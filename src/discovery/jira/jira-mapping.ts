import { present } from '../../model/present.js';
import type { JiraApplicationRole as WireApplicationRole } from '../../clients/jira/jira-application-roles.js';
import type { JiraServerInfo } from '../../clients/jira/jira-instance.js';
import type {
  JiraPermissionHolder,
  JiraPermissionScheme as WireScheme,
} from '../../clients/jira/jira-permission-scheme.js';
import type { JiraProjectRole as WireRole, JiraRoleActor as WireActor } from '../../clients/jira/jira-project-role.js';
import type { JiraProjectRoleName } from '../../clients/jira/jira-project-roles.js';
import type { JiraProject as WireProject } from '../../clients/jira/jira-project.js';
import type { JiraUser as WireUser } from '../../clients/jira/jira-user.js';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import type {
  JiraApplicationRole,
  JiraInstance,
  JiraPermissionScheme,
  JiraProject,
  JiraProjectRole,
  JiraUser,
} from '../entities/jira-entities.js';
import type { Principal } from '../entities/principal.js';
import { namesAnAccount } from '../reading/unidentified.js';

/** The site. */
export function toInstance(cloudId: string, info: JiraServerInfo): JiraInstance {
  return {
    type: 'jira.instance',
    id: cloudId,
    ...present({
      baseUrl: info.baseUrl,
      title: info.serverTitle,
      deploymentType: info.deploymentType,
      version: info.version,
      buildNumber: info.buildNumber,
      buildDate: info.buildDate,
      timeZone: info.serverTimeZone,
      locale: info.defaultLocale,
    }),
  };
}

/** A user. One of whom Jira does not say that they are inactive counts as active. */
export function toJiraUser(user: WireUser): JiraUser {
  return {
    type: 'jira.user',
    id: user.accountId,
    active: user.active ?? true,
    ...present({
      accountType: user.accountType,
      appType: user.appType,
      displayName: user.displayName,
      email: user.email,
      guest: user.guest,
      timeZone: user.timeZone,
      locale: user.locale,
    }),
  };
}

/** A project, with its permission scheme where that was read. */
export function toJiraProject(project: WireProject, permissionSchemeId?: string): JiraProject {
  return {
    type: 'jira.project',
    id: project.id,
    key: project.key,
    name: project.name,
    ...present({
      projectType: project.projectTypeKey,
      style: project.style,
      simplified: project.simplified,
      private: project.isPrivate,
      leadId: project.lead?.accountId,
      category: project.category,
      description: project.description,
      url: project.url,
      archived: project.archived,
      permissionSchemeId,
    }),
  };
}

/** A role of a project, with who holds it where that was read. */
export function toProjectRole(
  project: Pick<WireProject, 'id' | 'name'>,
  role: JiraProjectRoleName & Partial<Pick<WireRole, 'admin' | 'default' | 'description'>>,
  actors?: readonly WireActor[],
): JiraProjectRole {
  return {
    type: 'jira.projectRole',
    id: `${project.id}/${role.id}`,
    projectId: project.id,
    roleId: role.id,
    name: `${project.name} - ${role.name}`,
    roleName: role.name,
    ...present({
      description: role.description,
      admin: role.admin,
      default: role.default,
      actors: actors?.map((actor) => ({
        principal: actorPrincipal(actor),
        ...present({ displayName: actor.displayName }),
      })),
    }),
  };
}

/** A permission scheme with its grants. */
export function toPermissionScheme(scheme: WireScheme): JiraPermissionScheme {
  return {
    type: 'jira.permissionScheme',
    id: scheme.id,
    name: scheme.name,
    ...present({ description: scheme.description }),
    grants: (scheme.grants ?? []).map(({ id, permission, holder }) => ({
      id,
      permission,
      principal: holderPrincipal(holder),
    })),
  };
}

/** Access to one application. */
export function toApplicationRole(role: WireApplicationRole): JiraApplicationRole {
  return {
    type: 'jira.applicationRole',
    id: role.key,
    name: role.name ?? role.key,
    groupIds: role.groups.flatMap(({ groupId }) => groupId ?? []),
    defaultGroupIds: role.defaultGroups.flatMap(({ groupId }) => groupId ?? []),
    ...present({ userCount: role.userCount, seats: role.numberOfSeats, remainingSeats: role.remainingSeats }),
  };
}

function actorPrincipal({ type, accountId, groupId, groupName, id }: WireActor): Principal {
  if (namesAnAccount(accountId)) return { type: 'account', id: accountId };
  if (groupId !== undefined) return { type: 'group', id: groupId };
  const name = groupName ?? id;
  return { type: 'unknown', kind: type ?? 'role actor', ...(name !== undefined && { id: name }) };
}

/** Holders who differ from issue to issue, or from project to project. */
const CONDITIONS: ReadonlySet<string> = new Set([
  'projectLead',
  'reporter',
  'assignee',
  'userCustomField',
  'groupCustomField',
  'sd.customer.portal.only',
]);

/** A holder that is not known, or that lacks its value, stays in the list as what Jira called it. */
function holderPrincipal({ type, value, parameter }: JiraPermissionHolder): Principal {
  if (type === 'anyone') return { type: 'anonymous' };
  // Without an application it is whoever can log in to Jira (seen).
  if (type === 'applicationRole')
    return value === undefined ? { type: 'licensed' } : { type: 'jira.applicationRole', id: value };
  if (CONDITIONS.has(type)) return { type: 'conditional', id: type, ...(value !== undefined && { parameter: value }) };
  if (value !== undefined) {
    if (type === 'group') return { type: 'group', id: value as OrgGroupId };
    if (type === 'user') return { type: 'account', id: value as AtlassianAccountId };
    if (type === 'projectRole') return { type: 'jira.projectRole', id: value };
  }
  const id = value ?? parameter;
  return { type: 'unknown', kind: type, ...(id !== undefined && { id }) };
}
