import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionResult, ErrorCode, OperationResult, PlannedOperation } from '../../src/index.js';
import type { FakeAtlassian, FakeFault } from '../../src/testing/index.js';
import { IntentModel, stateOf, textOf } from './intent-model.js';
import {
  anyAct,
  attempt,
  GROUPS,
  misroutedWrites,
  newWorld,
  PEOPLE,
  requestOf,
  type Act,
  type World,
} from './random-actions.js';

const acts = fc.array(anyAct, { minLength: 1, maxLength: 12 });

describe('after any sequence of actions', () => {
  test('everybody is as was meant, and every write was recorded and went the way of its group', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const world = newWorld();
        const model = new IntentModel();

        for (const act of sequence) {
          const restore = act.do === 'reactivate' && act.restore ? world.removed.get(act.who) : undefined;
          await attempt(world, act);
          model.carryOut(act, restore);
          expect(stateOf(world.fake)).toEqual(model.people);
        }

        expect(world.fake.requests.writes().map(({ operation }) => operation)).toEqual(recordedRequests(world));
        expect(misroutedWrites(world)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('repeating the last one does nothing but try again what was refused, and ends the same way', async () => {
    await fc.assert(
      fc.asyncProperty(acts, anyAct, async (sequence, last) => {
        const world = newWorld();
        for (const act of sequence) await attempt(world, act);
        const first = await attempt(world, last);
        const before = stateOf(world.fake);
        world.fake.requests.clear();

        const preview = await attempt(world, last, { dryRun: true });
        world.fake.requests.expectNoWrites();
        const again = await attempt(world, last);

        expect(stateOf(world.fake)).toEqual(before);
        expect(plannedBy(preview)).toEqual(refusedOf(first));
        world.fake.requests.expectWrites(refusedOf(first).map(({ kind }) => requestOf(kind)));
        expect(endOf(again)).toEqual(endOfRepetition(first));
      }),
      { numRuns: 40 },
    );
  });

  test('no account id is ever an id of a record', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const world = newWorld();

        const results = [];
        for (const act of sequence) results.push(await attempt(world, act));

        const identities = results.flatMap((result) => (typeof result === 'string' ? [] : (result.identity ?? [])));
        const { events } = world.audit;
        const records = new Set([
          ...identities.map(({ scimUserId }) => scimUserId?.value as string | undefined),
          ...events.map(({ subject }) => subject.scimUserId as string | undefined),
        ]);
        const accounts = [
          ...identities.flatMap(({ accountId }) => accountId?.value ?? []),
          ...events.flatMap(({ subject }) => subject.accountId ?? []),
        ];
        expect(accounts.filter((id) => records.has(id))).toEqual([]);
        expect(accounts.filter((id) => world.fake.account(id) === undefined)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

test('a reactivation with what a deprovisioning removed gives back exactly the memberships of before', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.constantFrom(...PEOPLE), async (sequence, who) => {
      const world = newWorld();
      for (const act of sequence) await attempt(world, act);
      await attempt(world, { do: 'cancelDeletion', who });
      await attempt(world, { do: 'sync', who, reactivate: true });
      const before = stateOf(world.fake);

      const ended = await world.atlassian.deprovisionIdentity({ email: who });
      const given = await world.atlassian.reactivateIdentity({ email: who }, { restore: ended.removed });

      expect([ended.outcome, given.outcome]).toEqual(['deprovisioned', 'reactivated']);
      expect(stateOf(world.fake)).toEqual(before);
    }),
    { numRuns: 20 },
  );
});

test('no group loses more members within the window than the guard allows, whatever is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(acts, fc.integer({ min: 1, max: 3 }), async (sequence, count) => {
      const world = newWorld({ guard: { maxRemovals: { count } } });

      await Promise.all(sequence.map((act) => attempt(world, act)));

      const removals = world.fake.requests.writes().flatMap(removedFrom);
      const most = Math.max(0, ...removals.map((group) => removals.filter((other) => other === group).length));
      expect(most).toBeLessThanOrEqual(count);
    }),
    { numRuns: 30 },
  );
});

/** The group that a request takes somebody out of. */
function removedFrom({ operation, path, body }: ReturnType<World['fake']['requests']['writes']>[number]): string[] {
  if (operation === 'admin.groups.removeMember') return [path.split('/memberships')[0] ?? ''];
  const isRemoval = operation === 'scim.groups.patch' && JSON.stringify(body).includes('"remove"');
  return isRemoval ? [path] : [];
}

describe('with one fault somewhere in it', () => {
  const fault = fc.record({
    skip: fc.nat(14),
    how: fc.constantFrom<FakeFault>(
      { reset: 'before' },
      { reset: 'after' },
      { status: 500, takesEffect: true },
      { status: 500 },
      { status: 429, retryAfter: 1 },
      { malformed: true },
    ),
    times: fc.constantFrom(1, 1, 4),
  });

  test('every claim of an action is true, and calling it again brings about what was meant', async () => {
    await fc.assert(
      fc.asyncProperty(acts, anyAct, fault, async (sequence, last, { skip, how, times }) => {
        const world = newWorld();
        const model = new IntentModel();
        for (const act of sequence) await carryOut(world, model, act);
        const was = claims(world.fake);
        world.fake.fail('*', { ...how, skip, times });

        const restorePoint = last.do === 'reactivate' && last.restore ? world.removed.get(last.who) : undefined;
        const result = await attempt(world, last);

        world.fake.clearFaults();
        expect(falseClaims(result, last.who, was, claims(world.fake))).toEqual([]);
        await attempt(world, last);
        model.carryOut(last, restorePoint);
        expect(stateOf(world.fake)).toEqual(model.people);
      }),
      { numRuns: 60 },
    );
  });
});

