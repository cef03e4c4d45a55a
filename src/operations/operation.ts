import type { JsonObject } from '../model/json.js';
import type { ZodType } from 'zod';
import type { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import type { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import type { ProvisionerError } from '../errors/provisioner-error.js';
import type { CallOptions } from '../http/transport.js';
import type { AtlassianAccountId, ScimUserId } from '../model/ids.js';
import type { GroupRoute } from '../model/group.js';
import type { AttributeChange, Risk } from '../model/outcome.js';

/** The ids of the person an operation is about, as far as they are known when it runs. */
export interface SubjectIds {
  readonly email?: string;
  readonly scimUserId?: ScimUserId;
  readonly accountId?: AtlassianAccountId;
}

/** What an operation acts on, for people and for the audit log. */
export interface OperationTarget {
  readonly type: 'identity' | 'account' | 'group' | 'product' | 'api-token';
  readonly id?: string;
  readonly name?: string;
}

/** What an operation has at hand while it runs. */
export interface OperationContext {
  readonly scim: ScimDirectoryClient | undefined;
  readonly admin: AdminOrgClient | undefined;
  readonly subject: SubjectIds;
  /** Whether the opposite was written lately: then a read that trails can show the wanted state of before that. */
  readonly wasWrittenOtherwise?: boolean;
}

/** What one run of an operation brought about, and ids it learned on the way. */
interface OperationEffect {
  readonly outcome: 'applied' | 'already';
  readonly learned?: SubjectIds;
  /** Whether Atlassian took the account from the record. */
  readonly unlinked?: boolean;
}

/** What reading back found. `happened: undefined` when reading cannot tell. */
export interface ReadBack {
  readonly happened: boolean | undefined;
  readonly learned?: SubjectIds;
}

/** A group that the person leaves with an operation. */
export interface LeftGroup {
  /** The API that has the group by this id: a synced group of this directory by its SCIM id, any other by that of the organization. */
  readonly route: GroupRoute;
  readonly id: string;
  /** Absent where it could not be read: then the guard takes it for a protected one. */
  readonly name?: string;
  /** Members it had when the plan was made, where that was read. */
  readonly memberCount?: number;
}

/** The operation that undoes another. */
export interface InverseOperation {
  readonly kind: string;
  readonly input: JsonObject;
}

/**
 * One write that the SDK knows, with everything that is known about it.
 *
 * A definition holds no state: all that differs from one use to the next is in `input`, which is JSON, so that a plan can
 * be stored and applied elsewhere.
 */
export interface OperationDefinition<Input extends object = object> {
  /** Stable name, part of plans and audit events: `org.group.addMember`. */
  readonly kind: string;
  /** What it does, for people: "Add to a synced group". */
  readonly title: string;
  readonly risk: Risk;
  /** Ids of the subject that must be known before it can be sent. */
  readonly needs: readonly ('scimUserId' | 'accountId')[];
  /** Whether it takes access away: such operations are what the guard counts, and withholds together. */
  readonly removesAccess: boolean;
  readonly input: () => ZodType<Input>;
  /**
   * Why it cannot be sent yet, while an earlier operation of its plan takes effect; `undefined` once it can. Reads only.
   *
   * Asked, within bounds, only when it depends on an earlier operation; with `tooEarly`, only after such a refusal.
   */
  notReady?(input: Input, context: OperationContext, call: CallOptions): Promise<string | undefined>;
  /** Whether a refusal can mean that the person is new, and not everywhere yet. It is sent once more when `notReady` ends. */
  tooEarly?(error: ProvisionerError): boolean;
  /** Sends it. Answers that mean "it was so before" are the outcome `already`, not an error. */
  apply(input: Input, context: OperationContext, call: CallOptions): Promise<OperationEffect>;
  /** Whether reading back trails behind writes: what it shows may be the state before a write of this very provisioner. */
  readonly readBackTrails?: true;
  /** Reads back whether it happened, after an answer was lost. Reads only. */
  readBack(input: Input, context: OperationContext, call: CallOptions): Promise<ReadBack>;
  /** The operation that undoes it, where one exists. */
  inverse?(input: Input): { readonly kind: string; readonly input: object };
  /** Finds out more about a refusal, with reads only. */
  explain?(
    error: ProvisionerError,
    input: Input,
    context: OperationContext,
    call: CallOptions,
  ): Promise<ProvisionerError>;
}

/** An operation as a plan holds it: JSON throughout. */
export interface PlannedOperation {
  /** Unique in its plan: `op-1`. */
  readonly id: string;
  readonly kind: string;
  readonly target: OperationTarget;
  readonly input: JsonObject;
  /** Why it is in the plan, one sentence each. */
  readonly reasons: readonly string[];
  readonly risk: Risk;
  readonly changes: readonly AttributeChange[];
  /** Ids of the operations that must have succeeded before it is sent. */
  readonly dependsOn: readonly string[];
  readonly inverse?: InverseOperation;
  /** Members the group had when the plan was made; only on removals, and where it was read. */
  readonly memberCount?: number;
  /** Groups that the person leaves with it, where it is not itself the removal from one. */
  readonly leaves?: readonly LeftGroup[];
}

/** What an action says of an operation that it wants in its plan. */
export interface OperationDraft extends Omit<PlannedOperation, 'id' | 'dependsOn'> {
  /** Drafts that must have succeeded before. */
  readonly after: readonly OperationDraft[];
}

/** Details of a draft beside its input. */
export interface DraftDetails {
  readonly target: OperationTarget;
  readonly reasons: readonly string[];
  readonly changes?: readonly AttributeChange[];
  readonly after?: readonly OperationDraft[];
  readonly memberCount?: number | undefined;
  readonly leaves?: readonly LeftGroup[];
}

/** Makes a draft of an operation for a plan. */
export function draft<Input extends object>(
  definition: OperationDefinition<Input>,
  input: Input,
  details: DraftDetails,
): OperationDraft {
  const inverse = definition.inverse?.(input);
  return {
    kind: definition.kind,
    target: details.target,
    // JSON by its schema, which the compiler does not see.
    input: input as unknown as JsonObject,
    reasons: details.reasons,
    risk: definition.risk,
    changes: details.changes ?? [],
    after: details.after ?? [],
    ...(inverse !== undefined && { inverse: inverse as unknown as InverseOperation }),
    ...(details.memberCount !== undefined && { memberCount: details.memberCount }),
    ...(details.leaves !== undefined && details.leaves.length > 0 && { leaves: details.leaves }),
  };
}
