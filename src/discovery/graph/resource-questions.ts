import { ADMIN, ALL } from './access-level.js';
import { AdministrationQuestions } from './administration-questions.js';
import { nodeOf } from './node-of.js';
import type { ProjectEntity } from './grants-in-force.js';
import type { HolderQuestion } from './holder-questions.js';
import { givable } from './only-reading.js';
import { OwnQuestions } from './own-questions.js';
import { askedBy, GapQuestions, merged, opened, type ResourceQuestion } from './resource-question.js';
import type { ResourceEntity } from './resources.js';
import type { Sources } from './sources.js';

/** Of whom a scheme speaks. */
interface SchemeHolders {
  /** About the holders that are the same in every project. */
  readonly questions: readonly ResourceQuestion[];
  /** Levels that hang on a role of the project, by id of the role. */
  readonly roles: ReadonlyMap<string, number>;
  /** Levels that hang on its lead. */
  readonly lead: number;
}

/** Tells what leaves open who reaches a resource: what was not read of it, of its holders, and of its administrators. */
export class ResourceQuestions {
  readonly #sources: Sources;
  readonly #own: OwnQuestions;
  readonly #ofAdministration: AdministrationQuestions;
  readonly #ofScheme = new Map<number, SchemeHolders>();
  readonly #missingRoles = new Map<string, HolderQuestion>();
  readonly #cache: (readonly ResourceQuestion[] | undefined)[];

  constructor(sources: Sources) {
    const gapQuestions = new GapQuestions();
    this.#sources = sources;
    this.#own = new OwnQuestions(sources, gapQuestions);
    this.#ofAdministration = new AdministrationQuestions(sources, gapQuestions);
    this.#cache = Array.from<undefined>({ length: sources.resources.size });
  }

  /** Asks about everything, so that no later question waits for it. */
  prepare(): void {
    for (let resource = 0; resource < this.#cache.length; resource += 1) this.on(resource);
  }

  on(resource: number): readonly ResourceQuestion[] {
    const cached = this.#cache[resource];
    if (cached !== undefined) return cached;
    const questions = merged(this.#questionsOn(resource, this.#sources.resources.entity(resource)));
    this.#cache[resource] = questions;
    return questions;
  }

  *#questionsOn(resource: number, entity: ResourceEntity): Generator<ResourceQuestion, void, undefined> {
    const { inForce } = this.#sources;
    const levels = givable(entity);
    yield* limited(this.#own.of(entity), levels);
    for (const edge of inForce.given(resource)) yield* askedBy(this.#sources, edge, edge.holder);
    if (entity.type === 'jira.project') yield* this.#ofProject(entity);
    for (const edge of inForce.inherited(entity)) yield* askedBy(this.#sources, edge, edge.holder);
    // Administrators need no grant, and can restore what is archived.
    yield* limited(this.#ofAdministration.of(entity), levels | ADMIN);
  }

  /** About the holders that the scheme of a project names. */
  *#ofProject(project: ProjectEntity): Generator<ResourceQuestion, void, undefined> {
    const { inForce, holders, holderQuestions } = this.#sources;
    const scheme = inForce.schemeOf(project);
    if (scheme === undefined) return;
    const { questions, roles, lead } = this.#holdersOf(scheme);
    yield* questions;
    for (const [roleId, mask] of roles) {
      const role = holders.roleOf(project.id, roleId);
      const asked = role === undefined ? [this.#missingRole(project.id, roleId)] : holderQuestions.of(role);
      for (const question of asked) yield { ...question, mask, administration: false };
    }
    if (lead !== 0 && project.leadId === undefined) {
      const open = opened('actors-unread', `Who leads the project ${project.key} was not read`, nodeOf(project));
      yield { ...open, mask: lead, whenBlocked: false };
    }
  }

  /** Many projects share a scheme, which gives a dozen permissions to each of its holders. */
  #holdersOf(scheme: number): SchemeHolders {
    const cached = this.#ofScheme.get(scheme);
    if (cached !== undefined) return cached;
    const edges = this.#sources.grants.ofScheme[scheme] ?? [];
    const roles = new Map<string, number>();
    let lead = 0;
    for (const { holder, mask, maybe } of edges) {
      const other = this.#sources.holders.asOther(holder);
      if (other?.kind === 'role-of-project') roles.set(other.roleId, (roles.get(other.roleId) ?? 0) | mask | maybe);
      if (other?.kind === 'lead-of-project') lead |= mask | maybe;
    }
    const found = {
      questions: merged(edges.flatMap((edge) => askedBy(this.#sources, edge, edge.holder))),
      roles,
      lead,
    };
    this.#ofScheme.set(scheme, found);
    return found;
  }

  /** The same object for each scheme that names the role, so that it is told once. */
  #missingRole(projectId: string, roleId: string): HolderQuestion {
    const key = `${projectId}/${roleId}`;
    const known = this.#missingRoles.get(key) ?? this.#sources.holderQuestions.missingRole(projectId, roleId);
    this.#missingRoles.set(key, known);
    return known;
  }
}

/** Questions about no other levels than these. */
function limited(questions: readonly ResourceQuestion[], levels: number): readonly ResourceQuestion[] {
  if ((levels & ALL) === ALL) return questions;
  return questions.map((question) => ({ ...question, mask: question.mask & levels }));
}
