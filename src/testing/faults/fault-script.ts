import type { FakeMethod } from '../routes/route.js';
import { matchesOperation } from '../requests/operation-pattern.js';
import type { FakeFault, FaultTarget, ScriptedFault } from './fault.js';

interface Entry {
  readonly target: FaultTarget;
  readonly fault: FakeFault;
  toSkip: number;
  left: number;
  hits: number;
}

/** The faults to come, in the order they were scripted: the first that matches a request takes it. */
export class FaultScript {
  readonly #operations: readonly string[];
  #entries: Entry[] = [];

  /** `operations` are the names that exist: a fault for another one is refused, or a typo would never strike. */
  constructor(operations: readonly string[]) {
    this.#operations = operations;
  }

  add(target: FaultTarget, fault: FakeFault): ScriptedFault {
    if (typeof target === 'string' && !this.#operations.some((operation) => matchesOperation(target, operation)))
      throw new Error(`The fake has no operation "${target}". Near it: ${this.#near(target).join(', ')}`);
    const entry: Entry = { target, fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1, hits: 0 };
    this.#entries.push(entry);
    return {
      get hits() {
        return entry.hits;
      },
      cancel: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** The fault that strikes this request, which counts against its `times`. */
  take(operation: string, method: FakeMethod, path: string): FakeFault | undefined {
    for (const entry of this.#entries) {
      if (entry.left <= 0 || !matches(entry.target, operation, method, path)) continue;
      if (entry.toSkip > 0) {
        entry.toSkip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.hits += 1;
      if (entry.left <= 0) this.#entries = this.#entries.filter((other) => other !== entry);
      return entry.fault;
    }
    return undefined;
  }

  clear(): void {
    this.#entries = [];
  }

  #near(target: string): string[] {
    const words = target.toLowerCase().split(/[.*]/u);
    const score = (operation: string): number =>
      words.filter((word) => word !== '' && operation.toLowerCase().includes(word)).length;
    return [...this.#operations].sort((a, b) => score(b) - score(a)).slice(0, 5);
  }
}

function matches(target: FaultTarget, operation: string, method: FakeMethod, path: string): boolean {
  if (typeof target === 'string') return matchesOperation(target, operation);
  if (target.method !== undefined && target.method !== method) return false;
  if (target.path === undefined) return true;
  return typeof target.path === 'string' ? target.path === path : target.path.test(path);
}
