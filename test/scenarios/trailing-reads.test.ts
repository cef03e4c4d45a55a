import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

function seedRosa(fake: FakeAtlassian): void {
  fake.addUser({ ...ROSA });
  fake.addGroup({ name: 'local', origin: 'local' });
}

describe('while reads trail behind', () => {
  test('a deprovisioning takes a person out of the group they were just put into', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.lags.groupMemberReadMs = 30_000;
    await atlassian.manageRelationships({ identity: ROSA, add: ['local'] });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(outcomesOf(result)).toContainEqual(['org.group.removeMember', 'applied']);
    expect(result.removed.groups.map(({ name }) => name)).toEqual(['local']);
    expect(fake.group('local')?.members).toEqual([]);
  });

  test('a group that was just joined can be left', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.lags.groupMemberReadMs = 30_000;
    await atlassian.manageRelationships({ identity: ROSA, add: ['local'] });

    const result = await atlassian.manageRelationships({ identity: ROSA, remove: ['local'] });

    expect(result.outcome).toBe('changed');
    expect(fake.group('local')?.members).toEqual([]);
  });

  test('a group that was just left can be joined', async ({ fake, atlassian }) => {
    seedRosa(fake);
    await atlassian.manageRelationships({ identity: ROSA, add: ['local'] });
    fake.clock.advance(3_600_000);
    fake.lags.groupMemberReadMs = 30_000;
    await atlassian.manageRelationships({ identity: ROSA, remove: ['local'] });

    const result = await atlassian.manageRelationships({ identity: ROSA, add: ['local'] });

    expect(result.outcome).toBe('changed');
    expect(fake.group('local')?.members).toEqual([ROSA.email]);
  });

  test('a suspension can be ended', async ({ fake, connect }) => {
    seedRosa(fake);
    const atlassian = connect({ waits: { verifyMs: 0 } });
    fake.lags.accountReadMs = 30_000;
    await atlassian.suspendAccess(ROSA);

    await atlassian.restoreAccess(ROSA);

    expect(fake.account(ROSA.email)?.membership).toBe('active');
  });

  test('a deletion can be cancelled', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    fake.lags.accountReadMs = 30_000;
    await atlassian.deleteIdentity(ROSA, { scope: 'account', confirm: ROSA.email });

    const result = await atlassian.cancelDeletion(ROSA);

    expect(outcomesOf(result)).toEqual([['account.cancelDeletion', 'applied']]);
    expect(fake.account(ROSA.email)?.status).toBe('active');
  });

  test('an account that was just deactivated can be activated', async ({ fake, connect }) => {
    fake.addAccount({ ...ROSA });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    fake.lags.accountReadMs = 30_000;
    const { removed } = await atlassian.deprovisionIdentity(ROSA);

    await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(fake.account(ROSA.email)?.status).toBe('active');
  });

  test('a role that was just granted can be revoked', async ({ fake, connect }) => {
    seedRosa(fake);
    const product = fake.addProduct({ key: 'jira-software', site: 'acme' });
    const atlassian = connect({ waits: { verifyMs: 0 } });
    fake.lags.roleReadMs = 120_000;
    const asked = { identity: ROSA, product: { resource: product.ari } };
    await atlassian.grantProductAccess(asked);

    const result = await atlassian.revokeProductAccess(asked);

    expect(outcomesOf(result)).toEqual([['org.role.revoke', 'applied']]);
    expect(fake.account(ROSA.email)?.roles).toEqual([]);
  });

  test('what was written counts no longer than reads can trail', async ({ fake, atlassian }) => {
    seedRosa(fake);
    await atlassian.manageRelationships({ identity: ROSA, add: ['local'] });
    await atlassian.manageRelationships({ identity: ROSA, remove: ['local'] });
    fake.clock.advance(3_600_000);
    fake.requests.clear();

    const result = await atlassian.manageRelationships({ identity: ROSA, remove: ['local'] });

    expect(result.outcome).toBe('unchanged');
    expect(result.relationships[0]?.reason).toContain('behind a change by somebody else');
    fake.requests.expectNoWrites();
  });
});
