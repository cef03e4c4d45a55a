import type { JiraProjectRole, JiraUser } from '../../entities/jira-entities.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';
import { canonicalOfJira, canonicalOfUse } from './canonical-permissions.js';
import { addDirectLicences } from './direct-licences.js';
import { ProductGaps } from './gaps-of-resource.js';
import { addGroups } from './groups-of-product.js';
import { OaaBuilder } from './oaa-builder.js';
import type { Added } from './oaa-resources.js';
import type { OaaPayload } from './oaa-payload.js';
import { instant, properties } from './oaa-values.js';
import type { PeopleByAccount } from './people-by-account.js';

/** What a role has even where nothing else is known of it: a role without a permission would vanish in Veza. */
const HOLDS_ROLE = 'PROJECT_ROLE';

/**
 * Jira: projects as resources, project roles with the permissions that the project's scheme gives them, and what the scheme
 * gives to others.
 */
export function jiraToOaa(snapshot: AccessSnapshot, name: string, people: PeopleByAccount): OaaPayload {
  const { entities } = snapshot;
  const gaps = new ProductGaps(snapshot, 'jira');
  const builder = new OaaBuilder({
    name,
    type: 'Jira',
    description: `Atlassian Jira${about(snapshot)}`,
    userProperties: {
      account_type: 'STRING',
      app_type: 'STRING',
      guest: 'BOOLEAN',
      time_zone: 'STRING',
      locale: 'STRING',
      changed_at: 'TIMESTAMP',
    },
    resourceProperties: {
      Project: {
        project_key: 'STRING',
        project_type: 'STRING',
        style: 'STRING',
        simplified: 'BOOLEAN',
        private: 'BOOLEAN',
        archived: 'BOOLEAN',
        category: 'STRING',
        lead: 'STRING',
        url: 'STRING',
        permission_scheme: 'STRING',
        permission_scheme_read: 'BOOLEAN',
      },
    },
  });

  for (const user of entities['jira.user']) addUser(builder, user, people);
  addGroups(builder, entities['jira.group'], people);
  const projects = addProjects(builder, snapshot, gaps);
  addRoles(builder, entities['jira.projectRole'], projects);
  addSchemes(builder, snapshot, projects);
  addApplications(builder, snapshot);
  return builder.build(snapshot, gaps.all);
}

function about({ entities }: AccessSnapshot): string {
  const [instance] = entities['jira.instance'];
  return instance?.baseUrl === undefined ? '' : ` at ${instance.baseUrl}`;
}

function addUser(builder: OaaBuilder, user: JiraUser, people: PeopleByAccount): void {
  builder.user(user.id, {
    names: [user.displayName],
    emails: [user.email, ...people.emailsOf(user.id)],
    ...optionalEmail(user.email ?? people.emailsOf(user.id)[0]),
    is_active: user.active,
    ...kindOf(user.accountType),
    ...instants({
      created_at: user.createdAt,
      last_login_at: user.lastLoginAt,
      deactivated_at: user.deactivatedAt,
    }),
    custom_properties: properties({
      ...people.scimOf(user.id),
      account_type: user.accountType,
      app_type: user.appType,
      guest: user.guest,
      time_zone: user.timeZone,
      locale: user.locale,
      changed_at: instant(user.changedAt),
    }),
  });
}

/** The email of a user, where there is one. */
export function optionalEmail(email: string | undefined): { readonly email?: string } {
  return email === undefined ? {} : { email };
}

/** Whether a person or an app uses the account. */
export function kindOf(accountType: string | undefined): { readonly user_type?: 'human' | 'service_account' } {
  if (accountType === undefined || accountType === 'unknown') return {};
  return { user_type: accountType === 'app' ? 'service_account' : 'human' };
}

