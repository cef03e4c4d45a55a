import { describe, expect } from 'vitest';
import type { ProgressEvent } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { idsOf, outcomesOf, test } from './support.js';

type Waiting = Extract<ProgressEvent, { type: 'waiting' }>;

/** Keeps what an action tells of its waiting. `meanwhile` sees each of these events. */
function listener(meanwhile?: (event: Waiting) => void): {
  waits: Waiting[];
  onProgress: (event: ProgressEvent) => void;
} {
  const waits: Waiting[] = [];
  return {
    waits,
    onProgress: (event) => {
      if (event.type !== 'waiting') return;
      waits.push(event);
      meanwhile?.(event);
    },
  };
}

const zoe = { identity: { email: 'zoe@partner.example' } };

/** A person of another company: in the directory, and without an account so far. */
function addZoe(fake: FakeAtlassian): void {
  fake.addDomain('partner.example', { status: 'unverified' });
  fake.addUser({ email: 'zoe@partner.example', link: 'unlinked' });
}

describe('a step that needs the account of a record without one', () => {
  test('waits until the account is there, and tells so', async ({ fake, atlassian }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });
    const { waits, onProgress } = listener(({ waitedMs }) => {
      if (waitedMs === 7_000) fake.addAccount({ email: 'zoe@partner.example' });
    });

    const result = await atlassian.manageRelationships({ ...zoe, add: ['guests'] }, { onProgress });

    expect(result.outcome).toBe('changed');
    expect(waits.map(({ waitingFor, waitedMs, limitMs }) => [waitingFor, waitedMs, limitMs])).toEqual([
      ['account-link', 0, 60_000],
      ['account-link', 1_000, 60_000],
      ['account-link', 3_000, 60_000],
      ['account-link', 7_000, 60_000],
    ]);
    expect(idsOf(result)).toMatchObject({ accountId: fake.account('zoe@partner.example')?.accountId });
    expect(fake.group('guests')?.members).toEqual(['zoe@partner.example']);
  });

  test('gives up after a minute of the clock, and says what is missing', async ({ fake, atlassian }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });
    const startedAt = fake.clock.now();

    const result = await atlassian.manageRelationships({ ...zoe, add: ['guests'] });

    const tookMs = fake.clock.now() - startedAt;
    expect(result.outcome).toBe('failed');
    expect(result.relationships).toMatchObject([{ group: 'guests', outcome: 'failed', code: 'identity_unlinked' }]);
    expect(result.identity?.link).toBe('unlinked');
    expect(tookMs).toBeGreaterThan(50_000);
    expect(tookMs).toBeLessThanOrEqual(61_000);
    expect(result.durationMs).toBe(tookMs);
    fake.requests.expectNoWrites();
  });

  test('waits no longer than configured', async ({ fake, connect }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });
    const { waits, onProgress } = listener();
    const atlassian = connect({ waits: { linkMs: 3_000 } });

    const result = await atlassian.manageRelationships({ ...zoe, add: ['guests'] }, { onProgress });

    expect(result.outcome).toBe('failed');
    expect(waits.map(({ waitedMs, limitMs }) => [waitedMs, limitMs])).toEqual([
      [0, 3_000],
      [1_000, 3_000],
    ]);
  });

  test('waits once for a whole plan', async ({ fake, atlassian }) => {
    addZoe(fake);
    for (const name of ['one', 'two', 'three']) fake.addGroup({ name, origin: 'local' });
    const startedAt = fake.clock.now();

    const result = await atlassian.manageRelationships({ ...zoe, add: ['one', 'two', 'three'] });

    expect(result.relationships.map(({ code }) => code)).toEqual(Array(3).fill('identity_unlinked'));
    expect(fake.clock.now() - startedAt).toBeLessThanOrEqual(61_000);
  });

  test('ends its wait when it is cancelled', async ({ fake, atlassian }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });
    const controller = new AbortController();
    const { waits, onProgress } = listener(({ waitedMs }) => {
      if (waitedMs === 3_000) controller.abort();
    });

    const result = await atlassian.manageRelationships(
      { ...zoe, add: ['guests'] },
      { onProgress, signal: controller.signal },
    );

    expect(result.outcome).toBe('cancelled');
    expect(outcomesOf(result)).toEqual([['org.group.addMember', 'skipped']]);
    expect(waits).toHaveLength(3);
    fake.requests.expectNoWrites();
  });
});

describe('no wait is made', () => {
  test('for synced groups: they take the record', async ({ fake, atlassian }) => {
    addZoe(fake);
    fake.addGroup({ name: 'berth-crew' });
    const { waits, onProgress } = listener();

    const result = await atlassian.manageRelationships({ ...zoe, add: ['berth-crew'] }, { onProgress });

    expect(result.outcome).toBe('changed');
    expect(result.notes).toEqual([expect.stringContaining('linked to no account')]);
    expect(waits).toEqual([]);
    expect(fake.group('berth-crew')?.scimMembers).toEqual(['zoe@partner.example']);
  });

  test('by syncIdentity: the result says that the record is unlinked', async ({ fake, atlassian }) => {
    fake.addDomain('partner.example', { status: 'unverified' });
    const { waits, onProgress } = listener();

    const result = await atlassian.syncIdentity(
      { email: 'zoe@partner.example', allowUnclaimedDomain: true },
      { onProgress },
    );

    expect(result.outcome).toBe('created');
    expect(result.notes).toEqual([
      expect.stringContaining('not verified by the organization'),
      expect.stringContaining('linked to no account'),
    ]);
    expect(idsOf(result)).toEqual({
      link: 'unlinked',
      email: 'zoe@partner.example',
      userName: 'zoe@partner.example',
      scimUserId: fake.user('zoe@partner.example')?.id,
    });
    expect(waits).toEqual([]);
  });

  test('for an operation that the guard stages', async ({ fake, connect }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });
    const { waits, onProgress } = listener();
    const atlassian = connect({ guard: { protect: { identities: ['zoe@partner.example'] } } });

    const result = await atlassian.manageRelationships({ ...zoe, add: ['guests'] }, { onProgress });

    expect(result.outcome).toBe('staged');
    expect(waits).toEqual([]);
  });

  test('to leave a local group: who has no account is in none', async ({ fake, atlassian }) => {
    addZoe(fake);
    fake.addGroup({ name: 'guests', origin: 'local' });

    const result = await atlassian.manageRelationships({ ...zoe, remove: ['guests'] });

    expect(result.relationships).toMatchObject([{ outcome: 'already' }]);
  });
});

