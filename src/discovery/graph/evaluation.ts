import type { EntityType, Product } from '../entities/entity.js';
import type { Gap } from '../entities/gap.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { ADMIN, ALL, ANY, READ } from './access-level.js';
import type { OpenQuestion } from './access-path.js';
import { GapIndex } from './gap-index.js';
import { type Edge, Grants, nodeOf } from './grants.js';
import { Groups } from './groups.js';
import type { Holder } from './holder.js';
import { type HolderQuestion, HolderQuestions } from './holder-questions.js';
import { Holders } from './holders.js';
import { People } from './people.js';
import { productOf, type ResourceEntity, Resources } from './resources.js';
import { workspaceOwner } from './workspace-owner.js';

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

/** An open question on a resource, with the levels that hang on it. */
export interface ResourceQuestion extends HolderQuestion {
  readonly mask: number;
  readonly administration: boolean;
}

/** What is held, what may be held, and what is open, as bits of levels. */
export interface Bits {
  certain: number;
  possible: number;
  open: OpenQuestion[];
}

const NAMES_ITS_ADMINISTRATORS = new Set<EntityType>([
  'admin.tenant',
  'jira.instance',
  'confluence.instance',
  'bitbucket.workspace',
]);
const BITBUCKET_GRANTS: readonly EntityType[] = ['bitbucket.grant', 'bitbucket.group'];
const USER_TYPES = ['admin.user', 'jira.user', 'confluence.user', 'bitbucket.user'] as const;
/** What a gap about one person can hide without leaving that person's access open. */
const ABOUT_THE_PERSON = new Set<EntityType>([...USER_TYPES, 'scim.user', 'connection']);

const SUSPENDED: OpenQuestion = {
  kind: 'administrators-unread',
  message:
    'The membership in the organization is suspended, and whether the workspace belongs to it was not established',
};

/** Everything a question about a snapshot is answered from. Nothing in it changes once it is made, but for caches. */
export class Evaluation {
  readonly snapshot: AccessSnapshot;
  readonly gaps: GapIndex;
  readonly people: People;
  readonly groups: Groups;
  readonly holders: Holders;
  readonly holderQuestions: HolderQuestions;
  readonly resources: Resources;
  readonly grants: Grants;
  readonly #anonymous: Holder;
  readonly #gapQuestions = new GapQuestions();
  readonly #rolesOfProject = new Map<string, number[]>();
  readonly #schemeQuestions = new Map<number, readonly ResourceQuestion[]>();
  readonly #administrationQuestions = new Map<string, readonly ResourceQuestion[]>();
  readonly #questions: (readonly ResourceQuestion[] | undefined)[];

  constructor(snapshot: AccessSnapshot) {
    this.snapshot = snapshot;
    this.gaps = new GapIndex(snapshot);
    this.people = new People(snapshot);
    this.groups = new Groups(snapshot, this.people, this.gaps);
    this.holders = new Holders(snapshot, this.people, this.groups);
    this.holderQuestions = new HolderQuestions(snapshot, this.holders, this.gaps);
    this.resources = new Resources(snapshot);
    this.grants = new Grants(snapshot, this.holders, this.resources);
    this.#anonymous = this.holders.other({ kind: 'anonymous' });
    this.#questions = Array.from<undefined>({ length: this.resources.size });
    for (const [index, role] of this.holders.roles.entries()) {
      const roles = this.#rolesOfProject.get(role.projectId);
      if (roles === undefined) this.#rolesOfProject.set(role.projectId, [index]);
      else roles.push(index);
    }
    // A project's lead may be in no list of users.
    for (const { leadId } of snapshot.entities['jira.project']) if (leadId !== undefined) this.people.intern(leadId);
  }

  entity(resource: number): ResourceEntity {
    const entity = this.resources.entities[resource];
    if (entity === undefined) throw new RangeError(`There is no resource ${resource}`);
    return entity;
  }

  /** Everything that is in force on a resource. */
  *edgesOn(resource: number, administration = true): Generator<AppliedEdge, void, undefined> {
    const entity = this.entity(resource);
    yield* this.grantsOn(resource);
    if (entity.type === 'jira.project') yield* this.#edgesOnProject(entity);
    if (administration)
      for (const edge of this.administratorsOf(entity)) yield { edge, holder: edge.holder, route: 'administration' };
  }

