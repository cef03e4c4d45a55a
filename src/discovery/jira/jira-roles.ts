import type { JiraClient } from '../../clients/jira/jira-client.js';
import type { JiraProjectRole } from '../../clients/jira/jira-project-role.js';
import type { JiraProjectRoleName } from '../../clients/jira/jira-project-roles.js';
import type { JiraProject } from '../../clients/jira/jira-project.js';
import { isProvisionerError } from '../../errors/is-provisioner-error.js';
import type { CallOptions } from '../../http/transport.js';

/** A role of a project, with what the catalogue tells of it. */
export type KnownRole = JiraProjectRoleName & Partial<JiraProjectRole>;

const ADD_ONS_ROLE = 'atlassian-addons-project-access';

/**
 * Whether a role is the one that every project has for apps alone: people and groups cannot hold it (seen).
 *
 * A team-managed project may give its own role the same name, and anybody can hold that one.
 */
export function isForAppsAlone(role: KnownRole, project: JiraProject): boolean {
  return role.name === ADD_ONS_ROLE && role.scopeProjectId === undefined && !isTeamManaged(project);
}

/**
 * Finds the roles of projects, from one catalogue where that may be read and else by a call for each project.
 *
 * A company-managed project has all roles that belong to no project. A team-managed one has its own; when the catalogue has
 * none of them, it is asked itself.
 */
export class RoleFinder {
  readonly #jira: JiraClient;
  #catalogue: Promise<readonly JiraProjectRole[] | undefined> | undefined;

  constructor(jira: JiraClient) {
    this.#jira = jira;
  }

  /**
   * `undefined` for a project that the caller does not administer: there Jira answers as if nobody was signed in
   * (documented), and only for that project. Throws what reading the catalogue or the project ends in otherwise.
   */
  async rolesOf(project: JiraProject, call: CallOptions): Promise<readonly KnownRole[] | undefined> {
    const catalogue = await (this.#catalogue ??= readCatalogue(this.#jira, call));
    const known = catalogue && rolesIn(catalogue, project);
    if (known !== undefined && known.length > 0) return known;
    try {
      return await this.#jira.projectRoles.listOfProject(project.id, call);
    } catch (error) {
      if (isProvisionerError(error, 'unauthenticated')) return undefined;
      throw error;
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

function rolesIn(catalogue: readonly JiraProjectRole[], project: JiraProject) {
  const scope = isTeamManaged(project) ? project.id : undefined;
  return catalogue.filter(({ scopeProjectId }) => scopeProjectId === scope);
}

function isTeamManaged({ style, simplified }: JiraProject): boolean {
  return style === 'next-gen' || simplified === true;
}
