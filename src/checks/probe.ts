import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { AttemptEvent, CallOptions } from '../http/transport.js';
import type { CheckEvidence } from './configuration-report.js';

/** How a call ended that was made to find something out. */
export type Probe<Value> =
  | { readonly ok: true; readonly value: Value; readonly evidence: readonly CheckEvidence[] }
  | { readonly ok: false; readonly error: ProvisionerError; readonly evidence: readonly CheckEvidence[] };

/** Makes a call and catches its refusal. Only the caller's own cancellation gets through. */
export async function probe<Value>(
  call: CallOptions,
  read: (call: CallOptions) => Promise<Value>,
): Promise<Probe<Value>> {
  const answers = new Map<string, AttemptEvent>();
  const onAttempt = (event: AttemptEvent): void => {
    answers.set(event.operation, event);
    call.onAttempt?.(event);
  };
  try {
    const value = await read({ ...call, onAttempt });
    return { ok: true, value, evidence: [...answers.values()].map((event) => toEvidence(event)) };
  } catch (error) {
    if (call.signal?.aborted === true || !isProvisionerError(error)) throw error;
    return { ok: false, error, evidence: [...answers.values()].map((event) => toEvidence(event, error)) };
  }
}

function toEvidence({ operation, status, traceId }: AttemptEvent, error?: ProvisionerError): CheckEvidence {
  const atlassianCode = error === undefined ? undefined : atlassianCodeOf(error);
  return {
    operation,
    ...(status !== undefined && { status }),
    ...(atlassianCode !== undefined && { atlassianCode }),
    ...(error !== undefined && { error: error.code }),
    ...(traceId !== undefined && { traceId }),
  };
}

/** Atlassian's own code of an error, where it is an answer that has one. */
export function atlassianCodeOf(error: ProvisionerError): string | undefined {
  return 'atlassianCode' in error && typeof error.atlassianCode === 'string' ? error.atlassianCode : undefined;
}
