import { z } from 'zod';
import type { AuditActor } from '../audit/audit-event.js';
import { lazySchema } from '../model/lazy-schema.js';
import type { CallOptions } from '../http/transport.js';
import { orNoObject, parseStrictly } from './parse-strictly.js';
import type { Plan, StagedOperation } from './plan.js';

/** What an approver is shown: the plan with its reasons, risks and digest, who asks, and what the guard says to it. */
export interface ApprovalRequest {
  /** Frozen: what is shown is what is applied. */
  readonly plan: Plan;
  /** What the guard withholds of it. */
  readonly staged: readonly StagedOperation[];
  /** Set when the caller overrides the guard: why, in the caller's words, and what the guard would withhold else. */
  readonly overrideGuard?: { readonly because: string; readonly overridden: readonly StagedOperation[] };
  /** On whose behalf: that of the call, or the configured one. */
  readonly actor: AuditActor;
  /** Why the caller asked for the change, in the caller's words. */
  readonly reason?: string;
  readonly correlationId: string;
}

/** The answer of an approver. It is written into the audit event of each operation. */
export type ApprovalAnswer =
  | { readonly approved: true; readonly approvedBy: string; readonly comment?: string }
  | { readonly approved: false; readonly because: string; readonly deniedBy?: string };

/**
 * Decides on a plan before anything is written.
 *
 * Called only for a plan of which something would be sent. An error it throws stops the action with nothing written
 * (`approval_failed`, the error is its `cause`), and so does an answer of any other form (`request_invalid`). After a yes the action observes once more: it goes on only if
 * the plan has not expired and would still be made as it was shown.
 */
export type Approve = (
  request: ApprovalRequest,
  options: Pick<CallOptions, 'signal'>,
) => ApprovalAnswer | Promise<ApprovalAnswer>;

/** An answer with the time it was given. */
export type RecordedApproval = ApprovalAnswer & {
  /** ISO 8601 instant, UTC. */
  readonly at: string;
};

/** An approval that was given elsewhere, as the caller of `apply` tells it. */
export interface GivenApproval {
  readonly approvedBy: string;
  readonly comment?: string;
  /** ISO 8601 instant; the time of the call unless given. */
  readonly at?: string;
}

const nameSchema = lazySchema(() => z.string().refine((name) => name.trim() !== '', 'must name who it was'));

const answerSchema = lazySchema(() =>
  z.discriminatedUnion(
    'approved',
    [
      z.strictObject({ approved: z.literal(true), approvedBy: nameSchema(), comment: z.string().optional() }),
      z.strictObject({ approved: z.literal(false), because: z.string(), deniedBy: z.string().optional() }),
    ],
    'must be an object whose `approved` is true or false',
  ),
);

const givenSchema = lazySchema(() =>
  z.strictObject(
    {
      approvedBy: nameSchema(),
      comment: z.string().optional(),
      at: z.iso.datetime({ offset: true, error: 'must be an ISO 8601 instant' }).optional(),
    },
    { error: orNoObject('must be an object with `approvedBy`') },
  ),
);

/** Reads the answer of an approver. Whatever is neither a yes nor a no is an error, and never a yes. */
export function parseAnswer(answer: unknown, at: string): RecordedApproval {
  const advice = 'Answer { approved: true, approvedBy } or { approved: false, because }.';
  const parsed = parseStrictly('The answer of `approve` does not fit', answerSchema(), answer, { advice });
  return { ...(parsed as ApprovalAnswer), at };
}

/** Reads an approval that was given elsewhere; `undefined` when there is none. */
export function parseGivenApproval(approval: unknown, now: string): RecordedApproval | undefined {
  if (approval === undefined) return undefined;
  const advice = 'Pass { approvedBy, comment?, at? } with the digest that was approved.';
  const parsed = parseStrictly('`approval` does not fit', givenSchema(), approval, { advice }) as GivenApproval;
  return { approved: true, ...parsed, at: parsed.at ?? now };
}
