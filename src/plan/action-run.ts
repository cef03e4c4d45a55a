import { randomUUID } from 'node:crypto';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { retold } from '../errors/retold.js';
import { tellListener } from '../http/tell-listener.js';
import type { CallOptions } from '../http/transport.js';
import type { JsonObject } from '../model/json.js';
import type { OperationOutcome } from '../model/outcome.js';
import type { ActionDefinition, Observation, ObserveContext } from './action-definition.js';
import type { RecordedApproval } from './approval.js';
import { askApproval, refuseLateApproval } from './ask-approval.js';
import { buildPlan, renewed } from './build-plan.js';
import { CallMeter } from './call-meter.js';
import { executePlan, type ExecutedPlan } from './execute-plan.js';
import { forgetLinks } from './forget-links.js';
import type { GuardRuling } from './guard-ruling.js';
import { identityAfter } from './identity-after.js';
import { judgePlan, type JudgedPlan } from './judge-plan.js';
import type { Plan, StagedOperation } from './plan.js';
import { RecentWrites } from './recent-writes.js';
import { refuseBlocked } from './refuse-blocked.js';
import { outcomeOf } from './run-outcome.js';
import type { ActionOptions, ActionResult, ProgressEvent, Verification } from './run-types.js';
import type { RunnerParts, StoredPlan } from './runner-parts.js';
import { verifyEffect } from './verify-effect.js';

const NOTHING_EXECUTED: ExecutedPlan = { operations: [], subject: {}, cancelled: false };

/** The way out where somebody must lose their access at once; not taken unasked, for nobody would be protected. */
const WITHOUT_ADMIN =
  'A provisioner with `scim` alone deactivates the record meanwhile; it recognizes no organization admin, and leaves local groups.';

const WAITED_FOR: ReadonlySet<OperationOutcome> = new Set(['applied', 'already', 'unknown']);

/** One run of one action for one person, from the observation to the result. */
export class ActionRun<
  Input extends JsonObject,
  Observed extends Observation,
  Outcome extends string,
  Extra extends object,
