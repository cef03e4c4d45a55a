import { systemClock, type Clock } from './clock.js';
import {
  afterAnswer,
  earliestStart,
  emptyLog,
  freshBudget,
  noteStart,
  type AnswerReport,
  type BudgetLimits,
  type BudgetState,
  type CallBudget,
  type StartLog,
} from './rate-budget.js';

/** A budget of its own for some calls of an API, where Atlassian counts them apart. */
export interface NamedBudget extends CallBudget {
  readonly name: string;
  /** Names of the calls it holds for, such as `admin.events.list`. */
  readonly operations: readonly string[];
}

/** How fast the SDK sends, before the server says anything. */
export interface RateLimitOptions {
  /** Most requests at once, over all budgets. Default 8. */
  readonly maxConcurrent?: number | undefined;
  /**
   * Most requests in any stretch of time, for the calls without a budget of their own. No bound unless given. For Jira it is
   * one for all calls, in the place of the documented ones of single operations.
   */
  readonly budget?: CallBudget | undefined;
  /** Calls that Atlassian counts apart. The documented ones of the API unless given; `[]` for none. */
  readonly budgets?: readonly NamedBudget[] | undefined;
}

/** What a {@link RateLimiter} needs beside its limits. */
export interface RateLimiterOptions extends RateLimitOptions {
  /** Longest silence anybody will wait for, in milliseconds. Default 60,000. */
  readonly maxWaitMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Leave to send one request. */
export interface Permit {
  /** How long it was waited for, in milliseconds. */
  readonly queuedMs: number;
  /** Gives it back, with what the answer said if one came; further calls do nothing. */
  release(report?: AnswerReport): void;
}

/** Thrown by {@link RateLimiter.acquire} while the server wants silence for longer than the cap. */
export class BlockedTooLong {
  readonly waitMs: number;

  constructor(waitMs: number) {
    this.waitMs = waitMs;
  }
}

interface Waiter {
  readonly ticket: number;
  readonly since: number;
  readonly admit: (permit: Permit) => void;
  readonly refuse: (reason: BlockedTooLong) => void;
  /** Whether its caller has given up; it stays in line until it would be its turn. */
  gone: boolean;
}

interface Lane {
  readonly limits: BudgetLimits;
  state: BudgetState;
  readonly log: StartLog;
  running: number;
  /** By ticket. */
  readonly waiters: Waiter[];
}

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_MAX_WAIT_MS = 60_000;
const DEFAULT_LANE = '';

/**
 * Lets requests through: so many at once, so many in a time, slower after a 429 and faster again afterwards.
 *
 * First come, first served, within each budget: nothing is lost, and nothing overtakes. One limiter may serve several
 * transports that share a budget on the server.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #maxConcurrent: number;
  readonly #maxWaitMs: number;
  readonly #lanes = new Map<string, Lane>();
  readonly #laneOfOperation = new Map<string, Lane>();
  readonly #defaultLane: Lane;
  #running = 0;
  /** Over all lanes, those who have left and are still in line included. */
  #waiting = 0;
  #tickets = 0;
  #wake: { readonly at: number; readonly stop: AbortController } | undefined;
  /** A clock in a test may sleep without moving on; time must not stand still for that. */
  #latest = -Infinity;

  constructor(options: RateLimiterOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#maxWaitMs = options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
    this.#maxConcurrent = options.maxConcurrent ?? DEFAULT_CONCURRENCY;
    this.#defaultLane = this.#addLane(DEFAULT_LANE, options.budget);
    for (const { name, operations, requests, intervalMs } of options.budgets ?? []) {
      const lane = this.#addLane(name, { requests, intervalMs });
      for (const operation of operations) this.#laneOfOperation.set(operation, lane);
    }
  }

  /** A place in the order of calls. A call that is tried again keeps its place. */
  ticket(): number {
    return this.#tickets++;
  }

