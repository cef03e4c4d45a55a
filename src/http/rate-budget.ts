/** A number of calls in any stretch of time. */
export interface CallBudget {
  readonly requests: number;
  readonly intervalMs: number;
}

/** What bounds a budget whatever the server says. */
export interface BudgetLimits {
  /** Most calls at once. */
  readonly maxConcurrent: number;
  /** Longest pause that follows from what an answer says is left; see {@link earliestStart}. In milliseconds. */
  readonly maxPauseMs: number;
  readonly calls?: CallBudget | undefined;
}

/** What a budget remembers. Times are in milliseconds on the clock of the limiter. */
export interface BudgetState {
  /** Calls allowed at once for now; shrinks on 429 and grows back. A fraction counts as its floor. */
  readonly window: number;
  /** Pause between starts for now; doubles on 429 and shrinks back. */
  readonly gapMs: number;
  /** Pause between starts that spreads what the server said is left, until `pacedUntil`. */
  readonly paceMs: number;
  readonly pacedUntil: number;
  /** The server asked for silence until then. */
  readonly blockedUntil: number;
  readonly slowedAt: number;
  readonly lastStartAt: number;
  /** Starts that a {@link CallBudget} still counts, oldest first. */
  readonly starts: readonly number[];
}

/** What an answer tells a budget. */
export interface AnswerReport {
  /** When the call had started. */
  readonly startedAt: number;
  readonly at: number;
  /** Whether the server said "too many": 429, or 503 with a wait. */
  readonly throttled: boolean;
  /** The wait it asked for, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly limit?: number | undefined;
  readonly remaining?: number | undefined;
  readonly resetInMs?: number | undefined;
}

const FIRST_GAP_MS = 100;
const MAX_GAP_MS = 10_000;
const RECOVERY_STEP_MS = 20;
const LOW_SHARE = 0.1;
/** What counts as "little left" when the server does not say of how much. */
const LOW_COUNT = 10;

/** A budget nothing is known of. */
export function freshBudget(limits: BudgetLimits): BudgetState {
  return {
    window: limits.maxConcurrent,
    gapMs: 0,
    paceMs: 0,
    pacedUntil: -Infinity,
    blockedUntil: -Infinity,
    slowedAt: -Infinity,
    lastStartAt: -Infinity,
    starts: [],
  };
}

/** The first instant at which the budget allows the next call to start; in the past when it may start now. */
export function earliestStart(state: BudgetState, limits: BudgetLimits, now: number): number {
  const { blockedUntil, lastStartAt, gapMs, paceMs, pacedUntil } = state;
  const paced = now < pacedUntil ? Math.min(lastStartAt + paceMs, pacedUntil) : -Infinity;
  return Math.max(blockedUntil, lastStartAt + gapMs, paced, budgetFreeAt(state, limits));
}

function budgetFreeAt({ starts }: BudgetState, { calls }: BudgetLimits): number {
  if (calls === undefined) return -Infinity;
  const oldest = starts.length < calls.requests ? undefined : starts[starts.length - calls.requests];
  return oldest === undefined ? -Infinity : oldest + calls.intervalMs;
}

/** The budget after a call has started. */
export function afterStart(state: BudgetState, limits: BudgetLimits, now: number): BudgetState {
  const { calls } = limits;
  return {
    ...state,
    lastStartAt: now,
    starts: calls === undefined ? state.starts : [...state.starts, now].slice(-calls.requests),
  };
}

/**
 * The budget after an answer: slower by half on "too many", a little faster on anything else.
 *
 * Calls that were under way when it slowed down do not slow it down again: they are the same crowd.
 */
export function afterAnswer(state: BudgetState, limits: BudgetLimits, report: AnswerReport): BudgetState {
  const adapted = report.throttled ? slower(state, report) : faster(state, limits);
  return paced(adapted, limits, report);
}

function slower(state: BudgetState, { startedAt, at, waitMs }: AnswerReport): BudgetState {
  const blockedUntil = Math.max(state.blockedUntil, at + (waitMs ?? 0));
  if (startedAt < state.slowedAt) return { ...state, blockedUntil };
  return {
    ...state,
    blockedUntil,
    slowedAt: at,
    window: Math.max(1, Math.floor(state.window / 2)),
    gapMs: Math.min(MAX_GAP_MS, Math.max(FIRST_GAP_MS, state.gapMs * 2)),
  };
}

function faster(state: BudgetState, { maxConcurrent }: BudgetLimits): BudgetState {
  if (state.window >= maxConcurrent && state.gapMs === 0) return state;
  return {
    ...state,
    window: Math.min(maxConcurrent, state.window + 1 / state.window),
    gapMs: Math.max(0, state.gapMs - RECOVERY_STEP_MS),
  };
}

/** Spreads what is left over the time until there is more, once little is left. */
function paced(state: BudgetState, limits: BudgetLimits, report: AnswerReport): BudgetState {
  const { at, limit, remaining, resetInMs } = report;
  if (remaining === undefined || resetInMs === undefined) return state;

  const low = limit === undefined ? LOW_COUNT : limit * LOW_SHARE;
  if (remaining > low || resetInMs === 0) return { ...state, paceMs: 0, pacedUntil: -Infinity };

  // An estimate, so it may slow the SDK down and not stop it: past the cap the server is asked, and its answer counts.
  const pacedUntil = at + resetInMs;
  const paceMs = Math.min(resetInMs / Math.max(1, remaining), limits.maxPauseMs);
  const spent = remaining === 0 && resetInMs <= limits.maxPauseMs;
  return {
    ...state,
    paceMs,
    pacedUntil,
    blockedUntil: spent ? Math.max(state.blockedUntil, pacedUntil) : state.blockedUntil,
  };
}