/** The instants that are good ones. */
export function instants<Key extends string>(
  texts: Readonly<Record<Key, string | undefined>>,
): Partial<Record<Key, string>> {
  const good = Object.entries<string | undefined>(texts).filter(([, text]) => instant(text) !== undefined);
  return Object.fromEntries(good) as Partial<Record<Key, string>>;
}

function addProjects(builder: OaaBuilder, { entities }: AccessSnapshot, gaps: ProductGaps): Map<string, Added> {
  const schemes = new Map(entities['jira.permissionScheme'].map((scheme) => [scheme.id, scheme.name]));
  // One of which the grants were not read is in the list all the same.
  const isRead = (id: string) => schemes.has(id) && gaps.about('jira.permissionScheme', id).length === 0;

  return new Map(
    entities['jira.project'].map((project) => [
      project.id,
      builder.resource(
        { type: 'Project', id: project.id, name: project.name, description: project.description },
        properties({
          project_key: project.key,
          project_type: project.projectType,
          style: project.style,
          simplified: project.simplified,
          private: project.private,
          archived: project.archived,
          category: project.category,
          lead: project.leadId,
          url: project.url,
          permission_scheme: schemes.get(project.permissionSchemeId ?? '') ?? project.permissionSchemeId,
          permission_scheme_read: isRead(project.permissionSchemeId ?? ''),
          gaps: gaps.about('jira.project', project.id),
        }),
      ),
    ]),
  );
}

function addRoles(builder: OaaBuilder, roles: readonly JiraProjectRole[], projects: Map<string, Added>): void {
  for (const role of roles) {
    builder.role(role.id, role.name, properties({ actors_read: role.actors !== undefined }));
    builder.include(role.id, builder.permission(HOLDS_ROLE, ['Uncategorized']));
    if (role.admin === true)
      builder.include(role.id, builder.permission('ADMINISTER_PROJECTS', canonicalOfJira('ADMINISTER_PROJECTS')));

    const project = projectOf(builder, role.projectId, projects);
    for (const { principal } of role.actors ?? []) builder.assign(principal, role.id, project);
  }
}

/** A role of a project that was not listed still says who holds it. */
function projectOf(builder: OaaBuilder, id: string, projects: Map<string, Added>): Added {
  const known = projects.get(id);
  if (known !== undefined) return known;

  const unlisted = builder.resource({ type: 'Project', id, name: id }, { permission_scheme_read: false });
  projects.set(id, unlisted);
  return unlisted;
}

function addSchemes(builder: OaaBuilder, { entities }: AccessSnapshot, projects: ReadonlyMap<string, Added>): void {
  const schemes = new Map(entities['jira.permissionScheme'].map((scheme) => [scheme.id, scheme]));

  for (const project of entities['jira.project']) {
    const target = projects.get(project.id);
    if (target === undefined) continue;
    for (const { permission, principal } of schemes.get(project.permissionSchemeId ?? '')?.grants ?? []) {
      const name = builder.permission(permission, canonicalOfJira(permission));
      if (principal.type !== 'jira.projectRole') {
        builder.grant(principal, name, target);
        continue;
      }
      const roleId = `${project.id}/${principal.id}`;
      // Roles of the project that were not read: who holds them is not known, and what they allow is.
      builder.role(roleId, `${project.name} - ${principal.id}`, { actors_read: false, listed: false });
      builder.include(roleId, name);
    }
  }
}

function addApplications(builder: OaaBuilder, { entities }: AccessSnapshot): void {
  for (const { id, name, groupIds } of entities['jira.applicationRole']) {
    const use = builder.permission(`Use ${name}`, canonicalOfUse.user);
    for (const groupId of groupIds) {
      builder.grant({ type: 'group', id: groupId }, use, 'application');
      if (builder.hasHolder(`application:${id}`)) builder.nest(groupId, `atlassian:application:${id}`);
      if (builder.hasHolder('licensed')) builder.nest(groupId, 'atlassian:licensed');
    }
  }
  addDirectLicences(builder, entities, 'jira');
}
