import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../model/json.js';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { ProvisionerError } from '../errors/provisioner-error.js';
import type { Clock } from '../http/clock.js';
import type { CallOptions } from '../http/transport.js';
import type { ClaimedDomains } from '../identity/claimed-domains.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { IdentityRef } from '../model/identity.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { Clients } from '../operations/capabilities.js';
import type { ActionDefinition, Observation, ObserveContext } from './action-definition.js';
import type { Approve, RecordedApproval } from './approval.js';
import { buildPlan, essenceOf, type PlanScope } from './build-plan.js';
import { CallMeter } from './call-meter.js';
import { executePlan, type ExecutedPlan } from './execute-plan.js';
import { readGuardFacts } from './guard-facts.js';
import type { Guard, GuardFacts } from './guard.js';
import { identityAfter } from './identity-after.js';
import { KeyedLock } from './keyed-lock.js';
import type { Plan, StagedOperation } from './plan.js';
import { RecentWrites } from './recent-writes.js';
import { outcomeOf } from './run-outcome.js';
import type { ActionOptions, ActionResult, ProgressEvent, Verification } from './run-types.js';

/** What all actions of one provisioner share. */
export interface RunnerParts {
  readonly clients: Clients;
  readonly mapper: IdMapper;
  readonly domains: ClaimedDomains;
  readonly clock: Clock;
  readonly recorder: AuditRecorder;
  readonly guard: Guard;
  readonly approve: Approve | undefined;
  readonly scope: PlanScope;
  readonly waits: RunnerWaits;
}

/** How long an action waits for what lags, in milliseconds. */
interface RunnerWaits {
  /** For Atlassian to link a new record to its account. */
  readonly linkMs: number;
  /** For a read-back after a lost answer. */
  readonly readBackMs: number;
  /** For a change to show in other reads, when an action verifies. */
  readonly verifyMs: number;
}

/** A plan that came from elsewhere, with the approval it was given there. */
export interface StoredPlan {
  readonly plan: Plan;
  readonly approval: RecordedApproval | undefined;
}

/** Takes every action the one way: observe, plan, guard, approve, apply, verify. */
export class ActionRunner {
  readonly #parts: RunnerParts;
  readonly #locks = new KeyedLock();
  readonly #recent: RecentWrites;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#recent = new RecentWrites(parts.clock);
  }

  /** Runs an action, or a plan of it that was made before. */
  async run<Input extends JsonObject, Observed extends Observation, Outcome extends string, Extra extends object>(
    action: ActionDefinition<Input, Observed, Outcome, Extra>,
    input: unknown,
    options: ActionOptions,
    stored?: StoredPlan,
  ): Promise<ActionResult<Outcome> & Extra> {
    const checked = action.parse(input);
    const run = new ActionRun(this.#parts, this.#recent, action, checked, options, stored);
    if (options.dryRun === true) return run.preview();
    return this.#locks.hold(action.lockKeys(checked), async () => {
      await run.observe();
      // The same person may be asked for by another id: their own ids are locked too, and what was read while waiting
      // for another action is read again.
      return this.#locks.hold(run.ownKeys(), async (hadToWait) => {
        if (hadToWait) await run.observe();
        return run.carryOut();
      });
    });
  }
}

const NOTHING_EXECUTED: ExecutedPlan = { operations: [], subject: {}, cancelled: false };

const WAITED_FOR: ReadonlySet<OperationOutcome> = new Set(['applied', 'already', 'unknown']);
const VERIFY_PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];

class ActionRun<Input extends JsonObject, Observed extends Observation, Outcome extends string, Extra extends object> {
  readonly #parts: RunnerParts;
  readonly #recent: RecentWrites;
  readonly #action: ActionDefinition<Input, Observed, Outcome, Extra>;
  readonly #input: Input;
  readonly #options: ActionOptions;
  readonly #stored: StoredPlan | undefined;
  readonly #meter: CallMeter;
  readonly #call: CallOptions;
  readonly #startedAt: number;
  readonly #correlationId: string;
  #observed: Observed | undefined;

  constructor(
    parts: RunnerParts,
    recent: RecentWrites,
    action: ActionDefinition<Input, Observed, Outcome, Extra>,
    input: Input,
    options: ActionOptions,
    stored: StoredPlan | undefined,
  ) {
    this.#parts = parts;
    this.#recent = recent;
    this.#action = action;
    this.#input = input;
    this.#options = options;
    this.#stored = stored;
    this.#meter = new CallMeter(options.onAttempt);
    const { signal, attemptTimeoutMs, totalTimeoutMs } = options;
    this.#call = this.#meter.on({ signal, attemptTimeoutMs, totalTimeoutMs });
    this.#startedAt = parts.clock.now();
    this.#correlationId = options.correlationId ?? randomUUID();
  }

