import type { Plan, StagedOperation } from './plan.js';

/** Takes back what was counted for an operation, as it did not happen. */
export type Release = () => void;

/** Why an operation is withheld, and what can be done about it. */
export type Objection = Omit<StagedOperation, 'operationId'>;

/**
 * What the guard says to a plan as a whole: which operations it withholds, and what it counted for the others.
 *
 * Judging and counting are one step, so that two plans that run at once cannot both have the last place.
 */
export class GuardRuling {
  readonly #plan: Plan;
  readonly #objections: ReadonlyMap<string, Objection>;
  readonly #releases: Map<string, readonly Release[]>;

  constructor(
    plan: Plan,
    objections: ReadonlyMap<string, Objection>,
    releases: ReadonlyMap<string, readonly Release[]>,
  ) {
    this.#plan = plan;
    this.#objections = objections;
    this.#releases = new Map(releases);
  }

  /** The operations it withholds, in the order of the plan. */
  get staged(): readonly StagedOperation[] {
    return this.#plan.operations.flatMap(({ id }) => {
      const objection = this.#objections.get(id);
      return objection === undefined ? [] : [{ operationId: id, ...objection }];
    });
  }

  /** Whether anything of the plan would be sent; what depends on a withheld operation is not. */
  get sendsAny(): boolean {
    const held = new Set<string>();
    for (const { id, dependsOn } of this.#plan.operations)
      if (this.#objections.has(id) || dependsOn.some((earlier) => held.has(earlier))) held.add(id);
    return held.size < this.#plan.operations.length;
  }

  /** Why it withholds an operation, if it does. */
  objectionTo(operationId: string): Objection | undefined {
    return this.#objections.get(operationId);
  }

  /** Takes back what was counted for an operation that did not happen. A second time is of no effect. */
  release(operationId: string): void {
    const releases = this.#releases.get(operationId) ?? [];
    this.#releases.delete(operationId);
    for (const release of releases) release();
  }

  releaseAll(): void {
    for (const id of [...this.#releases.keys()]) this.release(id);
  }
}