  /** Gives leave to send if nobody waits and nothing stands against it. */
  tryAcquire(operation: string): Permit | undefined {
    const lane = this.#laneOf(operation);
    if (this.#waiting > 0 || this.#running >= this.#maxConcurrent || !hasRoom(lane)) return undefined;
    const now = this.#now();
    return earliestStart(lane.state, lane.log, lane.limits, now) <= now ? this.#start(lane, now, now) : undefined;
  }

  /**
   * Waits for leave to send.
   *
   * Rejects with the signal's reason when it is aborted first, and with {@link BlockedTooLong} when the server has asked
   * for a longer silence than anybody here will wait.
   */
  async acquire(operation: string, ticket: number, signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    const lane = this.#laneOf(operation);

    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiter.gone = true;
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller chose the reason
        reject(signal.reason);
        this.#pump();
      };
      const settled = (): void => signal.removeEventListener('abort', leave);
      const waiter: Waiter = {
        ticket,
        since: this.#now(),
        admit: (permit) => {
          settled();
          resolve(permit);
        },
        refuse: (reason) => {
          settled();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- for the transport, which translates it
          reject(reason);
        },
        gone: false,
      };
      signal.addEventListener('abort', leave, { once: true });
      insertByTicket(lane.waiters, waiter);
      this.#waiting++;
      this.#pump();
    });
  }

  #laneOf(operation: string): Lane {
    return this.#laneOfOperation.get(operation) ?? this.#defaultLane;
  }

  #addLane(name: string, calls: CallBudget | undefined): Lane {
    const limits = { maxConcurrent: this.#maxConcurrent, maxPauseMs: this.#maxWaitMs, calls };
    const lane: Lane = { limits, state: freshBudget(limits), log: emptyLog(), running: 0, waiters: [] };
    this.#lanes.set(name, lane);
    return lane;
  }

  #now(): number {
    this.#latest = Math.max(this.#latest, this.#clock.now());
    return this.#latest;
  }

  /** Lets through all that may start now, and sees to it that it runs again when the next may. */
  #pump(): void {
    if (this.#waiting > 0) for (const lane of this.#lanes.values()) this.#refuseBlocked(lane);
    while (this.#waiting > 0 && this.#running < this.#maxConcurrent) {
      const now = this.#now();
      const next = this.#nextLane(now);
      if (next === undefined) break;
      if (next.at > now) {
        this.#wakeAt(next.at);
        return;
      }
      const waiter = next.lane.waiters.shift();
      this.#waiting--;
      waiter?.admit(this.#start(next.lane, now, waiter.since));
    }
    this.#wakeAt(undefined);
  }

  /** The lane whose first waiter may start soonest; among those that may start now, the one that has waited longest. */
  #nextLane(now: number): { readonly lane: Lane; readonly at: number } | undefined {
    let best: { readonly lane: Lane; readonly at: number; readonly ticket: number } | undefined;
    for (const lane of this.#lanes.values()) {
      this.#dropGone(lane);
      const first = lane.waiters[0];
      if (first === undefined || !hasRoom(lane)) continue;
      const at = Math.max(now, earliestStart(lane.state, lane.log, lane.limits, now));
      if (best === undefined || at < best.at || (at === best.at && first.ticket < best.ticket))
        best = { lane, at, ticket: first.ticket };
    }
    return best;
  }

  #dropGone(lane: Lane): void {
    while (lane.waiters[0]?.gone === true) {
      lane.waiters.shift();
      this.#waiting--;
    }
  }

  #start(lane: Lane, now: number, since: number): Permit {
    noteStart(lane.log, lane.limits, now);
    lane.running++;
    this.#running++;
    let held = true;
    return {
      queuedMs: now - since,
      release: (report) => {
        if (!held) return;
        held = false;
        lane.running--;
        this.#running--;
        if (report !== undefined) lane.state = afterAnswer(lane.state, lane.limits, report, now, this.#now());
        this.#pump();
      },
    };
  }

  #refuseBlocked(lane: Lane): void {
    const waitMs = lane.state.blockedUntil - this.#now();
    if (waitMs <= this.#maxWaitMs) return;
    const refused = lane.waiters.splice(0);
    this.#waiting -= refused.length;
    for (const waiter of refused) waiter.refuse(new BlockedTooLong(waitMs));
  }

  /** Sets the one timer, or, with nothing to wait for, none: it would hold the process. */
  #wakeAt(at: number | undefined): void {
    if (this.#wake?.at === at) return;
    this.#wake?.stop.abort();
    this.#wake = at === undefined ? undefined : { at, stop: new AbortController() };
    if (this.#wake === undefined || at === undefined) return;

    const wake = this.#wake;
    this.#clock.sleep(at - this.#now(), wake.stop.signal).then(
      () => {
        if (this.#wake !== wake) return;
        this.#wake = undefined;
        this.#latest = Math.max(this.#latest, at);
        this.#pump();
      },
      () => undefined,
    );
  }
}

function hasRoom(lane: Lane): boolean {
  return lane.running < Math.floor(lane.state.window);
}

function insertByTicket(waiters: Waiter[], waiter: Waiter): void {
  const after = waiters.findLastIndex((other) => other.ticket <= waiter.ticket);
  waiters.splice(after + 1, 0, waiter);
}
