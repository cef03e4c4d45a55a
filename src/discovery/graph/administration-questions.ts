import type { EntityType, Product } from '../entities/entity-type.js';
import { ADMIN, ALL, ANY } from './access-level.js';
import { NAMES_ITS_ADMINISTRATORS } from './grants-in-force.js';
import { askedBy, type GapQuestions, opened, type ResourceQuestion } from './resource-question.js';
import { productOf, type ResourceEntity } from './resources.js';
import { rolesUnread } from './roles-unread.js';
import type { Sources } from './sources.js';
import { workspaceOwner } from './workspace-owner.js';

const USER_TYPES = ['admin.user', 'jira.user', 'confluence.user', 'bitbucket.user'] as const;
/** What a gap about one person can hide without leaving that person's access open. */
const ABOUT_THE_PERSON = new Set<EntityType>([...USER_TYPES, 'scim.user', 'connection']);

/** Tells what leaves open who administers a resource without a grant on it. Many resources share one list. */
export class AdministrationQuestions {
  readonly #sources: Sources;
  readonly #gapQuestions: GapQuestions;
  readonly #cache = new Map<string, readonly ResourceQuestion[]>();

  constructor(sources: Sources, gapQuestions: GapQuestions) {
    this.#sources = sources;
    this.#gapQuestions = gapQuestions;
  }

  of(entity: ResourceEntity): readonly ResourceQuestion[] {
    const product = productOf(entity.type);
    const workspaceId = product === 'bitbucket' ? (this.#sources.resources.workspaceOf(entity)?.id ?? '') : '';
    const key = `${NAMES_ITS_ADMINISTRATORS.has(entity.type) ? entity.type : product} ${workspaceId}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const questions = this.#questionsOf(entity, product);
    this.#cache.set(key, questions);
    return questions;
  }

  #questionsOf(entity: ResourceEntity, product: Product): ResourceQuestion[] {
    const { snapshot, resources, inForce } = this.#sources;
    // The organization's roles are its own grants: whoever leaves administrators out still asks for these.
    const administration = entity.type !== 'admin.tenant';
    const questions = inForce
      .administrators(entity)
      .flatMap((edge) => askedBy(this.#sources, edge, edge.holder, administration));
    if (product === 'bitbucket') {
      if (resources.workspaceOf(entity) === undefined)
        questions.push({ ...opened('administrators-unread', 'Who owns the workspace was not read'), administration });
      if (workspaceOwner(snapshot.entities) !== 'another')
        questions.push(...rolesUnread(this.#sources, this.#gapQuestions, { mask: ALL | ANY, administration }));
    } else questions.push(...rolesUnread(this.#sources, this.#gapQuestions, { mask: ADMIN | ANY, administration }));
    if (product === 'jira')
      questions.push({
        ...opened('administrators-unread', 'Who holds the global permission Administer Jira is told by no answer'),
        mask: ADMIN,
        administration,
      });
    questions.push(...this.#aboutPeople(product));
    return questions;
  }

  /** Gaps about what one person has. */
  #aboutPeople(product: Product): ResourceQuestion[] {
    const { gaps, people } = this.#sources;
    const wanted = new Set(USER_TYPES.filter((type) => type === 'admin.user' || type === `${product}.user`));
    return gaps.all.flatMap((gap) => {
      const { resource } = gap;
      const type = USER_TYPES.find((candidate) => candidate === resource?.type);
      if (resource === undefined || type === undefined || !wanted.has(type)) return [];
      const person = people.find(resource.id);
      if (gap.hides.length > 0 && gap.hides.every((hidden) => ABOUT_THE_PERSON.has(hidden))) return [];
      return this.#gapQuestions.of([gap]).map((question) => ({
        ...question,
        concerns: (candidate: number) => candidate === person,
        whenBlocked: false,
        administration: gap.hides.length > 0 && gap.hides.every((hidden) => hidden === 'admin.roleAssignment'),
      }));
    });
  }
}
