import type { EntityType } from '../entities/entity-type.js';
import type { Edge } from './edge.js';
import type { Grants } from './grants.js';
import type { Holder } from './holder.js';
import type { Holders } from './holders.js';
import { givable, whyOnlyRead } from './only-reading.js';
import { productOf, type ResourceEntity, type Resources } from './resources.js';

/**
 * How a grant comes to a resource: on itself, from its permission scheme, from the project of a repository, or because an
 * administrator needs none. `role`: a project role of a project whose scheme is not known, so that it may mean anything.
 */
export type Route = 'own' | 'scheme' | 'project' | 'role' | 'administration';

/** A grant as it is in force on one resource: its holder is of that project. */
export interface AppliedEdge {
  readonly edge: Edge;
  readonly holder: Holder;
  readonly route: Route;
}

/** A project of Jira as a resource. */
export type ProjectEntity = ResourceEntity & { readonly type: 'jira.project' };

/** Kinds of resources whose own grants name those who administer them. */
export const NAMES_ITS_ADMINISTRATORS: ReadonlySet<EntityType> = new Set<EntityType>([
  'admin.tenant',
  'jira.instance',
  'confluence.instance',
  'bitbucket.workspace',
]);

/** Brings grants to the resources on which they are in force. */
export class GrantsInForce {
  readonly #grants: Grants;
  readonly #holders: Holders;
  readonly #resources: Resources;
  readonly #rolesOfProject = new Map<string, number[]>();
  /** Of the few resources whose own grants name some of them, which may be as many as there are people. */
  readonly #unnamed = new Map<ResourceEntity, readonly Edge[]>();

  constructor(grants: Grants, holders: Holders, resources: Resources) {
    this.#grants = grants;
    this.#holders = holders;
    this.#resources = resources;
    for (const [index, role] of holders.roles.entries()) {
      const roles = this.#rolesOfProject.get(role.projectId);
      if (roles === undefined) this.#rolesOfProject.set(role.projectId, [index]);
      else roles.push(index);
    }
  }

  /** Everything that is in force on a resource. */
  *on(resource: number, administration: boolean): Generator<AppliedEdge, void, undefined> {
    const entity = this.#resources.entity(resource);
    for (const edge of this.given(resource)) yield { edge, holder: edge.holder, route: 'own' };
    for (const edge of this.inherited(entity)) yield { edge, holder: edge.holder, route: 'project' };
    if (entity.type === 'jira.project') yield* this.#onProject(entity);
    if (administration)
      for (const edge of this.administrators(entity)) yield { edge, holder: edge.holder, route: 'administration' };
  }

  /** What is granted on a resource itself. */
  given(resource: number): readonly Edge[] {
    return this.#grants.ofResource[resource] ?? [];
  }

  /** What a repository has from its project. */
  inherited(entity: ResourceEntity): readonly Edge[] {
    if (entity.type !== 'bitbucket.repository') return [];
    const ofProject = this.given(this.#resources.projectOf(entity.projectKey) ?? -1);
    // That the project can be seen does not open its repositories.
    return ofProject.filter(({ evidence }) => evidence.type === 'bitbucket.grant');
  }

  /** Administrators who need no grant on it, without those whom its own grants name. */
  administrators(entity: ResourceEntity): readonly Edge[] {
    const isBitbucket = productOf(entity.type) === 'bitbucket';
    const edges = isBitbucket
      ? (this.#grants.ofOwners.get(this.#resources.workspaceOf(entity)?.id ?? '') ?? [])
      : this.#grants.ofAdministrators[productOf(entity.type)];
    if (!NAMES_ITS_ADMINISTRATORS.has(entity.type)) return edges;
    const known = this.#unnamed.get(entity);
    if (known !== undefined) return known;
    const own = new Set(this.given(this.#resources.find(entity) ?? -1).map(({ evidence }) => evidence));
    const unnamed = edges.filter(({ evidence }) => !own.has(evidence));
    this.#unnamed.set(entity, unnamed);
    return unnamed;
  }

  /** Index of what the permission scheme of a project gives there, where it is known and was read. */
  schemeOf(project: ProjectEntity): number | undefined {
    const { schemeIndex, archivedSchemeIndex } = this.#grants;
    const index = whyOnlyRead(project) === undefined ? schemeIndex : archivedSchemeIndex;
    return project.permissionSchemeId === undefined ? undefined : index.get(project.permissionSchemeId);
  }

  /** What is granted on a resource and of no use, because it can only be read. */
  *withheld(resource: number): Generator<AppliedEdge, void, undefined> {
    const entity = this.#resources.entity(resource);
    if (entity.type !== 'jira.project') return;
    const edges = this.#grants.withheldOfScheme.get(this.schemeOf(entity) ?? -1) ?? [];
    yield* this.#ofScheme(edges, entity);
  }

  *#onProject(project: ProjectEntity): Generator<AppliedEdge, void, undefined> {
    const scheme = this.schemeOf(project);
    if (scheme === undefined) {
      for (const index of this.#rolesOfProject.get(project.id) ?? []) {
        const role = this.#holders.roles[index];
        if (role === undefined) continue;
        const holder = this.#holders.roleAt(index);
        const edge = { holder, mask: 0, maybe: givable(project), name: role.roleName, evidence: role };
        yield { edge, holder, route: 'role' };
      }
    } else yield* this.#ofScheme(this.#grants.ofScheme[scheme] ?? [], project);
  }

  *#ofScheme(edges: readonly Edge[], project: ProjectEntity): Generator<AppliedEdge, void, undefined> {
    for (const edge of edges) {
      const holder = this.inProject(edge.holder, project);
      if (holder !== undefined) yield { edge, holder, route: 'scheme' };
    }
  }

  /** The holder of a grant of a scheme in one project, or nothing where that is not known. */
  inProject(holder: Holder, project: ProjectEntity): Holder | undefined {
    const other = this.#holders.asOther(holder);
    if (other?.kind === 'role-of-project') return this.#holders.roleOf(project.id, other.roleId);
    if (other?.kind === 'lead-of-project')
      return project.leadId === undefined ? undefined : this.#holders.account(project.leadId);
    return holder;
  }
}
