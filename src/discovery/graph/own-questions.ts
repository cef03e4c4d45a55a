import type { EntityType } from '../entities/entity-type.js';
import { ANY, READ } from './access-level.js';
import { nodeOf } from './node-of.js';
import { type GapQuestions, opened, type ResourceQuestion } from './resource-question.js';
import type { ResourceEntity } from './resources.js';
import { rolesUnread } from './roles-unread.js';
import type { Sources } from './sources.js';

type OfType<Type extends ResourceEntity['type']> = ResourceEntity & { readonly type: Type };

const BITBUCKET_GRANTS: readonly EntityType[] = ['bitbucket.grant', 'bitbucket.group'];

/** Tells what was not read of a resource itself, whoever holds something there. */
export class OwnQuestions {
  readonly #sources: Sources;
  readonly #gapQuestions: GapQuestions;

  constructor(sources: Sources, gapQuestions: GapQuestions) {
    this.#sources = sources;
    this.#gapQuestions = gapQuestions;
  }

  of(entity: ResourceEntity): readonly ResourceQuestion[] {
    switch (entity.type) {
      case 'jira.project':
        return this.#ofProject(entity);
      case 'confluence.space':
        return this.#ofSpace(entity);
      case 'bitbucket.workspace':
        return this.#gapQuestions.of(this.#sources.gaps.everywhere('bitbucket.grant'));
      case 'bitbucket.project':
        return this.#ofBitbucketProject(entity);
      case 'bitbucket.repository':
        return this.#ofRepository(entity);
      case 'jira.instance':
        return this.#ofJira(entity);
      case 'confluence.instance':
        return this.#ofConfluence(entity);
      case 'admin.tenant':
        return [];
    }
  }

  #ofProject(entity: OfType<'jira.project'>): ResourceQuestion[] {
    const { gaps, inForce } = this.#sources;
    const parts = ['jira.projectRole', 'jira.permissionScheme'] as const;
    const schemeId = entity.permissionSchemeId;
    const questions = this.#gapQuestions.of([
      ...gaps.about('jira.project', entity.id, parts),
      ...parts.flatMap((part) => gaps.everywhere(part)),
      ...(schemeId === undefined ? [] : gaps.about('jira.permissionScheme', schemeId)),
    ]);
    if (inForce.schemeOf(entity) === undefined)
      questions.push(
        opened('scheme-unread', `The permission scheme of the project ${entity.key} was not read`, nodeOf(entity)),
      );
    return questions;
  }

  #ofSpace(entity: OfType<'confluence.space'>): ResourceQuestion[] {
    const { gaps } = this.#sources;
    const questions = this.#gapQuestions.of([
      ...gaps.about('confluence.space', entity.id, ['confluence.grant', 'confluence.spaceRole']),
      ...gaps.everywhere('confluence.grant'),
    ]);
    for (const [flag, who] of [
      [entity.anonymousAccess, 'without signing in'],
      [entity.unlicensedAccess, 'without a licence'],
    ] as const)
      if (flag === undefined)
        questions.push(exposure(entity, `Whether the space ${entity.key} can be read ${who} was not established`));
    return questions;
  }

  #ofBitbucketProject(entity: OfType<'bitbucket.project'>): ResourceQuestion[] {
    const { gaps } = this.#sources;
    return [
      ...this.#gapQuestions.of([
        ...gaps.about('bitbucket.project', entity.id, BITBUCKET_GRANTS),
        ...gaps.everywhere('bitbucket.grant'),
      ]),
      ...unlessTold(entity),
    ];
  }

  #ofRepository(entity: OfType<'bitbucket.repository'>): ResourceQuestion[] {
    const { gaps, people, resources } = this.#sources;
    const project = resources.projectOf(entity.projectKey);
    const isEffective = entity.grants === 'effective';
    const questions = this.#gapQuestions.of([
      ...(isEffective ? [] : gaps.about('bitbucket.repository', entity.id, BITBUCKET_GRANTS)),
      // An effective level has in it what the project gives.
      ...(project === undefined || isEffective
        ? []
        : gaps.about('bitbucket.project', resources.entity(project).id, BITBUCKET_GRANTS)),
      // What was refused are the explicit grants: effective levels are read where those cannot be.
      ...gaps.everywhere('bitbucket.grant').filter(({ reason }) => !isEffective || reason !== 'forbidden'),
    ]);
    questions.push(...unlessTold(entity));
    if (entity.grants === 'unread')
      questions.push(opened('grants-unread', `Who holds ${entity.fullName} was not read`, nodeOf(entity)));
    if (entity.grants === 'explicit' && project === undefined)
      questions.push(
        opened('grants-unread', `What the project of ${entity.fullName} gives was not read`, nodeOf(entity)),
      );
    if (isEffective)
      questions.push({
        ...opened('grants-unread', `Bitbucket lists no apps among those who reach ${entity.fullName}`, nodeOf(entity)),
        concerns: (person) => !people.isKnownIn(person, 'bitbucket') && people.mayBeApp(person),
      });
    return questions;
  }

  #ofJira(entity: OfType<'jira.instance'>): ResourceQuestion[] {
    const { gaps, snapshot } = this.#sources;
    const applications = snapshot.entities['jira.applicationRole'];
    return [
      ...this.#gapQuestions.of([
        ...gaps.everywhere('jira.applicationRole'),
        ...applications.flatMap(({ id }) => gaps.about('jira.applicationRole', id)),
      ]),
      ...(applications.length > 0
        ? []
        : [opened('grants-unread', 'Who has access to Jira was not read', nodeOf(entity))]),
    ];
  }

  #ofConfluence(entity: OfType<'confluence.instance'>): ResourceQuestion[] {
    const { gaps, snapshot } = this.#sources;
    return [
      ...this.#gapQuestions.of(gaps.everywhere('confluence.group')),
      // The organization gives its use in person too, which no list of Confluence tells.
      ...rolesUnread(this.#sources, this.#gapQuestions, { mask: READ | ANY, administration: false }),
      ...(snapshot.entities['confluence.group'].some(({ access }) => access !== undefined)
        ? []
        : [opened('grants-unread', 'Which groups have access to Confluence was not read', nodeOf(entity))]),
    ];
  }
}

function exposure(entity: ResourceEntity, message: string): ResourceQuestion {
  return { ...opened('exposure-unread', message, nodeOf(entity)), mask: READ | ANY };
}

function unlessTold(entity: OfType<'bitbucket.project' | 'bitbucket.repository'>): ResourceQuestion[] {
  if (entity.private !== undefined) return [];
  return [exposure(entity, `Whether "${entity.name}" is public was not established`)];
}
