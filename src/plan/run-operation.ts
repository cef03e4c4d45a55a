import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ApiError, ResponseInvalidError } from '../errors/api-errors.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import { retold } from '../errors/retold.js';
import type { Clock } from '../http/clock.js';
import type { CallOptions } from '../http/transport.js';
import type { OperationOutcome } from '../model/outcome.js';
import { checkedInput, operationOfKind } from '../operations/catalogue.js';
import type { OperationContext, OperationDefinition, PlannedOperation, SubjectIds } from '../operations/operation.js';
import type { ProgressEvent } from './run-types.js';

/** How one operation ended. */
export interface OperationEnd {
  readonly outcome: OperationOutcome;
  readonly confirmedBy?: 'answer' | 'read-back';
  /** Why it was not sent. */
  readonly reason?: string;
  /** What to do about one that the guard withholds. */
  readonly advice?: string;
  readonly error?: ProvisionerError;
  readonly learned?: SubjectIds;
  readonly unlinked?: boolean;
}

/** What sending an operation needs beside the operation. */
export interface SendingContext {
  readonly operation: OperationContext;
  readonly clock: Clock;
  readonly call: CallOptions;
  /** How long reading back may go on after a lost answer, in milliseconds. */
  readonly readBackMs: number;
  readonly onProgress: (event: ProgressEvent) => void;
}

/** Times an operation is sent again after a read-back proved that it did not happen. */
const RESENDS = 1;

/**
 * Sends one operation and finds out what became of it.
 *
 * A lost answer is settled by reading back: done, not done (then it is sent once more), or `unknown`. The caller's signal
 * does not reach in here: an operation that was begun is brought to a known end.
 */
export async function runOperation(planned: PlannedOperation, context: SendingContext): Promise<OperationEnd> {
  const definition = operationOfKind(planned.kind);
  const input = checkedInput(definition, planned.input);
  const call: CallOptions = { ...context.call, signal: undefined };

  for (let sent = 0; ; sent += 1) {
    const attempt = await tryOnce(definition, () => definition.apply(input, context.operation, call));
    if ('effect' in attempt) return { ...attempt.effect, confirmedBy: 'answer' };
    const { error } = attempt;
    if (!mayHaveHappened(error, sent > 0))
      return { outcome: 'failed', error: await explained(definition, error, input, context) };

    const found = await readBackUntilClear(definition, input, context, call);
    if (found.happened === true)
      return {
        outcome: 'applied',
        confirmedBy: 'read-back',
        ...(found.learned !== undefined && { learned: found.learned }),
      };
    if (found.happened === undefined) return { outcome: 'unknown', error };
    if (sent >= RESENDS)
      return { outcome: 'failed', error: await explained(definition, knownNotDone(error), input, context) };
  }
}

type Attempt =
  { readonly effect: Awaited<ReturnType<OperationDefinition['apply']>> } | { readonly error: ProvisionerError };

async function tryOnce(
  definition: OperationDefinition,
  apply: () => ReturnType<OperationDefinition['apply']>,
): Promise<Attempt> {
  try {
    return { effect: await apply() };
  } catch (error) {
    if (isProvisionerError(error)) return { error };
    return { error: unexpected(definition.kind, error) };
  }
}

/** For a fault of this SDK, or of what it was given. Whether the call left is not known, so it is treated as if it had. */
export function unexpected(kind: string, cause: unknown): ProvisionerError {
  if (isProvisionerError(cause)) return cause;
  // No answer was seen, so there is no status and no fault in one to name.
  const details = { operation: kind, method: 'unknown', status: 0, attempts: 1, answerLost: true };
  const error = new ResponseInvalidError(details, [], 'ended in an unexpected error');
  Object.defineProperty(error, 'cause', { value: cause, enumerable: false, configurable: true, writable: true });
  return error;
}

/** Whether the write may have been carried out although the call ended in this error. */
function mayHaveHappened(error: ProvisionerError, sentBefore: boolean): boolean {
  if (isProvisionerError(error, 'network_failed', 'timed_out', 'aborted')) return error.sent;
  if (isProvisionerError(error, 'server_error', 'response_invalid', 'response_too_large', 'redirect_refused'))
    return true;
  // An earlier attempt got no answer, and this answer may be about what that one did.
  return (
    isProvisionerError(error, 'conflict', 'not_found', 'forbidden', 'rejected') && (sentBefore || error.answerLost)
  );
}

const READ_BACK_PAUSES_MS = [0, 1_000, 3_000, 5_000, 10_000];

async function readBackUntilClear(
  definition: OperationDefinition,
  input: object,
  context: SendingContext,
  call: CallOptions,
): Promise<Awaited<ReturnType<OperationDefinition['readBack']>>> {
  let waitedMs = 0;
  for (let round = 0; ; round += 1) {
    const pauseMs = READ_BACK_PAUSES_MS[Math.min(round, READ_BACK_PAUSES_MS.length - 1)] ?? 0;
    if (waitedMs + pauseMs > context.readBackMs) return { happened: undefined };
    if (pauseMs > 0) {
      context.onProgress({ type: 'waiting', waitingFor: 'read-back', waitedMs, limitMs: context.readBackMs });
      await context.clock.sleep(pauseMs);
      waitedMs += pauseMs;
    }
    const found = await readBackOnce(definition, input, context, call);
    if (found.happened !== undefined) return found;
  }
}

async function readBackOnce(
  definition: OperationDefinition,
  input: object,
  context: SendingContext,
  call: CallOptions,
): Promise<Awaited<ReturnType<OperationDefinition['readBack']>>> {
  try {
    const found = await definition.readBack(input, context.operation, call);
    const isNoProof =
      definition.readBackTrails === true && context.operation.wasWrittenOtherwise === true && found.happened === true;
    return isNoProof ? { happened: undefined } : found;
  } catch {
    // A read that fails tells nothing; the error of the write is the one to report.
    return { happened: undefined };
  }
}

/** Its advice is that of a call whose end nobody knows. */
function knownNotDone(error: ProvisionerError): ProvisionerError {
  const isUnclear =
    isProvisionerError(error, 'network_failed', 'timed_out', 'server_error') ||
    (error instanceof ApiError && error.answerLost);
  if (!isUnclear) return error;
  return retold(error, { advice: 'Reading back showed that it did not happen: call the action again.' });
}

async function explained(
  definition: OperationDefinition,
  error: ProvisionerError,
  input: object,
  context: SendingContext,
): Promise<ProvisionerError> {
  if (definition.explain === undefined) return error;
  try {
    return await definition.explain(error, input, context.operation, { ...context.call, signal: undefined });
  } catch {
    return error; // what was refused is known; why is not
  }
}
