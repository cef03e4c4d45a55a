import { describe, expect } from 'vitest';
import type { ActionResult, AtlassianProvisioner, OperationOutcome } from '../../src/index.js';
import type { FakeAtlassian, FakeFault } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

/** One write, how to bring it about, and how to see in the fake whether it happened. */
interface Write {
  readonly kind: string;
  /** The request that makes it. */
  readonly request: string;
  readonly seed: (fake: FakeAtlassian) => void;
  readonly act: (atlassian: AtlassianProvisioner) => Promise<ActionResult>;
  readonly happened: (fake: FakeAtlassian) => boolean;
}

const WRITES: readonly Write[] = [
  {
    kind: 'scim.user.create',
    request: 'scim.users.create',
    seed: () => undefined,
    act: (atlassian) => atlassian.syncIdentity(ROSA),
    happened: (fake) => fake.user(ROSA.email) !== undefined,
  },
  {
    kind: 'scim.user.update',
    request: 'scim.users.patch',
    seed: (fake) => fake.addUser(ROSA),
    act: (atlassian) => atlassian.syncIdentity({ ...ROSA, jobTitle: 'Planner' }),
    happened: (fake) => fake.user(ROSA.email)?.attributes.title === 'Planner',
  },
  {
    kind: 'scim.user.deactivate',
    request: 'scim.users.patch',
    seed: (fake) => fake.addUser(ROSA),
    act: (atlassian) => atlassian.deprovisionIdentity(ROSA),
    happened: (fake) => fake.user(ROSA.email)?.active === false,
  },
  {
    kind: 'scim.user.activate',
    request: 'scim.users.patch',
    seed: (fake) => fake.addUser({ ...ROSA, active: false }),
    act: (atlassian) => atlassian.reactivateIdentity(ROSA),
    happened: (fake) => fake.user(ROSA.email)?.active === true,
  },
  {
    kind: 'scim.user.delete',
    request: 'scim.users.delete',
    seed: (fake) => fake.addUser(ROSA),
    act: (atlassian) => atlassian.deleteIdentity(ROSA, { scope: 'directory', confirm: ROSA.email }),
    happened: (fake) => fake.user(ROSA.email) === undefined,
  },
  {
    kind: 'scim.group.addMember',
    request: 'scim.groups.patch',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addGroup({ name: 'crew', origin: 'synced' });
    },
    act: (atlassian) => atlassian.manageRelationships({ identity: ROSA, add: ['crew'] }),
    happened: (fake) => fake.group('crew')?.scimMembers.length === 1,
  },
  {
    kind: 'scim.group.removeMember',
    request: 'scim.groups.patch',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addGroup({ name: 'crew', origin: 'synced', members: [ROSA.email] });
    },
    act: (atlassian) => atlassian.manageRelationships({ identity: ROSA, remove: ['crew'] }),
    happened: (fake) => fake.group('crew')?.scimMembers.length === 0,
  },
  {
    kind: 'org.group.addMember',
    request: 'admin.groups.addMember',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addGroup({ name: 'crew', origin: 'local' });
    },
    act: (atlassian) => atlassian.manageRelationships({ identity: ROSA, add: ['crew'] }),
    happened: (fake) => fake.group('crew')?.members.length === 1,
  },
  {
    kind: 'org.group.removeMember',
    request: 'admin.groups.removeMember',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addGroup({ name: 'crew', origin: 'local', members: [ROSA.email] });
    },
    act: (atlassian) => atlassian.manageRelationships({ identity: ROSA, remove: ['crew'] }),
    happened: (fake) => fake.group('crew')?.members.length === 0,
  },
  {
    kind: 'org.user.suspend',
    request: 'admin.users.suspend',
    seed: (fake) => fake.addUser(ROSA),
    act: (atlassian) => atlassian.suspendAccess(ROSA),
    happened: (fake) => fake.account(ROSA.email)?.membership === 'suspended',
  },
  {
    kind: 'account.disable',
    request: 'admin.managedAccounts.disable',
    seed: (fake) => fake.addAccount(ROSA),
    act: (atlassian) => atlassian.deprovisionIdentity(ROSA),
    happened: (fake) => fake.account(ROSA.email)?.status === 'inactive',
  },
  {
    kind: 'account.scheduleDeletion',
    request: 'admin.managedAccounts.scheduleDeletion',
    seed: (fake) => fake.addAccount(ROSA),
    act: (atlassian) => atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email }),
    happened: (fake) => fake.account(ROSA.email)?.forDeletionAt !== undefined,
  },
  {
    kind: 'account.revokeApiToken',
    request: 'admin.managedAccounts.revokeApiToken',
    seed: (fake) => {
      fake.addAccount(ROSA);
      fake.addApiToken(ROSA.email, { label: 'ci' });
    },
    act: (atlassian) => atlassian.revokeApiTokens(ROSA),
    happened: (fake) => fake.account(ROSA.email)?.apiTokens.length === 0,
  },
];

const FAULTS: readonly (readonly [string, FakeFault])[] = [
  ['the connection is cut before the effect', { reset: 'before' }],
  ['the connection is cut after the effect', { reset: 'after' }],
  ['500 comes although it took effect', { status: 500, takesEffect: true }],
  ['500 comes and it took no effect', { status: 500 }],
  ['503 comes and it took no effect', { status: 503 }],
  ['the answer is cut off in the middle', { malformed: true }],
];

const DONE: ReadonlySet<OperationOutcome> = new Set(['applied', 'already']);

describe.each(WRITES)('$kind', ({ kind, request, seed, act, happened }) => {
  test.for(FAULTS)('ends in a true outcome when %s once', async ([, fault], { fake, atlassian, audit }) => {
    seed(fake);
    fake.failNext(request, fault);

    const result = await act(atlassian);

    const [operation] = result.operations.filter((one) => one.operation.kind === kind);
    expect([operation?.outcome, happened(fake)]).toEqual(['applied', true]);
    expect(audit.events.find((event) => event.operation === kind)?.outcome).toBe('applied');
  });

  test.for(FAULTS)('ends in a true outcome when %s every time', async ([, fault], { fake, atlassian }) => {
    seed(fake);
    fake.fail(request, { ...fault, times: Infinity });

    const result = await act(atlassian);

    const [operation] = result.operations.filter((one) => one.operation.kind === kind);
    const claimed = operation?.outcome;
    // `unknown` claims nothing; every other outcome claims something, and the claim must hold.
    const isTrue = claimed === 'unknown' || (claimed !== undefined && DONE.has(claimed) === happened(fake));
    expect([claimed, isTrue]).toEqual([claimed, true]);
  });
});
