import { describePlan, type ActionResult, type AuditEvent } from 'atlassian-provisioner';

/** What a step of the demo is expected to end in. */
export interface Expectation {
  readonly outcome: string;
  /** A claim about the fake organization afterwards, and whether it holds. */
  readonly then?: Readonly<Record<string, () => boolean>>;
}

/** Prints what the SDK does, step by step, and counts what is not as expected. */
export class Story {
  readonly #write: (line: string) => void;
  #steps = 0;
  #surprises = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Runs one step, prints its plan, operations and audit events, and compares the end with what was expected. */
  async step<Result extends ActionResult>(
    title: string,
    expected: Expectation,
    run: () => Promise<Result>,
    newEvents: () => readonly AuditEvent[],
  ): Promise<Result> {
    this.#steps += 1;
    this.#write(`\n${String(this.#steps)}. ${title}`);
    const result = await run();
    this.#write(indented(describePlan(result.plan, result.staged)));
    for (const { operation, outcome, callsMade } of result.operations)
      this.#write(`   ${operation.id} ${outcome} (${String(callsMade)} ${callsMade === 1 ? 'call' : 'calls'})`);
    for (const event of newEvents())
      this.#write(
        `   audit #${String(event.sequence)} ${event.operation} ${event.outcome}, ${event.target.name ?? event.target.id ?? ''}`,
      );
    this.#check(
      `outcome ${result.outcome}, ${String(result.callsMade)} calls in all`,
      result.outcome === expected.outcome,
    );
    for (const [claim, holds] of Object.entries(expected.then ?? {})) this.#check(claim, holds());
    return result;
  }

  /** Runs something that must be refused with a code. */
  async refusal(title: string, code: string, run: () => Promise<unknown>): Promise<void> {
    this.#steps += 1;
    this.#write(`\n${String(this.#steps)}. ${title}`);
    const error: unknown = await run().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const told = error instanceof Error ? error.message : 'nothing was refused';
    this.#check(`refused: ${told}`, error instanceof Error && 'code' in error && error.code === code);
  }

  /** Tells what was found, and compares it with what was expected. */
  tell(title: string, lines: readonly string[], claims: Readonly<Record<string, boolean>>): void {
    this.#steps += 1;
    this.#write(`\n${String(this.#steps)}. ${title}`);
    for (const line of lines) this.#write(`   ${line}`);
    for (const [claim, holds] of Object.entries(claims)) this.#check(claim, holds);
  }

  /** How many claims did not hold. */
  get surprises(): number {
    return this.#surprises;
  }

  #check(claim: string, holds: boolean): void {
    if (!holds) this.#surprises += 1;
    this.#write(`   ${holds ? '✓' : '✗ NOT AS EXPECTED:'} ${claim}`);
  }
}

function indented(text: string): string {
  return text.replace(/^/gm, '   ');
}
