/** Lets the first of many tries find out what all of them need to know, and the others wait for it. */
export class FirstDecides<Decision> {
  #decision: Promise<Decision> | undefined;

  /** Starts decided where the answer is known. */
  constructor(known?: Decision) {
    if (known !== undefined) this.#decision = Promise.resolve(known);
  }

  /** What the first one found. One that failed has found nothing, and the next tries. */
  async find(attempt: () => Promise<Decision>): Promise<Decision> {
    if (this.#decision !== undefined) return this.#decision;
    const decision = attempt();
    this.#decision = decision;
    decision.catch(() => {
      if (this.#decision === decision) this.#decision = undefined;
    });
    return decision;
  }
}
