import type { JsonObject } from '../model/json.js';
import type { ActionDefinition, Observation } from './action-definition.js';
import { parseActionOptions } from './action-options.js';
import { ActionRun } from './action-run.js';
import { KeyedLock } from './keyed-lock.js';
import { RecentWrites } from './recent-writes.js';
import type { ActionOptions, ActionResult } from './run-types.js';
import type { RunnerParts, StoredPlan } from './runner-parts.js';

/** Takes every action the one way: observe, plan, guard, approve, apply, verify. */
export class ActionRunner {
  readonly #parts: RunnerParts;
  readonly #locks = new KeyedLock();
  readonly #recent: RecentWrites;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#recent = new RecentWrites(parts.clock);
  }

  /**
   * Runs an action, or a plan of it that was made before.
   *
   * Input and options come from outside and are checked before anything is read.
   */
  async run<Input extends JsonObject, Observed extends Observation, Outcome extends string, Extra extends object>(
    action: ActionDefinition<Input, Observed, Outcome, Extra>,
    input: unknown,
    options: ActionOptions,
    stored?: StoredPlan,
  ): Promise<ActionResult<Outcome> & Extra> {
    const checked = action.parse(input);
    const given = parseActionOptions(action.name, options);
    const run = new ActionRun(this.#parts, this.#recent, action, checked, given, stored);
    if (given.dryRun === true) return run.preview();
    const locked = async (): Promise<ActionResult<Outcome> & Extra> => {
      await run.observe();
      // The same person may be asked for by another id: their own ids are locked too, and what was read while waiting
      // for another action is read again.
      return this.#locks.hold(
        run.ownKeys(),
        async (hadToWait) => {
          if (hadToWait) await run.observe();
          return run.carryOut();
        },
        given.signal,
      );
    };
    return this.#locks.hold(action.lockKeys(checked), locked, given.signal);
  }
}