  /** What is granted on a resource itself, or on the project of a repository. */
  *grantsOn(resource: number): Generator<AppliedEdge, void, undefined> {
    const entity = this.entity(resource);
    for (const edge of this.grants.ofResource[resource] ?? []) yield { edge, holder: edge.holder, route: 'own' };

    if (entity.type === 'bitbucket.repository')
      for (const edge of this.grants.ofResource[this.resources.projectOf(entity.projectKey) ?? -1] ?? [])
        // That the project can be seen does not open its repositories.
        if (edge.evidence.type === 'bitbucket.grant') yield { edge, holder: edge.holder, route: 'project' };
  }

  *#edgesOnProject(
    entity: ResourceEntity & { readonly type: 'jira.project' },
  ): Generator<AppliedEdge, void, undefined> {
    const scheme = this.schemeOf(entity.permissionSchemeId);
    if (scheme === undefined) {
      for (const index of this.#rolesOfProject.get(entity.id) ?? []) {
        const role = this.holders.roles[index];
        if (role === undefined) continue;
        const holder = this.holders.roleAt(index);
        yield {
          edge: { holder, mask: 0, maybe: ALL | ANY, name: role.roleName, evidence: role },
          holder,
          route: 'role',
        };
      }
    } else
      for (const edge of this.grants.ofScheme[scheme] ?? []) {
        const holder = this.#inProject(edge.holder, entity);
        if (holder !== undefined) yield { edge, holder, route: 'scheme' };
      }
  }

  /** Administrators who need no grant on it, without those whom its own grants name. */
  administratorsOf(entity: ResourceEntity): readonly Edge[] {
    const isBitbucket = productOf(entity.type) === 'bitbucket';
    const edges = isBitbucket
      ? (this.grants.ofOwners.get(this.resources.workspaceOf(entity)?.id ?? '') ?? [])
      : this.grants.ofAdministrators[productOf(entity.type)];
    if (!NAMES_ITS_ADMINISTRATORS.has(entity.type)) return edges;
    const own = new Set(
      (this.grants.ofResource[this.resources.find(entity) ?? -1] ?? []).map(({ evidence }) => evidence),
    );
    return edges.filter(({ evidence }) => !own.has(evidence));
  }

  /** Index of a permission scheme, where it is known and was read. */
  schemeOf(schemeId: string | undefined): number | undefined {
    return schemeId === undefined ? undefined : this.grants.schemeIndex.get(schemeId);
  }

  /** What one person has on one resource. Anybody may be asked about: without a number, nothing is held in person. */
  evaluate(person: number | undefined, resource: number, administration: boolean): Bits {
    const bits: Bits = { certain: 0, possible: 0, open: [] };
    const product = productOf(this.entity(resource).type);
    const blocked = person !== undefined && this.people.blockedBecause(person, product) !== undefined;
    const mayBeBlocked = person !== undefined && this.people.mayBeBlocked(person, product);
    for (const { edge, holder } of this.edgesOn(resource, administration)) {
      if (holder !== this.#anonymous && (blocked || person === undefined || !this.holders.holds(person, holder)))
        continue;
      if (holder !== this.#anonymous && mayBeBlocked) {
        bits.possible |= edge.mask | edge.maybe;
        if (!bits.open.includes(SUSPENDED)) bits.open.push(SUSPENDED);
        continue;
      }
      bits.certain |= edge.mask;
      bits.possible |= edge.maybe;
      if (edge.maybe === 0) continue;
      if (edge.doubt === undefined)
        bits.open.push({
          kind: 'unmapped',
          message: `What "${edge.name}" allows is not known`,
          about: edge.by ?? nodeOf(edge.evidence),
        });
      else if (!bits.open.includes(edge.doubt)) bits.open.push(edge.doubt);
    }
    for (const question of this.questionsOn(resource)) {
      if (!isOpenFor(question, person, blocked, administration)) continue;
      bits.possible |= question.mask;
      bits.open.push(question.open);
    }
    return bits;
  }

  /** What leaves open who reaches a resource. */
  questionsOn(resource: number): readonly ResourceQuestion[] {
    const cached = this.#questions[resource];
    if (cached !== undefined) return cached;
    const entity = this.entity(resource);
    const merged = new Map<OpenQuestion, ResourceQuestion>();
    const add = (question: ResourceQuestion): void => {
      const before = merged.get(question.open);
      if (before === undefined) merged.set(question.open, question);
      else
        merged.set(question.open, {
          ...before,
          mask: before.mask | question.mask,
          administration: before.administration && question.administration,
        });
    };
    for (const question of this.#ownQuestions(entity)) add(question);
    for (const edge of this.grants.ofResource[resource] ?? [])
      for (const question of this.#asked(edge, edge.holder, false)) add(question);
    if (entity.type === 'jira.project') for (const question of this.#questionsOfProject(entity)) add(question);
    if (entity.type === 'bitbucket.repository')
      for (const edge of this.grants.ofResource[this.resources.projectOf(entity.projectKey) ?? -1] ?? [])
        if (edge.evidence.type === 'bitbucket.grant')
          for (const question of this.#asked(edge, edge.holder, false)) add(question);
    for (const question of this.#questionsOfAdministration(entity)) add(question);
    const questions = [...merged.values()];
    this.#questions[resource] = questions;
    return questions;
  }

  #asked(edge: Edge, holder: Holder, administration: boolean): ResourceQuestion[] {
    const mask = edge.mask | edge.maybe;
    if (edge.evidence.type === 'bitbucket.grant' && this.holders.isToldByBitbucket(holder)) return [];
    return this.holderQuestions.of(holder).map((question) => ({ ...question, mask, administration }));
  }

  /** The holder of a grant of a scheme in one project, or nothing where that is not known. */
  #inProject(holder: Holder, project: { readonly id: string; readonly leadId?: string }): Holder | undefined {
    const other = this.holders.asOther(holder);
    if (other?.kind === 'role-of-project') return this.holders.roleOf(project.id, other.roleId);
    if (other?.kind === 'lead-of-project')
      return project.leadId === undefined ? undefined : this.holders.account(project.leadId);
    return holder;
  }

  #questionsOfProject(project: ResourceEntity & { readonly type: 'jira.project' }): ResourceQuestion[] {
    const scheme = this.schemeOf(project.permissionSchemeId);
    if (scheme === undefined) return [];
    const questions = [...this.#questionsOfScheme(scheme)];
    for (const edge of this.grants.ofScheme[scheme] ?? []) {
      const other = this.holders.asOther(edge.holder);
      if (other?.kind === 'role-of-project') {
        const role = this.holders.roleOf(project.id, other.roleId);
        if (role !== undefined) questions.push(...this.#asked(edge, role, false));
        else
          questions.push({
            ...this.#missingRole(project.id, other.roleId),
            mask: edge.mask | edge.maybe,
            administration: false,
          });
      }
      if (other?.kind === 'lead-of-project' && project.leadId === undefined)
        questions.push({
          ...opened('actors-unread', `Who leads the project ${project.key} was not read`, nodeOf(project)),
          mask: edge.mask | edge.maybe,
          whenBlocked: false,
        });
    }
    return questions;
  }

  readonly #missingRoles = new Map<string, HolderQuestion>();

  #missingRole(projectId: string, roleId: string): HolderQuestion {
    const key = `${projectId}/${roleId}`;
    const known = this.#missingRoles.get(key) ?? this.holderQuestions.missingRole(projectId, roleId);
    this.#missingRoles.set(key, known);
    return known;
  }

  /** Of the grants of a scheme that are the same in every project. */
  #questionsOfScheme(scheme: number): readonly ResourceQuestion[] {
    const cached = this.#schemeQuestions.get(scheme);
    if (cached !== undefined) return cached;
    const merged = new Map<OpenQuestion, ResourceQuestion>();
    for (const edge of this.grants.ofScheme[scheme] ?? [])
      for (const question of this.#asked(edge, edge.holder, false))
        merged.set(question.open, { ...question, mask: question.mask | (merged.get(question.open)?.mask ?? 0) });
    const questions = [...merged.values()];
    this.#schemeQuestions.set(scheme, questions);
    return questions;
  }

  /** What was not read of the resource itself. */
  #ownQuestions(entity: ResourceEntity): ResourceQuestion[] {
    const { gaps } = this;
    switch (entity.type) {
      case 'jira.project': {
        const parts = ['jira.projectRole', 'jira.permissionScheme'] as const;
        const schemeId = entity.permissionSchemeId;
        const questions = this.#gapQuestions.of([
          ...gaps.about('jira.project', entity.id, parts),
          ...parts.flatMap((part) => gaps.everywhere(part)),
          ...(schemeId === undefined ? [] : gaps.about('jira.permissionScheme', schemeId)),
        ]);
        if (this.schemeOf(schemeId) === undefined)
          questions.push(
            opened('scheme-unread', `The permission scheme of the project ${entity.key} was not read`, nodeOf(entity)),
          );
        return questions;
      }
      case 'confluence.space': {
        const parts: readonly EntityType[] = ['confluence.grant', 'confluence.spaceRole'];
        const questions = this.#gapQuestions.of([
          ...gaps.about('confluence.space', entity.id, parts),
          ...gaps.everywhere('confluence.grant'),
        ]);
        for (const [flag, who] of [
          [entity.anonymousAccess, 'without signing in'],
          [entity.unlicensedAccess, 'without a licence'],
        ] as const)
          if (flag === undefined)
            questions.push({
              ...opened(
                'exposure-unread',
                `Whether the space ${entity.key} can be read ${who} was not established`,
                nodeOf(entity),
              ),
              mask: READ | ANY,
            });
        return questions;
      }
      case 'bitbucket.workspace':
        return this.#gapQuestions.of(gaps.everywhere('bitbucket.grant'));
      case 'bitbucket.project':
        return [
          ...this.#gapQuestions.of([
            ...gaps.about('bitbucket.project', entity.id, BITBUCKET_GRANTS),
            ...gaps.everywhere('bitbucket.grant'),
          ]),
          ...unlessTold(entity.private, entity),
        ];
      case 'bitbucket.repository': {
        const project = this.resources.projectOf(entity.projectKey);
        const projectId = project === undefined ? undefined : this.entity(project).id;
        const questions = this.#gapQuestions.of([
          ...(entity.grants === 'effective' ? [] : gaps.about('bitbucket.repository', entity.id, BITBUCKET_GRANTS)),
          // An effective level has in it what the project gives.
          ...(projectId === undefined || entity.grants === 'effective'
            ? []
            : gaps.about('bitbucket.project', projectId, BITBUCKET_GRANTS)),
          // What was refused are the explicit grants: effective levels are read where those cannot be.
          ...gaps
            .everywhere('bitbucket.grant')
            .filter(({ reason }) => entity.grants !== 'effective' || reason !== 'forbidden'),
        ]);
        questions.push(...unlessTold(entity.private, entity));
        if (entity.grants === 'unread')
          questions.push(opened('grants-unread', `Who holds ${entity.fullName} was not read`, nodeOf(entity)));
        if (entity.grants === 'explicit' && project === undefined)
          questions.push(
            opened('grants-unread', `What the project of ${entity.fullName} gives was not read`, nodeOf(entity)),
          );
        if (entity.grants === 'effective')
          questions.push({
            ...opened(
              'grants-unread',
              `Bitbucket lists no apps among those who reach ${entity.fullName}`,
              nodeOf(entity),
            ),
            concerns: (person) => !this.people.isKnownIn(person, 'bitbucket') && this.people.mayBeApp(person),
          });
        return questions;
      }
      case 'jira.instance':
        return [
          ...this.#gapQuestions.of([
            ...gaps.everywhere('jira.applicationRole'),
            ...this.snapshot.entities['jira.applicationRole'].flatMap(({ id }) =>
              gaps.about('jira.applicationRole', id),
            ),
          ]),
          ...(this.snapshot.entities['jira.applicationRole'].length > 0
            ? []
            : [opened('grants-unread', 'Who has access to Jira was not read', nodeOf(entity))]),
        ];
      case 'confluence.instance':
        return [
          ...this.#gapQuestions.of(gaps.everywhere('confluence.group')),
          ...(this.snapshot.entities['confluence.group'].some(({ access }) => access !== undefined)
            ? []
            : [opened('grants-unread', 'Which groups have access to Confluence was not read', nodeOf(entity))]),
        ];
      case 'admin.tenant':
        return [];
    }
  }

  #questionsOfAdministration(entity: ResourceEntity): readonly ResourceQuestion[] {
    const product = productOf(entity.type);
    const workspaceId = product === 'bitbucket' ? (this.resources.workspaceOf(entity)?.id ?? '') : '';
    // The organization's roles are its own grants: whoever leaves administrators out still asks for these.
    const administration = entity.type !== 'admin.tenant';
    const key = `${NAMES_ITS_ADMINISTRATORS.has(entity.type) ? entity.type : product} ${workspaceId}`;
    const cached = this.#administrationQuestions.get(key);
    if (cached !== undefined) return cached;

    const questions = this.administratorsOf(entity).flatMap((edge) => this.#asked(edge, edge.holder, administration));
    if (product === 'bitbucket') {
      if (this.resources.workspaceOf(entity) === undefined)
        questions.push({
          ...opened('administrators-unread', 'Who owns the workspace was not read'),
          administration,
        });
      if (workspaceOwner(this.snapshot.entities) !== 'another')
        questions.push(...this.#questionsOfOrganization(administration, ALL | ANY));
    } else questions.push(...this.#questionsOfOrganization(administration, ADMIN | ANY));
    if (product === 'jira')
      questions.push({
        ...opened('administrators-unread', 'Who holds the global permission Administer Jira is told by no answer'),
        mask: ADMIN,
        administration,
      });
    questions.push(...this.#questionsAboutPeople(product));
    this.#administrationQuestions.set(key, questions);
    return questions;
  }

  /** Who administers the products and the organization. */
  #questionsOfOrganization(administration: boolean, mask: number): ResourceQuestion[] {
    const hidden: readonly EntityType[] = ['admin.roleAssignment'];
    const gaps = [...this.gaps.everywhere('admin.roleAssignment'), ...this.gaps.everywhere('admin.user')];
    const questions = this.#gapQuestions.of(gaps, administration);
    if (gaps.length === 0 && !this.gaps.covers('admin'))
      questions.push({
        ...opened('administrators-unread', 'Who administers the product and the organization was not read'),
        administration,
      });
    for (const { id } of this.snapshot.entities['admin.group'])
      for (const question of this.#gapQuestions.of(this.gaps.about('admin.group', id, hidden), administration)) {
        const group = this.groups.intern(id);
        questions.push({
          ...question,
          concerns: (person) =>
            this.groups.has(group, person) ||
            (this.groups.question(group) !== undefined && !this.groups.isOutsiderOf(group, person)),
          whenBlocked: false,
        });
      }
    // It is administration that they have, and no other level, but for owners of a workspace.
    return questions.map((question) => ({ ...question, mask }));
  }

  /** Gaps about what one person has. */
  #questionsAboutPeople(product: Product): ResourceQuestion[] {
    const wanted = new Set(USER_TYPES.filter((type) => type === 'admin.user' || type === `${product}.user`));
    return this.gaps.all.flatMap((gap) => {
      const { resource } = gap;
      const type = USER_TYPES.find((candidate) => candidate === resource?.type);
      if (resource === undefined || type === undefined || !wanted.has(type)) return [];
      const person = this.people.find(resource.id);
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

/** Whether a question on a resource is open for one person. Somebody who is not in the snapshot may be anybody. */
export function isOpenFor(
  question: ResourceQuestion,
  person: number | undefined,
  blocked: boolean,
  administration: boolean,
): boolean {
  if (question.administration && !administration) return false;
  if (blocked && !question.whenBlocked) return false;
  return person === undefined || question.concerns === undefined || question.concerns(person);
}

function opened(kind: OpenQuestion['kind'], message: string, about?: OpenQuestion['about']): ResourceQuestion {
  return {
    open: { kind, message, ...(about !== undefined && { about }) },
    mask: ALL | ANY,
    whenBlocked: kind === 'exposure-unread' || kind === 'scheme-unread',
    administration: false,
  };
}

/** One question a gap, the same object each time, so that it is told once. */
class GapQuestions {
  readonly #byGap = new Map<Gap, OpenQuestion>();

  of(gaps: readonly Gap[], administration = false): ResourceQuestion[] {
    return gaps.map((gap) => {
      const open = this.#byGap.get(gap) ?? { kind: 'gap', message: gap.message, gap };
      this.#byGap.set(gap, open);
      return { open, mask: ALL | ANY, whenBlocked: !administration, administration };
    });
  }
}

function unlessTold(
  isPrivate: boolean | undefined,
  entity: ResourceEntity & { readonly type: 'bitbucket.project' | 'bitbucket.repository' },
): ResourceQuestion[] {
  if (isPrivate !== undefined) return [];
  return [
    {
      ...opened('exposure-unread', `Whether "${entity.name}" is public was not established`, nodeOf(entity)),
      mask: READ | ANY,
    },
  ];
}
