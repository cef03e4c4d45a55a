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

/** How fast a budget goes for now. Times are in milliseconds on the clock of the limiter. */
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
}

/** When calls of a budget have started. */
export interface StartLog {
  last: number;
  /** Those that a {@link CallBudget} still counts, oldest first. */
  readonly counted: number[];
}

/** What an answer tells a budget. */
export interface AnswerReport {
  /** Whether the server said "too many": 429, or 503 with a wait. */
  readonly throttled: boolean;
  /** The wait it asked for, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly limit?: number | undefined;
  readonly remaining?: number | undefined;
  readonly resetInMs?: number | undefined;
}

/** Longest silence that is remembered: a header that asks for a year must not end the API for the process. */
const MAX_SILENCE_MS = 3_600_000;
const FIRST_GAP_MS = 100;
const MAX_GAP_MS = 10_000;
const RECOVERY_STEP_MS = 20;
const LOW_SHARE = 0.1;
/** What counts as "little left" when the server does not say of how much. */
const LOW_COUNT = 10;

/** A budget nothing is known of. */
export function freshBudget({ maxConcurrent }: BudgetLimits): BudgetState {
  return { window: maxConcurrent, gapMs: 0, paceMs: 0, pacedUntil: 0, blockedUntil: 0, slowedAt: 0 };
}

/** The log of a budget of which nothing has started. */
export function emptyLog(): StartLog {
  return { last: -Infinity, counted: [] };
}

/** The first instant at which the budget allows the next call to start; in the past when it may start now. */
export function earliestStart(state: BudgetState, log: StartLog, limits: BudgetLimits, now: number): number {
  const { blockedUntil, gapMs, paceMs, pacedUntil } = state;
  const paced = now < pacedUntil ? Math.min(log.last + paceMs, pacedUntil) : -Infinity;
  return Math.max(blockedUntil, log.last + gapMs, paced, budgetFreeAt(log, limits));
}

function budgetFreeAt({ counted }: StartLog, { calls }: BudgetLimits): number {
  const oldest = calls === undefined || counted.length < calls.requests ? undefined : counted[0];
  return oldest === undefined ? -Infinity : oldest + (calls?.intervalMs ?? 0);
}

/** Writes a start into the log. */
export function noteStart(log: StartLog, { calls }: BudgetLimits, now: number): void {
  log.last = now;
  if (calls === undefined) return;
  log.counted.push(now);
  if (log.counted.length > calls.requests) log.counted.shift();
}

/**
 * The budget after an answer: slower by half on "too many", a little faster on anything else.
 *
 * Calls that were under way when it slowed down do not slow it down again: they are the same crowd.
 */
export function afterAnswer(
  state: BudgetState,
  limits: BudgetLimits,
  report: AnswerReport,
  startedAt: number,
  now: number,
): BudgetState {
  const adapted = report.throttled ? slower(state, report, startedAt, now) : faster(state, limits);
  return paced(adapted, limits, report, now);
}

function slower(state: BudgetState, { waitMs }: AnswerReport, startedAt: number, now: number): BudgetState {
  const blockedUntil = Math.max(state.blockedUntil, now + Math.min(waitMs ?? 0, MAX_SILENCE_MS));
  if (startedAt < state.slowedAt) return { ...state, blockedUntil };
  return {
    ...state,
    blockedUntil,
    slowedAt: now,
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
function paced(state: BudgetState, limits: BudgetLimits, report: AnswerReport, now: number): BudgetState {
  const { limit, remaining, resetInMs } = report;
  if (remaining === undefined || resetInMs === undefined) return state;

  const low = limit === undefined ? LOW_COUNT : limit * LOW_SHARE;
  if (remaining > low || resetInMs === 0) return { ...state, paceMs: 0, pacedUntil: 0 };

  // An estimate, so it may slow the SDK down and not stop it: past the cap the server is asked, and its answer counts.
  const pacedUntil = now + resetInMs;
  const paceMs = Math.min(resetInMs / Math.max(1, remaining), limits.maxPauseMs);
  const spent = remaining === 0 && resetInMs <= limits.maxPauseMs;
  return {
    ...state,
    paceMs,
    pacedUntil,
    blockedUntil: spent ? Math.max(state.blockedUntil, pacedUntil) : state.blockedUntil,
  };
}