> {
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
    this.#observed = await this.#beforeWrites(this.#read());
  }

  /** Keys of the person as they were found. */
  ownKeys(): string[] {
    const { scimUserId, accountId } = this.#before().identity ?? {};
    return [scimUserId, accountId].filter((id) => id !== undefined).map(({ value }) => `id:${value}`);
  }

  async preview(): Promise<ActionResult<Outcome> & Extra> {
    await this.observe();
    const { plan, ruling, notes } = await this.#judged(this.#plan());
    ruling.releaseAll();
    this.#tell({ type: 'planned', plan, staged: ruling.staged });
    return this.#result(plan, ruling.staged, undefined, { notes });
  }

  async carryOut(): Promise<ActionResult<Outcome> & Extra> {
    const fresh = this.#plan();
    const planned = this.#stored === undefined ? fresh : renewed(this.#stored.plan, fresh);
    refuseBlocked(planned);

    let judged = await this.#judged(planned);
    this.#tell({ type: 'planned', plan: judged.plan, staged: judged.ruling.staged });
    if (planned.operations.length === 0) {
      const verification = this.#verifyNothingDone();
      return this.#result(judged.plan, judged.ruling.staged, NOTHING_EXECUTED, {
        ...(verification !== undefined && { verification }),
      });
    }

    const approve = this.#options.approve ?? this.#parts.approve;
    let approval = this.#stored?.approval;
    if (approval === undefined && approve !== undefined && judged.ruling.sendsAny) {
      // Somebody may take hours to answer: what is counted for this plan must not keep others back meanwhile.
      judged.ruling.releaseAll();
      const about = { ...this.#options, correlationId: this.#correlationId };
      approval = await askApproval(approve, judged, this.#parts, about);
      if (approval.approved) judged = await this.#stillAs(judged.plan);
    }
    const { plan, ruling } = judged;
    const executed = await executePlan(plan, this.#execution(ruling, approval));
    // The link cache must not outlive what was just written.
    const notes = await forgetLinks(this.#parts.mapper, this.#before().identity, executed.subject);
    const verification = await this.#verify(executed);
    return this.#result(plan, ruling.staged, executed, {
      notes: [...judged.notes, ...notes, ...(this.#action.notesAfter?.(executed) ?? [])],
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

  async #judged(plan: Plan): Promise<JudgedPlan> {
    const override = this.#options.overrideGuard !== undefined;
    return this.#beforeWrites(judgePlan(plan, this.#parts, { call: this.#call, override }));
  }

  /** Reads; where a read fails, says what that means for a person who is to lose their access. */
  async #beforeWrites<Value>(reading: Promise<Value>): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      const isOfCall = isProvisionerError(error) && 'operation' in error;
      if (this.#action.endsAccess !== true || !isOfCall) throw error;
      throw retold(error, {
        first: `${this.#action.name} did nothing, and the person is as active as before:`,
        ...(error.operation.startsWith('admin.') && { advice: `${error.advice} ${WITHOUT_ADMIN}` }),
      });
    }
  }

  /** The approved plan, if it would be made as it is by now, and what the guard says to it by now. */
  async #stillAs(approved: Plan): Promise<JudgedPlan> {
    refuseLateApproval(approved, this.#parts.clock.now());
    await this.observe();
    return this.#judged(renewed(approved, this.#plan()));
  }

  #execution(ruling: GuardRuling, approval: RecordedApproval | undefined): Parameters<typeof executePlan>[1] {
    const { clients, clock, recorder, waits, mapper } = this.#parts;
    const { reason, actor, overrideGuard, signal } = this.#options;
    return {
      clients,
      clock,
      recorder,
      ruling,
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

  /** Nothing was to be done: what the observation shows to be left, or cannot show, is as open as after a write. */
  #verifyNothingDone(): Verification | undefined {
    const { remaining, unverifiable } = this.#action;
    const left = remaining?.(this.#input, this.#before()) ?? [];
    const open = left.length === 0 ? (unverifiable?.(this.#input, this.#before()) ?? []) : left;
    return open.length === 0 ? undefined : { verified: false, remaining: open, waitedMs: 0 };
  }

  async #verify(executed: ExecutedPlan): Promise<Verification | undefined> {
    const { clock, waits } = this.#parts;
    const { remaining } = this.#action;
    const anyApplied = executed.operations.some(({ outcome }) => outcome === 'applied' || outcome === 'unknown');
    if (remaining === undefined || !anyApplied) return undefined;

    // What was not done does not come with time: then one look is enough to tell what is left.
    const isWorthWaiting = executed.operations.every(({ outcome }) => WAITED_FOR.has(outcome));
    const seen = await verifyEffect(async () => remaining(this.#input, await this.#readAgain()), {
      clock,
      signal: this.#options.signal,
      limitMs: isWorthWaiting ? waits.verifyMs : 0,
      onProgress: (event) => {
        this.#tell(event);
      },
    });
    const unverifiable = seen.verified ? (this.#action.unverifiable?.(this.#input, this.#before()) ?? []) : [];
    return unverifiable.length === 0 ? seen : { ...seen, verified: false, remaining: unverifiable };
  }

  #result(
    plan: Plan,
    staged: readonly StagedOperation[],
    executed: ExecutedPlan | undefined,
    {
      notes = [],
      ...more
    }: {
      readonly notes?: readonly string[];
      readonly approval?: RecordedApproval;
      readonly verification?: Verification;
    },
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
      notes: [...plan.notes, ...notes],
      ...more,
      ...(executed?.auditFailure !== undefined && { auditFailure: executed.auditFailure }),
    };
    return { ...result, ...this.#action.finish(this.#input, this.#before(), executed) };
  }

  #tell(event: ProgressEvent): void {
    tellListener('onProgress', this.#options.onProgress, event);
  }
}
