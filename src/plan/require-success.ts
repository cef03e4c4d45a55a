import { ProvisionerError } from '../errors/provisioner-error.js';
import type { ActionResult } from './run-types.js';

/** An action did not end as intended, and the caller asked for an error in that case. */
export class ActionFailedError extends ProvisionerError {
  override readonly name = 'ActionFailedError';
  declare readonly code: 'action_failed';
  readonly result: ActionResult;

  constructor(result: ActionResult) {
    super('action_failed', describe(result), {
      advice:
        (result.outcome === 'staged' ? result.staged[0]?.advice : undefined) ??
        'Read the operations of the result; calling the action again does what is left to do.',
      retryable: result.operations.some(({ error }) => error?.retryable === true),
    });
    this.result = result;
  }
}

/**
 * Gives a result back when the action ended as intended, and throws when it did not.
 *
 * As intended is the outcome that the plan was made for, and `planned` of a dry run. `staged`, `partial`, `unknown` and the
 * rest throw.
 *
 * @throws {@link ActionFailedError} with the result.
 */
export function requireSuccess<Result extends ActionResult>(result: Result): Result {
  if (!UNINTENDED.has(result.outcome)) return result;
  throw new ActionFailedError(result);
}

const UNINTENDED: ReadonlySet<string> = new Set([
  'denied',
  'staged',
  'partial',
  'failed',
  'unknown',
  'cancelled',
  'unverified',
  'unrecorded',
]);

function describe({ action, outcome, operations, plan }: ActionResult): string {
  const troubles = [
    ...operations
      .filter((one) => one.outcome !== 'applied' && one.outcome !== 'already')
      .map(
        (one) => `${one.operation.kind} ${one.outcome}: ${one.error?.message ?? one.reason ?? 'no reason is known'}`,
      ),
    ...plan.blocked.map(({ reason }) => reason),
  ];
  return `${action} ended as "${outcome}"${troubles.length === 0 ? '' : `: ${troubles.join('; ')}`}`;
}
