import type { ErrorCode } from '../errors/error-code.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { OperationTarget, PlannedOperation } from '../operations/operation.js';
import type { ExecutedPlan } from '../plan/execute-plan.js';
import type { OperationResult } from '../plan/run-types.js';
import type { GroupSteps } from './plan-relationships.js';

/** What became of the wish for one group. */
export interface RelationshipOutcome {
  /** Name of the group, or the id it was asked for by when no group was found. */
  readonly group: string;
  /** Id of the group on the side that is written; where it cannot be, the id it was asked for by, if it was. */
  readonly id?: string;
  readonly change: 'add' | 'remove';
  /** In a dry run `planned` for what would be written; `already` and `failed` of what is so, or cannot be done, are known by then. */
  readonly outcome: OperationOutcome | 'planned';
  readonly reason?: string;
  /** What to do about it, where something hindered it. */
  readonly advice?: string;
  /** The code of what hindered it. `license_limit`: no seat is left. */
  readonly code?: ErrorCode;
  readonly error?: ProvisionerError;
}

/** What a result about groups tells beside the rest. */
export interface RelationshipsExtra {
  /** One for each group asked for: first what was to be written, then what was so already, then what cannot be done. */
  readonly relationships: readonly RelationshipOutcome[];
}

/** What a plan about groups came to: `unchanged` where all it sent was so already, and showed late. */
export function achievedChange<Outcome extends string>(
  intended: Outcome,
  { operations }: ExecutedPlan,
): Outcome | 'unchanged' {
  return operations.length > 0 && operations.every(({ outcome }) => outcome === 'already') ? 'unchanged' : intended;
}

const MEMBERSHIP_KIND = /\.group\.(add|remove)Member$/;

/** Puts the outcomes of operations, of what was so already and of what could not be tried into one list. */
export function relationshipOutcomes(
  steps: Pick<GroupSteps, 'satisfied' | 'blocked'> & {
    readonly operations: readonly Pick<PlannedOperation, 'kind' | 'target'>[];
  },
  results: readonly OperationResult[] | undefined,
): readonly RelationshipOutcome[] {
  const done = results?.filter(({ operation }) => MEMBERSHIP_KIND.test(operation.kind)).map(fromResult);
  const planned = steps.operations
    .filter(({ kind }) => MEMBERSHIP_KIND.test(kind))
    .map(({ kind, target }) => ({ ...about(kind, target), outcome: 'planned' }) as const);
  return [
    ...(done ?? planned),
    ...steps.satisfied
      .filter(({ kind }) => MEMBERSHIP_KIND.test(kind))
      .map(({ kind, target, reason }) => ({ ...about(kind, target), outcome: 'already', reason }) as const),
    ...steps.blocked
      .filter(({ kind }) => kind.startsWith('group.'))
      .map(({ kind, target, reason, code, advice }) => ({
        ...about(kind, target),
        outcome: 'failed' as const,
        reason,
        ...(advice !== undefined && { advice }),
        code,
      })),
  ];
}

function fromResult({ operation, outcome, reason, advice, error }: OperationResult): RelationshipOutcome {
  const toDo = advice ?? error?.advice;
  return {
    ...about(operation.kind, operation.target),
    outcome,
    ...(reason !== undefined && { reason }),
    ...(toDo !== undefined && { advice: toDo }),
    ...(error !== undefined && { code: error.code, error }),
  };
}

function about(kind: string, { id, name }: OperationTarget): Pick<RelationshipOutcome, 'group' | 'id' | 'change'> {
  return { group: name ?? id ?? '', ...(id !== undefined && { id }), change: changeOf(kind) };
}

function changeOf(kind: string): 'add' | 'remove' {
  return kind.endsWith('.addMember') ? 'add' : 'remove';
}
