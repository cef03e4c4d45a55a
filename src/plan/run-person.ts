import type { AuditSubject } from '../audit/audit-event.js';
import { IdentityUnlinkedError } from '../errors/identity-unlinked-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import type { CallOptions } from '../http/transport.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { ScimUserId } from '../model/ids.js';
import type { Clients } from '../operations/capabilities.js';
import { checkedInput, operationOfKind } from '../operations/catalogue.js';
import type { PlannedOperation, SubjectIds } from '../operations/operation.js';
import type { CallMeter } from './call-meter.js';
import type { PlanSubject } from './plan.js';
import type { OperationEnd } from './run-operation.js';
import type { ProgressEvent } from './run-types.js';
import { waitUntilClear } from './wait-until-clear.js';

/** What waiting for a person needs. */
export interface PersonWaits {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly call: CallOptions;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (event: ProgressEvent) => void;
  /** How long to wait for Atlassian to link an account, in milliseconds. */
  readonly linkMs: number;
  /** How long to wait for an earlier operation to take effect for a later one, in milliseconds. */
  readonly readyMs: number;
  /** Reads the account that goes with a record now. */
  readonly findAccount: (scimUserId: ScimUserId, call: CallOptions) => Promise<AccountSeen | undefined>;
}

/** The account that goes with a record, and whether the two are linked. */
export type AccountSeen = Pick<ResolvedIdentity, 'link' | 'accountId'>;

/** The person of a plan while it is applied: what is learnt of them on the way, and what is waited for until it is known. */
export class RunPerson {
  readonly #before: PlanSubject;
  readonly #waits: PersonWaits;
  #ids: SubjectIds;
  #account: AccountSeen | undefined;
  #linkAwaited = false;
  #readyAwaited = false;

  constructor(subject: PlanSubject, waits: PersonWaits) {
    this.#before = subject;
    this.#waits = waits;
    const { email, scimUserId, accountId } = subject;
    this.#ids = {
      ...(email !== undefined && { email }),
      ...(scimUserId !== undefined && { scimUserId }),
      ...(accountId !== undefined && { accountId }),
    };
  }

  /** The ids as they are known now. */
  get ids(): SubjectIds {
    return this.#ids;
  }

  /** The account of the record as the last operation or wait saw it; absent where none looked. */
  get account(): AccountSeen | undefined {
    return this.#account;
  }

  /** The ids for the audit log. */
  get auditSubject(): AuditSubject {
    const { userName, externalId } = this.#before;
    return {
      ...this.#ids,
      ...(userName !== undefined && { userName }),
      ...(externalId !== undefined && { externalId }),
    };
  }

  /** Takes over what an operation brought to light. */
  learn({ learned, unlinked }: OperationEnd): void {
    this.#ids = { ...this.#ids, ...learned };
    if (learned?.accountId !== undefined) {
      const observedAt = new Date(this.#waits.clock.now()).toISOString();
      this.#account = { link: 'linked', accountId: { value: learned.accountId, source: 'scim-extension', observedAt } };
    }
    if (unlinked !== true || this.#before.link !== 'linked') return;
    // Atlassian took the account from the record: what follows must not take it for linked.
    const { accountId: _, ...rest } = this.#ids;
    this.#ids = rest;
    this.#account = { link: 'unlinked' };
  }

  /** Waits, within bounds, for what an operation needs of those before it. `undefined` when it can be sent. */
  async awaitFor(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd | 'cancelled' | undefined> {
    const missing = await this.#awaitAccount(operation, meter);
    const waitsFirst = operation.dependsOn.length > 0 && operationOfKind(operation.kind).tooEarly === undefined;
    return missing ?? (waitsFirst ? this.#awaitReady(operation, meter) : undefined);
  }

  /** Whether an operation was refused because the person is new; ends when it can be sent again, or the time is over. */
  async cameTooEarly(
    operation: PlannedOperation,
    { error }: OperationEnd,
    meter: CallMeter,
  ): Promise<boolean | 'cancelled'> {
    const mayBeNew = operation.dependsOn.length > 0 || (this.#account ?? this.#before).link === 'linked';
    if (error === undefined || !mayBeNew || operationOfKind(operation.kind).tooEarly?.(error) !== true) return false;
    const missing = await this.#awaitReady(operation, meter);
    return missing === 'cancelled' ? missing : missing === undefined;
  }

  /** Waits until the account of a new record is known, if an operation needs it. */
  async #awaitAccount({ kind }: PlannedOperation, meter: CallMeter): Promise<OperationEnd | 'cancelled' | undefined> {
    const { scimUserId, accountId } = this.#ids;
    if (!operationOfKind(kind).needs.includes('accountId') || accountId !== undefined || scimUserId === undefined)
      return undefined;
    const { findAccount, linkMs } = this.#waits;
    // One wait for the whole plan: what has not come for one operation has one more look for each of the others.
    const limitMs = this.#linkAwaited ? 0 : linkMs;
    this.#linkAwaited = true;
    return this.#wait('account-link', limitMs, meter, async (call) => {
      const found = await findAccount(scimUserId, call);
      if (found?.accountId === undefined) return new IdentityUnlinkedError(kind);
      this.#account = found;
      this.#ids = { ...this.#ids, accountId: found.accountId.value };
      return undefined;
    });
  }

  /** Waits until what came before has taken effect for an operation. Once for the whole plan. */
  async #awaitReady(operation: PlannedOperation, meter: CallMeter): Promise<OperationEnd | 'cancelled' | undefined> {
    const definition = operationOfKind(operation.kind);
    if (definition.notReady === undefined) return undefined;
    const input = checkedInput(definition, operation.input);
    const { clients, readyMs } = this.#waits;
    const limitMs = this.#readyAwaited ? 0 : readyMs;
    this.#readyAwaited = true;
    return this.#wait('propagation', limitMs, meter, async (call) => {
      const reason = await definition.notReady?.(input, { ...clients, subject: this.#ids }, call);
      return reason === undefined
        ? undefined
        : new ProvisionerError('action_blocked', `${operation.kind}: ${reason}`, { retryable: true });
    });
  }

  async #wait(
    waitingFor: 'account-link' | 'propagation',
    limitMs: number,
    meter: CallMeter,
    hindrance: (call: CallOptions) => Promise<ProvisionerError | undefined>,
  ): Promise<OperationEnd | 'cancelled' | undefined> {
    const { clock, signal, call, onProgress } = this.#waits;
    const bounds = { waitingFor, limitMs, clock, signal, onProgress };
    const end = await waitUntilClear(() => hindrance(meter.on({ ...call, signal })), bounds);
    return end === undefined || end === 'cancelled' ? end : { outcome: 'failed', error: end };
  }
}
