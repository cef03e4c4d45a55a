import type { EntityType } from '../entities/entity-type.js';
import { type GapQuestions, opened, type ResourceQuestion } from './resource-question.js';
import type { Sources } from './sources.js';

const ROLES: readonly EntityType[] = ['admin.roleAssignment'];
/** One object, so that it is told once. */
const NO_ROLES = opened(
  'administrators-unread',
  'Whom the organization gave roles, on itself and on its products, was not read',
);

/** Tells what leaves open to whom the organization gave roles: on itself, or on a product without a group of the product. */
export function rolesUnread(
  { gaps: index, groups, snapshot }: Sources,
  gapQuestions: GapQuestions,
  about: Pick<ResourceQuestion, 'mask' | 'administration'>,
): ResourceQuestion[] {
  const gaps = [...index.everywhere('admin.roleAssignment'), ...index.everywhere('admin.user')];
  const questions = gapQuestions.of(gaps, true);
  if (gaps.length === 0 && !index.covers('admin')) questions.push(NO_ROLES);
  for (const { id } of snapshot.entities['admin.group'])
    for (const question of gapQuestions.of(index.about('admin.group', id, ROLES))) {
      const group = groups.intern(id);
      questions.push({
        ...question,
        concerns: (person) =>
          groups.has(group, person) || (groups.question(group) !== undefined && !groups.isOutsiderOf(group, person)),
        whenBlocked: false,
      });
    }
  return questions.map((question) => ({ ...question, ...about }));
}