  async observe(): Promise<void> {
    this.#observed = await this.#read();
  }

  /** Keys of the person as they were found. */
  ownKeys(): string[] {
    const { scimUserId, accountId } = this.#before().identity ?? {};
    return [scimUserId, accountId].filter((id) => id !== undefined).map(({ value }) => `id:${value}`);
  }

  async preview(): Promise<ActionResult<Outcome> & Extra> {
    await this.observe();
    const plan = this.#plan();
    const staged = await this.#review(plan);
    this.#tell({ type: 'planned', plan, staged });
    return this.#result(plan, staged, undefined, {});
  }

  async carryOut(): Promise<ActionResult<Outcome> & Extra> {
    const fresh = this.#plan();
    const plan = this.#stored === undefined ? fresh : this.#unmoved(this.#stored.plan, fresh);
    if (plan.blockedStopsAll) refuseBlocked(plan);

    const guardFacts = await this.#guardFacts(plan);
    const staged = this.#options.overrideGuard === undefined ? this.#parts.guard.review(plan, guardFacts) : [];
    this.#tell({ type: 'planned', plan, staged });
    if (plan.operations.length === 0) return this.#result(plan, staged, NOTHING_EXECUTED, {});

    const approval = this.#stored?.approval ?? (await this.#askForApproval(plan, staged));
    const executed = await executePlan(plan, this.#execution(guardFacts, approval));
    await this.#forget(executed);
    const verification = await this.#verify(executed);
    return this.#result(plan, staged, executed, {
      ...(approval !== undefined && { approval }),
      ...(verification !== undefined && { verification }),
    });
  }

  #before(): Observed {
    if (this.#observed === undefined) throw new Error('An action was run before it observed');
    return this.#observed;
  }

  #read(): Promise<Observed> {
    return this.#action.observe(this.#input, this.#observeContext(this.#recent));
  }

  #readAgain(): Promise<Observed> {
    // Only what reads show is proof of a change.
    const context = this.#observeContext(new RecentWrites(this.#parts.clock));
    if (this.#action.observeAgain === undefined) return this.#action.observe(this.#input, context);
    return this.#action.observeAgain(this.#input, this.#before(), context);
  }

  #observeContext(recent: RecentWrites): ObserveContext {
    const { clients, mapper, domains, clock } = this.#parts;
    return { clients, mapper, domains, clock, recent, call: this.#call };
  }

  #plan(): Plan {
    const draft = this.#action.plan(this.#input, this.#before());
    return buildPlan(this.#action.name, this.#input, draft, this.#parts.scope, this.#parts.clock);
  }

  /** The stored plan, if observing and planning again comes to the same. */
  #unmoved(stored: Plan, fresh: Plan): Plan {
    if (essenceOf(stored) === essenceOf(fresh)) return stored;
    throw new ProvisionerError('plan_stale', `${stored.action}: what the plan was made from has changed since`, {
      advice: 'Make the plan again, and have it approved again.',
    });
  }

  async #review(plan: Plan): Promise<StagedOperation[]> {
    if (this.#options.overrideGuard !== undefined) return [];
    return this.#parts.guard.review(plan, await this.#guardFacts(plan));
  }

  #guardFacts(plan: Plan): Promise<GuardFacts> {
    return readGuardFacts(plan, this.#parts, this.#call);
  }

  async #askForApproval(plan: Plan, staged: readonly StagedOperation[]): Promise<RecordedApproval | undefined> {
    const approve = this.#options.approve ?? this.#parts.approve;
    if (approve === undefined) return undefined;
    const { reason, signal } = this.#options;
    const request = { plan, staged, ...(reason !== undefined && { reason }), correlationId: this.#correlationId };
    const answer = await approve(request, { signal });
    return { ...answer, at: new Date(this.#parts.clock.now()).toISOString() };
  }

  #execution(guardFacts: GuardFacts, approval: RecordedApproval | undefined): Parameters<typeof executePlan>[1] {
    const { clients, clock, recorder, guard, waits, mapper } = this.#parts;
    const { reason, actor, overrideGuard, signal } = this.#options;
    return {
      clients,
      clock,
      recorder,
      guard,
      guardFacts,
      recent: this.#recent,
      overrideGuard: overrideGuard?.because,
      approval,
      reason,
      actor,
      correlationId: this.#correlationId,
      call: this.#call,
      signal,
      onProgress: (event) => {
        this.#tell(event);
      },
      readBackMs: waits.readBackMs,
      linkMs: waits.linkMs,
      readyMs: waits.verifyMs,
      findAccount: async (scimUserId, call) => {
        const found = await mapper.observe({ scimUserId }, { ...call, need: ['accountId'] });
        return found?.identity;
      },
    };
  }

  /** The link cache must not outlive what was just written. */
  async #forget(executed: ExecutedPlan): Promise<void> {
    const before = this.#before().identity;
    const { email, scimUserId, accountId } = executed.subject;
    await this.#parts.mapper.invalidate(
      ...refsOf({
        email: before?.email?.value,
        scimUserId,
        accountId,
        userName: before?.userName?.value,
        externalId: before?.externalId?.value,
      }),
      ...refsOf({ email }),
    );
  }

  async #verify(executed: ExecutedPlan): Promise<Verification | undefined> {
    const { clock, waits } = this.#parts;
    const { signal } = this.#options;
    const anyApplied = executed.operations.some(({ outcome }) => outcome === 'applied' || outcome === 'unknown');
    if (this.#action.remaining === undefined || !anyApplied) return undefined;

    // What was not done does not come with time: then one look is enough to tell what is left.
    const isWorthWaiting = executed.operations.every(({ outcome }) => WAITED_FOR.has(outcome));
    const limitMs = isWorthWaiting ? waits.verifyMs : 0;
    let waitedMs = 0;
    for (let round = 0; ; round += 1) {
      const remaining = await this.#remaining(this.#action.remaining);
      const pauseMs = VERIFY_PAUSES_MS[Math.min(round, VERIFY_PAUSES_MS.length - 1)] ?? 0;
      if (remaining.length === 0) {
        const unverifiable = this.#action.unverifiable?.(this.#input, this.#before()) ?? [];
        return { verified: unverifiable.length === 0, remaining: unverifiable, waitedMs };
      }
      if (waitedMs + pauseMs > limitMs || signal?.aborted === true) return { verified: false, remaining, waitedMs };
      this.#tell({ type: 'waiting', waitingFor: 'propagation', waitedMs, limitMs });
      await clock.sleep(pauseMs);
      waitedMs += pauseMs;
    }
  }

  /** What a fresh observation shows as missing. All writes are done by now: a read that fails must not hide them. */
  async #remaining(
    remaining: NonNullable<ActionDefinition<Input, Observed, Outcome, Extra>['remaining']>,
  ): Promise<readonly string[]> {
    try {
      return remaining(this.#input, await this.#readAgain());
    } catch (error) {
      if (isProvisionerError(error)) return [`reading back failed: ${error.message}`];
      throw error;
    }
  }

  #result(
    plan: Plan,
    staged: readonly StagedOperation[],
    executed: ExecutedPlan | undefined,
    more: { readonly approval?: RecordedApproval; readonly verification?: Verification },
  ): ActionResult<Outcome> & Extra {
    const identity = identityAfter(this.#before().identity, plan, executed, this.#parts.clock);
    // The plan was made by this very action, so its outcomes are those of the action.
    const outcome = outcomeOf(plan, executed, more) as ActionResult<Outcome>['outcome'];
    const asIntended = executed !== undefined && outcome === plan.intendedOutcome;
    const result: ActionResult<Outcome> = {
      action: this.#action.name,
      outcome: (asIntended ? this.#action.achieved?.(outcome as Outcome, executed) : undefined) ?? outcome,
      ...(identity !== undefined && { identity }),
      plan,
      operations: executed?.operations ?? [],
      staged,
      callsMade: this.#meter.calls,
      durationMs: this.#parts.clock.now() - this.#startedAt,
      correlationId: this.#correlationId,
      notes: plan.notes,
      ...more,
      ...(executed?.auditFailure !== undefined && { auditFailure: executed.auditFailure }),
    };
    return { ...result, ...this.#action.finish(this.#input, this.#before(), executed) };
  }

  /** A listener that throws must not stop a run half way. */
  #tell(event: ProgressEvent): void {
    try {
      this.#options.onProgress?.(event);
    } catch {
      // The listener's own affair.
    }
  }
}

function refsOf(ids: Readonly<Record<string, string | undefined>>): IdentityRef[] {
  // Each pair is one id under its own name, which is what a reference is.
  return Object.entries(ids).flatMap(([kind, value]) =>
    value === undefined ? [] : [{ [kind]: value } as unknown as IdentityRef],
  );
}

function refuseBlocked({ action, blocked }: Plan): void {
  const [first] = blocked;
  if (first === undefined) return;
  const reasons = blocked.map(({ reason, reasonKey }) =>
    reasonKey === undefined ? reason : `${reason} (${reasonKey})`,
  );
  throw new ProvisionerError('action_blocked', `${action} cannot be done: ${reasons.join('; ')}. Nothing was written`, {
    advice: first.advice,
  });
}
