import type { ErrorCode, ProvisionerError } from '../errors/provisioner-error.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { OperationResult } from '../plan/run-types.js';
import type { GroupSteps } from './plan-relationships.js';

/** What became of the wish for one group. */
export interface RelationshipOutcome {
  /** Name of the group, or the id it was asked for by when no group was found. */
  readonly group: string;
  readonly change: 'add' | 'remove';
  /** `planned` in a dry run. */
  readonly outcome: OperationOutcome | 'planned';
  readonly reason?: string;
  /** The code of what hindered it. `license_limit`: no seat is left. */
  readonly code?: ErrorCode;
  readonly error?: ProvisionerError;
}

/** What a result about groups tells beside the rest. */
export interface RelationshipsExtra {
  /** One for each group asked for. */
  readonly relationships: readonly RelationshipOutcome[];
}

const MEMBERSHIP_KIND = /\.group\.(add|remove)Member$/;

/** Puts the outcomes of operations, of what was so already and of what could not be tried into one list. */
export function relationshipOutcomes(
  steps: Pick<GroupSteps, 'satisfied' | 'blocked'> & {
    readonly operations: readonly { readonly kind: string; readonly target: { readonly name?: string } }[];
  },
  results: readonly OperationResult[] | undefined,
): readonly RelationshipOutcome[] {
  const done = results?.filter(({ operation }) => MEMBERSHIP_KIND.test(operation.kind)).map(fromResult);
  const planned = steps.operations
    .filter(({ kind }) => MEMBERSHIP_KIND.test(kind))
    .map(({ kind, target }) => ({ group: target.name ?? '', change: changeOf(kind), outcome: 'planned' }) as const);
  return [
    ...(done ?? planned),
    ...steps.satisfied
      .filter(({ kind }) => MEMBERSHIP_KIND.test(kind))
      .map(
        ({ kind, target, reason }) =>
          ({ group: target.name ?? '', change: changeOf(kind), outcome: 'already', reason }) as const,
      ),
    ...steps.blocked
      .filter(({ kind }) => kind.startsWith('group.'))
      .map(
        ({ kind, target, reason, code }) =>
          ({ group: target.name ?? '', change: changeOf(kind), outcome: 'failed', reason, code }) as const,
      ),
  ];
}

function fromResult({ operation, outcome, reason, error }: OperationResult): RelationshipOutcome {
  return {
    group: operation.target.name ?? '',
    change: changeOf(operation.kind),
    outcome,
    ...(reason !== undefined && { reason }),
    ...(error !== undefined && { code: error.code, error }),
  };
}

function changeOf(kind: string): 'add' | 'remove' {
  return kind.endsWith('.addMember') ? 'add' : 'remove';
}