test('onboarding waits for the account where a local group needs it, and does the rest before', async ({
  fake,
  atlassian,
}) => {
  fake.addDomain('partner.example', { status: 'unverified' });
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  const { waits, onProgress } = listener(({ waitedMs }) => {
    if (waitedMs === 3_000) fake.addAccount({ email: 'zoe@partner.example' });
  });

  const result = await atlassian.onboard(
    { email: 'zoe@partner.example', allowUnclaimedDomain: true, groups: ['berth-crew', 'guests'] },
    { onProgress },
  );

  expect(result.outcome).toBe('onboarded');
  expect(waits.map(({ waitedMs }) => waitedMs)).toEqual([0, 1_000, 3_000]);
  expect(fake.group('berth-crew')?.scimMembers).toEqual(['zoe@partner.example']);
  expect(fake.group('guests')?.members).toEqual(['zoe@partner.example']);
  fake.requests.expectWrites(['scim.users.create', 'scim.groups.patch', 'admin.groups.addMember']);
});

test('a link that was expected and is not seen is not claimed', async ({ fake, atlassian }) => {
  fake.addAccount({ email: 'rosa@acme.com' });
  // Atlassian creates the record, and its answer names no account yet.
  fake.failNext('scim.users.create', {
    status: 201,
    takesEffect: true,
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: '5c100000-0000-4000-8000-00000000abcd',
      userName: 'rosa@acme.com',
      emails: [{ value: 'rosa@acme.com', primary: true }],
      groups: [],
      active: true,
    },
  });

  const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

  expect(result.plan.intendedOutcome).toBe('linked');
  expect(result.outcome).toBe('created');
  expect(result.identity).toMatchObject({ link: 'unlinked', accountId: { source: 'directory-search' } });
});

describe('a person whom the organization does not have yet, because SCIM has just created them', () => {
  test('is waited for within one plan, where a local group needs them', async ({ fake, atlassian }) => {
    fake.lags.scimMirrorMs = 10_000;
    fake.addGroup({ name: 'guests', origin: 'local' });
    fake.addGroup({ name: 'managers', origin: 'local' });
    const { waits, onProgress } = listener();

    const result = await atlassian.onboard({ email: 'rosa@acme.com', groups: ['guests', 'managers'] }, { onProgress });

    expect(result.outcome).toBe('onboarded');
    expect(waits.map(({ waitingFor, waitedMs }) => [waitingFor, waitedMs])).toEqual([
      ['propagation', 0],
      ['propagation', 1_000],
      ['propagation', 3_000],
      ['propagation', 7_000],
    ]);
    expect(fake.account('rosa@acme.com')?.groups).toEqual(['guests', 'managers']);
  });

  test('is waited for in a later action, too', async ({ fake, atlassian }) => {
    fake.lags.scimMirrorMs = 10_000;
    fake.addGroup({ name: 'guests', origin: 'local' });

    await atlassian.syncIdentity({ email: 'rosa@acme.com' });
    const result = await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, add: ['guests'] });

    expect(result.outcome).toBe('changed');
    expect(fake.group('guests')?.members).toEqual(['rosa@acme.com']);
  });

  test('is given up after the time allowed, once for all groups, with the reason', async ({ fake, connect }) => {
    fake.lags.scimMirrorMs = 3_600_000;
    for (const name of ['one', 'two']) fake.addGroup({ name, origin: 'local' });
    const atlassian = connect({ waits: { verifyMs: 5_000 } });
    const startedAt = fake.clock.now();

    const result = await atlassian.onboard({ email: 'rosa@acme.com', groups: ['one', 'two'] });

    expect(result.outcome).toBe('partial');
    expect(result.relationships).toMatchObject([
      { group: 'one', outcome: 'failed', code: 'not_found' },
      { group: 'two', outcome: 'failed', code: 'not_found' },
    ]);
    expect(result.operations[1]?.error?.advice).toContain('must be in the directory of the group');
    expect(fake.clock.now() - startedAt).toBeLessThan(6_000);
  });

  test('is not waited for in the directory of another group: who is in one does not come into the other', async ({
    fake,
    atlassian,
  }) => {
    const second = fake.addOrgDirectory('Second');
    fake.addUser({ email: 'rosa@acme.com' });
    fake.addGroup({ name: 'theirs', origin: 'local', orgDirectoryId: second });
    const { waits, onProgress } = listener();

    const result = await atlassian.manageRelationships(
      { identity: { email: 'rosa@acme.com' }, add: ['theirs'] },
      { onProgress },
    );

    expect(result.relationships).toMatchObject([{ outcome: 'failed', code: 'not_found' }]);
    expect(waits).toEqual([]);
  });
});
