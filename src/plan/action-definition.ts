import type { JsonObject } from '../model/json.js';
import type { Clock } from '../http/clock.js';
import type { CallOptions } from '../http/transport.js';
import type { ClaimedDomains } from '../identity/claimed-domains.js';
import type { IdMapper } from '../identity/id-mapper.js';
import type { ResolvedIdentity } from '../model/identity.js';
import type { Clients } from '../operations/capabilities.js';
import type { PlanDraft } from './build-plan.js';
import type { RecentWrites } from './recent-writes.js';
import type { ExecutedPlan } from './execute-plan.js';

/** What an action reads with. */
export interface ObserveContext {
  readonly clients: Clients;
  readonly mapper: IdMapper;
  readonly domains: ClaimedDomains;
  readonly clock: Clock;
  /** What was written lately and reads may not show yet. Empty while reading back: then only what is seen counts. */
  readonly recent: RecentWrites;
  readonly call: CallOptions;
}

/** What every observation tells, whatever the action. */
export interface Observation {
  /** The person, if there is one. */
  readonly identity: ResolvedIdentity | undefined;
}

/**
 * One action: how it checks its input, what it reads, and what it decides from that.
 *
 * All that writes, waits, retries, records and verifies is the same for every action and lives in the pipeline.
 */
export interface ActionDefinition<
  Input extends JsonObject,
  Observed extends Observation,
  Outcome extends string,
  Extra extends object,
> {
  /** The name of the method that runs it. */
  readonly name: string;
  /** Whether it ends somebody's access: then an error before the first write says that the person has it still. */
  readonly endsAccess?: true;
  /** Checks an input from outside and brings it into its one form. Throws `request_invalid` naming the fields. */
  parse(input: unknown): Input;
  /** Keys of the persons it is about; actions that share a key run one after the other. */
  lockKeys(input: Input): string[];
  /** Reads what is needed to decide. Reads only. */
  observe(input: Input, context: ObserveContext): Promise<Observed>;
  /** Decides. Pure: the same input and observation give the same draft. */
  plan(input: Input, observed: Observed): PlanDraft<Outcome>;
  /**
   * What a fresh observation shows to be still missing, one sentence each. Without it an applied operation is believed.
   *
   * It is asked again and again, within bounds, until it returns nothing.
   */
  readonly remaining?: (input: Input, observed: Observed) => readonly string[];
  /** What no reading can show, one sentence each: with any of it, nothing is verified however much else is seen. */
  readonly unverifiable?: (input: Input, observed: Observed) => readonly string[];
  /** Reads again what `remaining` looks at, where that takes fewer calls than to observe. Reads only. */
  observeAgain?(input: Input, before: Observed, context: ObserveContext): Promise<Observed>;
  /** The outcome in view of what was brought about, for a plan that went as intended; as intended without it. */
  achieved?(intended: Outcome, executed: ExecutedPlan): Outcome;
  /** What a reader should know of what came of it, one sentence each. */
  notesAfter?(executed: ExecutedPlan): readonly string[];
  /** What its result tells beside that of every action. */
  finish(input: Input, before: Observed, executed: ExecutedPlan | undefined): Extra;
}

/** An action of any kind, where the kinds do not matter. */
export type AnyActionDefinition = ActionDefinition<JsonObject, Observation, string, object>;
