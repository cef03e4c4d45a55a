import { describe, expect } from 'vitest';
import type { ActionResult, AtlassianProvisioner, OperationOutcome } from '../../src/index.js';
import type { FakeAtlassian, FakeFault } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const JIRA = { site: 'https://acme.atlassian.net', key: 'jira-software' };

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
  {
    kind: 'org.user.restore',
    request: 'admin.users.restore',
    seed: (fake) => fake.addAccount({ ...ROSA, membership: 'suspended' }),
    act: (atlassian) => atlassian.restoreAccess(ROSA),
    happened: (fake) => fake.account(ROSA.email)?.membership === 'active',
  },
  {
    kind: 'account.enable',
    request: 'admin.managedAccounts.enable',
    seed: (fake) => fake.addAccount({ ...ROSA, status: 'inactive' }),
    act: (atlassian) => atlassian.reactivateIdentity(ROSA),
    happened: (fake) => fake.account(ROSA.email)?.status === 'active',
  },
  {
    kind: 'account.cancelDeletion',
    request: 'admin.managedAccounts.cancelDeletion',
    seed: (fake) => fake.addAccount(ROSA),
    act: async (atlassian) => {
      await atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email });
      return atlassian.cancelDeletion(ROSA);
    },
    happened: (fake) => fake.account(ROSA.email)?.forDeletionAt === undefined,
  },
  {
    kind: 'links.deleteRecords',
    request: 'admin.provisioningLinks.deleteRecords',
    seed: (fake) => fake.addUser({ ...ROSA, directoryId: fake.addScimDirectory().id }),
    act: (atlassian) =>
      atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email, otherDirectories: 'drop-records' }),
    happened: (fake) => fake.user(ROSA.email) === undefined,
  },
  {
    kind: 'org.role.grant',
    request: 'admin.users.grantRole',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addSite('acme', ['jira-software']);
    },
    act: (atlassian) => atlassian.grantProductAccess({ identity: ROSA, product: JIRA }),
    happened: (fake) => fake.account(ROSA.email)?.roles.length === 1,
  },
  {
    kind: 'org.role.revoke',
    request: 'admin.users.revokeRole',
    seed: (fake) => {
      fake.addUser(ROSA);
      for (const { ari } of fake.addSite('acme', ['jira-software'])) fake.addRole(ROSA.email, ari);
    },
    act: (atlassian) => atlassian.revokeProductAccess({ identity: ROSA, product: JIRA }),
    happened: (fake) => fake.account(ROSA.email)?.roles.length === 0,
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

/** Two writes, of which the second undoes the first and never arrives. */
interface Undoing {
  readonly what: string;
  readonly request: string;
  readonly seed: (fake: FakeAtlassian) => void;
  readonly undo: (atlassian: AtlassianProvisioner) => Promise<ActionResult>;
  readonly outcome: OperationOutcome;
  /** What the fake has in the end. */
  readonly left: (fake: FakeAtlassian) => unknown;
}

const UNDOING: readonly Undoing[] = [
  {
    what: 'an activation after a deactivation',
    request: 'admin.managedAccounts.enable',
    seed: (fake) => fake.addAccount(ROSA),
    undo: async (atlassian) => {
      await atlassian.deprovisionIdentity(ROSA);
      return atlassian.reactivateIdentity(ROSA);
    },
    outcome: 'failed',
    left: (fake) => fake.account(ROSA.email)?.status === 'inactive',
  },
  {
    what: 'the cancelling of a deletion after it was scheduled',
    request: 'admin.managedAccounts.cancelDeletion',
    seed: (fake) => fake.addAccount(ROSA),
    undo: async (atlassian) => {
      await atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email });
      return atlassian.cancelDeletion(ROSA);
    },
    outcome: 'failed',
    left: (fake) => fake.account(ROSA.email)?.forDeletionAt !== undefined,
  },
  {
    what: 'a restoration after a suspension',
    request: 'admin.users.restore',
    seed: (fake) => fake.addUser(ROSA),
    undo: async (atlassian) => {
      await atlassian.suspendAccess(ROSA);
      return atlassian.restoreAccess(ROSA);
    },
    outcome: 'unknown',
    left: (fake) => fake.account(ROSA.email)?.membership === 'suspended',
  },
  {
    what: 'joining a group after leaving it',
    request: 'admin.groups.addMember',
    seed: (fake) => {
      fake.addUser(ROSA);
      fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    },
    undo: async (atlassian) => {
      await atlassian.manageRelationships({ identity: ROSA, remove: ['guests'] });
      return atlassian.manageRelationships({ identity: ROSA, add: ['guests'] });
    },
    outcome: 'unknown',
    left: (fake) => fake.group('guests')?.members.length === 0,
  },
  {
    what: 'a grant of a role after it was revoked',
    request: 'admin.users.grantRole',
    seed: (fake) => {
      fake.addUser(ROSA);
      for (const { ari } of fake.addSite('acme', ['jira-software'])) fake.addRole(ROSA.email, ari);
    },
    undo: async (atlassian) => {
      await atlassian.revokeProductAccess({ identity: ROSA, product: JIRA });
      return atlassian.grantProductAccess({ identity: ROSA, product: JIRA });
    },
    outcome: 'unknown',
    left: (fake) => fake.account(ROSA.email)?.roles.length === 0,
  },
];

describe('while the organization still shows what was before both', () => {
  test('a suspension that is refused after a restoration is not taken for done', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA, membership: 'suspended' });
    fake.lags.accountReadMs = 300_000;
    fake.fail('admin.users.suspend', { status: 400, body: '' });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    await atlassian.restoreAccess(ROSA);

    const result = await atlassian.suspendAccess(ROSA);

    expect(result.operations.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test('joining a group after leaving it is not taken for so already by a bare 409', async ({ fake, connect }) => {
    fake.addUser(ROSA);
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    fake.lags.groupMemberReadMs = 300_000;
    fake.fail('admin.groups.addMember', { status: 409, body: '' });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    await atlassian.manageRelationships({ identity: ROSA, remove: ['guests'] });

    const result = await atlassian.manageRelationships({ identity: ROSA, add: ['guests'] });

    expect(result.operations.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test.for(UNDOING)('$what that never arrives is not taken for done', async (undoing, { fake, connect }) => {
    undoing.seed(fake);
    Object.assign(fake.lags, { accountReadMs: 300_000, groupMemberReadMs: 300_000, roleReadMs: 300_000 });
    fake.fail(undoing.request, { reset: 'before', times: Infinity });

    const result = await undoing.undo(connect({ waits: { verifyMs: 0 } }));

    expect(undoing.left(fake)).toBe(true);
    expect(result.operations.map(({ outcome }) => outcome)).toEqual([undoing.outcome]);
  });
});
