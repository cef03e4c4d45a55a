import type { Gap } from '../entities/gap.js';
import { ALL, ANY } from './access-level.js';
import type { OpenQuestion } from './access-path.js';
import type { Edge } from './edge.js';
import type { Holder } from './holder.js';
import type { HolderQuestion } from './holder-questions.js';
import type { Sources } from './sources.js';

/** An open question on a resource, with the levels that hang on it. */
export interface ResourceQuestion extends HolderQuestion {
  readonly mask: number;
  /** It is about administrators, who need no grant. */
  readonly administration: boolean;
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

/** A question that leaves every level open, for everybody. */
export function opened(kind: OpenQuestion['kind'], message: string, about?: OpenQuestion['about']): ResourceQuestion {
  return {
    open: { kind, message, ...(about !== undefined && { about }) },
    mask: ALL | ANY,
    whenBlocked: kind === 'exposure-unread' || kind === 'scheme-unread',
    administration: false,
  };
}

/** What leaves open who is the holder of a grant, with the levels that the grant gives. */
export function askedBy(
  { holders, holderQuestions }: Sources,
  { mask, maybe, evidence }: Edge,
  holder: Holder,
  administration = false,
): ResourceQuestion[] {
  if (evidence.type === 'bitbucket.grant' && holders.isToldByBitbucket(holder)) return [];
  return holderQuestions.of(holder).map((question) => ({ ...question, mask: mask | maybe, administration }));
}

/** One question a gap, the same object each time, so that it is told once. */
export class GapQuestions {
  readonly #byGap = new Map<Gap, OpenQuestion>();

  of(gaps: readonly Gap[], administration = false): ResourceQuestion[] {
    return gaps.map((gap) => {
      const open = this.#byGap.get(gap) ?? { kind: 'gap', message: gap.message, gap };
      this.#byGap.set(gap, open);
      return { open, mask: ALL | ANY, whenBlocked: !administration, administration };
    });
  }
}

/** Each question once, with all the levels that hang on it. */
export function merged(questions: Iterable<ResourceQuestion>): readonly ResourceQuestion[] {
  const byOpen = new Map<OpenQuestion, ResourceQuestion>();
  for (const question of questions) {
    const before = byOpen.get(question.open);
    byOpen.set(
      question.open,
      before === undefined
        ? question
        : {
            ...before,
            mask: before.mask | question.mask,
            whenBlocked: before.whenBlocked || question.whenBlocked,
            administration: before.administration && question.administration,
          },
    );
  }
  return [...byOpen.values()];
}
