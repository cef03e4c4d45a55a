import type { JiraClient } from '../../clients/jira/jira-client.js';
import type { JiraProjectRole } from '../../clients/jira/jira-project-role.js';
import type { JiraProjectRoleName } from '../../clients/jira/jira-project-roles.js';
import type { JiraProject } from '../../clients/jira/jira-project.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';

/** A role of a project: the reading of its holders to come, or why the roles of the project are not known. */
export type RoleOfProject =
  | { readonly project: JiraProject; readonly role: JiraProjectRoleName & Partial<JiraProjectRole> }
  | { readonly project: JiraProject; readonly error: unknown };

/** Every project has it, for apps alone; people and groups cannot hold it (seen). Its holders are not read. */
export const ADD_ONS_ROLE = 'atlassian-addons-project-access';

/**
 * The roles of each project, from one catalogue where that may be read and else by a call for each project.
 *
 * A company-managed project has all roles that belong to no project. A team-managed one has its own; when the catalogue has
 * none of them, it is asked itself.
 */
export async function* rolesOfProjects(
  jira: JiraClient,
  projects: AsyncIterable<JiraProject>,
  call: CallOptions,
): AsyncGenerator<RoleOfProject, void, undefined> {
  let catalogue: readonly JiraProjectRole[] | undefined;
  let isRead = false;
  for await (const project of projects) {
    try {
      if (!isRead) catalogue = await readCatalogue(jira, call);
      isRead = true;
      const known = catalogue && rolesIn(catalogue, project);
      const roles =
        known === undefined || known.length === 0 ? await jira.projectRoles.listOfProject(project.id, call) : known;
      for (const role of roles) yield { project, role };
    } catch (error) {
      yield { project, error };
    }
  }
}

/** `undefined` for a caller without Administer Jira. */
async function readCatalogue(jira: JiraClient, call: CallOptions): Promise<readonly JiraProjectRole[] | undefined> {
  try {
    return await jira.projectRoles.list(call);
  } catch (error) {
    if (isProvisionerError(error, 'forbidden')) return undefined;
    throw error;
  }
}

function rolesIn(catalogue: readonly JiraProjectRole[], { id, style, simplified }: JiraProject) {
  const isTeamManaged = style === 'next-gen' || simplified === true;
  return catalogue.filter(({ scopeProjectId }) => scopeProjectId === (isTeamManaged ? id : undefined));
}
