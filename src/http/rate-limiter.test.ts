import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerReport } from './rate-budget.js';
import { BlockedTooLong, RateLimiter, type Permit } from './rate-limiter.js';
import { errorOf, settle, VirtualClock } from './transport.fixture.js';

const OK: AnswerReport = { throttled: false };
const forever = new AbortController().signal;

interface Job {
  readonly operation: 'things' | 'events';
  readonly arrivesAt: number;
  readonly takesMs: number;
  readonly report: AnswerReport | undefined;
  /** When its caller gives up waiting. */
  readonly leavesAt: number;
}

interface Start {
  readonly job: number;
  readonly at: number;
}

const EVENTS = { requests: 3, intervalMs: 500 };
const ALL = { requests: 10, intervalMs: 300 };
const MAX_CONCURRENT = 4;

const job = fc.record<Job>({
  operation: fc.constantFrom('things', 'events'),
  arrivesAt: fc.nat(400),
  takesMs: fc.integer({ min: 1, max: 200 }),
  report: fc.oneof(
    { weight: 6, arbitrary: fc.constant(OK) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    {
      weight: 2,
      arbitrary: fc.record({ throttled: fc.constant(true), waitMs: fc.option(fc.nat(900), { nil: undefined }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        throttled: fc.constant(false),
        limit: fc.constant(100),
        remaining: fc.nat(20),
        resetInMs: fc.nat(2000),
      }),
    },
  ),
  leavesAt: fc.oneof({ weight: 5, arbitrary: fc.constant(Infinity) }, { weight: 1, arbitrary: fc.nat(600) }),
});

/** Runs the jobs through a limiter on virtual time and writes down what started, was refused to, or left. */
async function run(
  jobs: readonly Job[],
): Promise<{ starts: Start[]; left: number[]; running: number[]; limits: Limit[] }> {
  const clock = new VirtualClock();
  const limiter = new RateLimiter({
    clock,
    maxConcurrent: MAX_CONCURRENT,
    budget: ALL,
    budgets: [{ name: 'events', operations: ['events'], ...EVENTS }],
  });
  const starts: Start[] = [];
  const left: number[] = [];
  const running: number[] = [];
  const limits: Limit[] = [];
  let active = 0;

  const inOrder = jobs.map((one, index) => ({ ...one, index })).toSorted((a, b) => a.arrivesAt - b.arrivesAt);
  const work = inOrder.map(async ({ operation, arrivesAt, takesMs, report, leavesAt, index }) => {
    await clock.sleep(arrivesAt);
    const leaving = new AbortController();
    if (Number.isFinite(leavesAt)) void clock.sleep(leavesAt).then(() => leaving.abort());
    let permit: Permit;
    try {
      permit = await limiter.acquire(operation, limiter.ticket(), leaving.signal);
    } catch {
      left.push(index);
      return;
    }
    starts.push({ job: index, at: clock.now() });
    running.push(++active);
    await clock.sleep(takesMs);
    active--;
    if (report?.waitMs !== undefined) limits.push({ operation, from: clock.now(), until: clock.now() + report.waitMs });
    permit.release(report);
  });
  await clock.run();
  await Promise.all(work);
  return { starts, left, running, limits };
}

interface Limit {
  readonly operation: string;
  readonly from: number;
  readonly until: number;
}

const jobs = fc.array(job, { maxLength: 40 });

function expectBudget(starts: readonly Start[], { requests, intervalMs }: typeof ALL): void {
  for (let index = requests; index < starts.length; index++) {
    const span = starts[index]!.at - starts[index - requests]!.at;
    expect(span).toBeGreaterThanOrEqual(intervalMs);
  }
}

describe('whatever is asked of it and answered, it', () => {
  test('loses nothing: every call starts once, unless its caller left first', async () => {
    await fc.assert(
      fc.asyncProperty(jobs, async (all) => {
        const { starts, left } = await run(all);

        expect([...starts.map(({ job: index }) => index), ...left].toSorted((a, b) => a - b)).toEqual(
          all.map((_, index) => index),
        );
        expect(left.every((index) => all[index]?.leavesAt !== Infinity)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('starts the calls of one budget in the order in which they came', async () => {
    await fc.assert(
      fc.asyncProperty(jobs, async (all) => {
        const { starts } = await run(all);

        for (const operation of ['things', 'events']) {
          const arrivals = starts.map((start) => all[start.job]!).filter((one) => one.operation === operation);
          expect(arrivals.map(({ arrivesAt }) => arrivesAt)).toEqual(
            arrivals.map(({ arrivesAt }) => arrivesAt).toSorted((a, b) => a - b),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('keeps to the number of calls at once and to each budget in any stretch of its time', async () => {
    await fc.assert(
      fc.asyncProperty(jobs, async (all) => {
        const { starts, running } = await run(all);

        expect(Math.max(0, ...running)).toBeLessThanOrEqual(MAX_CONCURRENT);
        expectBudget(
          starts.filter((start) => all[start.job]?.operation === 'things'),
          ALL,
        );
        expectBudget(
          starts.filter((start) => all[start.job]?.operation === 'events'),
          EVENTS,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('starts nothing of a budget while the server wants silence', async () => {
    await fc.assert(
      fc.asyncProperty(jobs, async (all) => {
        const { starts, limits } = await run(all);

        for (const { operation, from, until } of limits) {
          const early = starts.filter(
            ({ job: index, at }) => all[index]?.operation === operation && at > from && at < until,
          );
          expect(early).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('slows down on "too many", and is as fast as before after enough good answers', async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter({ clock, maxConcurrent: 8 });
  const startAtOnce = async (): Promise<number> => {
    const permits: Permit[] = [];
    const leaving = new AbortController();
    for (let call = 0; call < 8; call++)
      limiter.acquire('things', limiter.ticket(), leaving.signal).then(
        (permit) => permits.push(permit),
        () => undefined,
      );
    await settle();
    leaving.abort();
    for (const permit of permits) permit.release();
    return permits.length;
  };
  const before = await startAtOnce();

  (await limiter.acquire('things', limiter.ticket(), forever)).release({ throttled: true });
  const slowed = await startAtOnce();
  for (let call = 0; call < 60; call++) {
    const permit = limiter.acquire('things', limiter.ticket(), forever);
    await clock.run();
    (await permit).release(OK);
  }
  const recovered = await startAtOnce();

  expect(before).toBe(8);
  expect(slowed).toBe(0);
  expect(recovered).toBe(8);
});

test('lets a call that is tried again go before those that came after it', async () => {
  const limiter = new RateLimiter({ clock: new VirtualClock(), maxConcurrent: 1 });
  const order: string[] = [];
  const first = limiter.ticket();
  const permit = await limiter.acquire('things', first, forever);
  const second = limiter.acquire('things', limiter.ticket(), forever).then((next) => {
    order.push('second');
    next.release();
  });

  const again = limiter.acquire('things', first, forever).then((next) => {
    order.push('first again');
    next.release();
  });
  permit.release();
  await Promise.all([second, again]);

  expect(order).toEqual(['first again', 'second']);
});

test('refuses those who wait when the silence is longer than anybody will wait', async () => {
  const limiter = new RateLimiter({ clock: new VirtualClock(), maxConcurrent: 1, maxWaitMs: 1000 });
  const permit = await limiter.acquire('things', limiter.ticket(), forever);
  const waiting = errorOf(limiter.acquire('things', limiter.ticket(), forever));

  permit.release({ throttled: true, waitMs: 1001 });

  expect(await waiting).toEqual(new BlockedTooLong(1001));
});

test('goes on with the calls of one budget while another waits', async () => {
  const limiter = new RateLimiter({
    clock: new VirtualClock(),
    budgets: [{ name: 'events', operations: ['events'], requests: 1, intervalMs: 60_000 }],
  });
  (await limiter.acquire('events', limiter.ticket(), forever)).release(OK);
  const leaving = new AbortController();
  const event = errorOf(limiter.acquire('events', limiter.ticket(), leaving.signal));

  const permit = await limiter.acquire('things', limiter.ticket(), forever);

  expect(permit.queuedMs).toBe(0);
  leaving.abort();
  await event;
});

test('takes a permit back once', async () => {
  const limiter = new RateLimiter({ clock: new VirtualClock(), maxConcurrent: 1 });
  const first = await limiter.acquire('things', limiter.ticket(), forever);
  first.release();
  first.release();
  await limiter.acquire('things', limiter.ticket(), forever);
  let third = false;

  void limiter.acquire('things', limiter.ticket(), forever).then(() => (third = true));
  await settle();

  expect(third).toBe(false);
});

test('does not stand still on a clock that sleeps without moving on', async () => {
  const limiter = new RateLimiter({
    clock: { now: () => 0, sleep: async () => undefined },
    budget: { requests: 1, intervalMs: 1000 },
  });

  for (let call = 0; call < 3; call++) (await limiter.acquire('things', limiter.ticket(), forever)).release(OK);
  const permit = await limiter.acquire('things', limiter.ticket(), forever);

  expect(permit.queuedMs).toBe(1000);
});

test('leaves no timer behind when the last who waited has left', async () => {
  const clock = new VirtualClock();
  const limiter = new RateLimiter({ clock, budget: { requests: 1, intervalMs: 1000 } });
  (await limiter.acquire('things', limiter.ticket(), forever)).release(OK);
  const leaving = new AbortController();
  const waiting = errorOf(limiter.acquire('things', limiter.ticket(), leaving.signal));

  leaving.abort();
  await waiting;
  await clock.run();

  expect(clock.now()).toBe(0);
});