async function carryOut(world: World, model: IntentModel, act: Act): Promise<void> {
  const restore = act.do === 'reactivate' && act.restore ? world.removed.get(act.who) : undefined;
  await attempt(world, act);
  model.carryOut(act, restore);
}

type Facts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every fact that an operation can claim of a person. */
function claims(fake: FakeAtlassian): Facts {
  return Object.fromEntries(
    PEOPLE.map((email) => {
      const user = fake.user(email);
      const account = fake.account(email);
      const members = GROUPS.map((name) => [name, fake.group(name)?.members.includes(email) === true] as const);
      return [
        email,
        {
          record: user !== undefined,
          jobTitle: textOf(user?.attributes.title),
          active: user?.active,
          accountStatus: account?.status,
          forDeletion: account?.forDeletionAt !== undefined,
          membership: account?.membership,
          ...Object.fromEntries(members),
        },
      ];
    }),
  );
}

/** The fact that each kind of operation is to bring about. */
const FACT_OF: Readonly<Record<string, readonly [string, unknown]>> = {
  'scim.user.create': ['record', true],
  'scim.user.delete': ['record', false],
  'scim.user.deactivate': ['active', false],
  'scim.user.activate': ['active', true],
  'org.user.suspend': ['membership', 'suspended'],
  'org.user.restore': ['membership', 'active'],
  'account.disable': ['accountStatus', 'inactive'],
  'account.enable': ['accountStatus', 'active'],
  'account.scheduleDeletion': ['forDeletion', true],
  'account.cancelDeletion': ['forDeletion', false],
};

function factOf({ operation }: OperationResult): readonly [string, unknown] {
  const { kind, target, changes } = operation;
  if (kind.endsWith('addMember')) return [target.name ?? '', true];
  if (kind.endsWith('removeMember')) return [target.name ?? '', false];
  const title = changes.find(({ attribute }) => attribute === 'jobTitle');
  if (kind === 'scim.user.update') return title === undefined ? ['active', true] : ['jobTitle', title.to ?? undefined];
  return FACT_OF[kind] ?? ['no fact is known for', kind];
}

/**
 * What a result says that is not so.
 *
 * `applied` and `already` claim that it is so; `unknown` claims nothing; every other outcome, and every error, that
 * nothing happened.
 */
function falseClaims(result: ActionResult | ErrorCode, who: string, was: Facts, is: Facts): unknown[] {
  if (typeof result === 'string') return isDeepStrictEqual(is, was) ? [] : [`${result}, and something was written`];
  return result.operations
    .filter(({ outcome }) => outcome !== 'unknown')
    .flatMap((one) => {
      const [fact, value] = factOf(one);
      const isDone = one.outcome === 'applied' || one.outcome === 'already';
      const found = is[who]?.[fact];
      if (found === (isDone ? value : was[who]?.[fact])) return [];
      return [{ kind: one.operation.kind, outcome: one.outcome, fact, found }];
    });
}

function nameOf({
  kind,
  target,
}: Pick<PlannedOperation, 'kind' | 'target'>): Pick<PlannedOperation, 'kind' | 'target'> {
  return { kind, target };
}

function plannedBy(preview: ActionResult | ErrorCode): Pick<PlannedOperation, 'kind' | 'target'>[] {
  return typeof preview === 'string' ? [] : preview.plan.operations.map(nameOf);
}

/** What Atlassian refused: it stays to be done. */
function refusedOf(end: ActionResult | ErrorCode): Pick<PlannedOperation, 'kind' | 'target'>[] {
  if (typeof end === 'string') return [];
  return end.operations.filter(({ outcome }) => outcome === 'failed').map(({ operation }) => nameOf(operation));
}

/** How an attempt ended, as far as it is to be the same the next time. */
function endOf(end: ActionResult | ErrorCode): unknown {
  if (typeof end === 'string') return end;
  return { outcome: end.outcome, blocked: end.plan.blocked, refused: refusedOf(end) };
}

/** How the same call is to end when everything it could do is done. */
function endOfRepetition(first: ActionResult | ErrorCode): unknown {
  if (typeof first === 'string') return first;
  const { blocked, satisfied, operations } = first.plan;
  const refused = refusedOf(first);
  const isWhole = blocked.length + refused.length === 0;
  // What the first time did is satisfied the second time, where the action tells of what is.
  const anyDone = first.action === 'manageRelationships' && satisfied.length + operations.length > refused.length;
  return { outcome: isWhole ? 'unchanged' : anyDone ? 'partial' : 'failed', blocked, refused };
}

/** The requests that the events of the audit log stand for. */
function recordedRequests({ audit }: World): string[] {
  return audit.events.flatMap(({ operation, calls }) => (calls > 0 ? [requestOf(operation)] : []));
}
