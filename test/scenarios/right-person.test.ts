import { describe, expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };

/** Rosa’s record is linked to an account whose email was changed to `ceo@acme.com`, outside the sync. */
function seedDrift(fake: FakeAtlassian): void {
  fake.addUser({ ...ROSA });
  fake.changeAccount(ROSA.email, { email: 'ceo@acme.com' });
}

describe('a record and its account of different emails', () => {
  test.for(['directory', 'account'] as const)(
    'are not deleted together, with scope %s',
    async (scope, { fake, atlassian }) => {
      seedDrift(fake);

      const deletion = atlassian.deleteIdentity(ROSA, { scope, confirm: ROSA.email });

      await expect(deletion).rejects.toMatchObject({ code: 'identity_conflict' });
      fake.requests.expectNoWrites();
    },
  );

  test('are not offboarded into a deletion', async ({ fake, atlassian }) => {
    seedDrift(fake);

    const offboarding = atlassian.offboard({ identity: ROSA, delete: { scope: 'account', confirm: ROSA.email } });

    await expect(offboarding).rejects.toMatchObject({ code: 'identity_conflict' });
    fake.requests.expectNoWrites();
  });

  test('are both taken for the person by a deprovisioning, which says so', async ({ fake, atlassian }) => {
    seedDrift(fake);

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('deprovisioned');
    expect(result.notes.join(' ')).toContain('different emails');
  });

  test('are nobody’s to touch by an email that somebody else’s account has', async ({ fake, atlassian }) => {
    seedDrift(fake);
    fake.addAccount({ ...ROSA });
    fake.requests.clear();
    const conflict = { code: 'identity_conflict' };

    await expect(atlassian.deprovisionIdentity(ROSA)).rejects.toMatchObject(conflict);
    await expect(atlassian.suspendAccess(ROSA)).rejects.toMatchObject(conflict);
    await expect(atlassian.revokeApiTokens(ROSA)).rejects.toMatchObject(conflict);
    await expect(atlassian.cancelDeletion(ROSA)).rejects.toMatchObject(conflict);
    fake.requests.expectNoWrites();
  });

  test('are protected by either email', async ({ fake, connect }) => {
    seedDrift(fake);
    const atlassian = connect({ guard: { protect: { identities: ['ceo@acme.com'] } } });

    const result = await atlassian.deprovisionIdentity(ROSA);

    expect(result.outcome).toBe('staged');
    fake.requests.expectNoWrites();
  });

  test('do not stop a deletion right after a rename that the account does not show yet', async ({
    fake,
    atlassian,
  }) => {
    fake.addUser({ ...ROSA });
    fake.lags.accountReadMs = 30_000;
    await atlassian.syncIdentity({ email: 'rosa.quell@acme.com', identity: ROSA });

    const result = await atlassian.deleteIdentity(
      { email: 'rosa.quell@acme.com' },
      { scope: 'directory', confirm: 'rosa.quell@acme.com' },
    );

    expect(result.outcome).toBe('deleted');
  });
});

describe('a deletion', () => {
  test.for(['directory', 'account'] as const)(
    'by a mistyped id with the email of somebody in `confirm` is refused, with scope %s',
    async (scope, { fake, atlassian }) => {
      fake.addUser({ ...ROSA });

      const deletion = atlassian.deleteIdentity({ userName: 'roza@acme.com' }, { scope, confirm: ROSA.email });

      await expect(deletion).rejects.toMatchObject({ code: 'confirmation_mismatch' });
      fake.requests.expectNoWrites();
    },
  );

  test('by the id of a record that is gone stays unchanged', async ({ fake, atlassian }) => {
    const { id } = fake.addUser({ ...ROSA });
    const choices = { scope: 'account', confirm: ROSA.email } as const;
    await atlassian.deleteIdentity({ scimUserId: id }, choices);

    const again = await atlassian.deleteIdentity({ scimUserId: id }, choices);

    expect(again.outcome).toBe('unchanged');
  });

  test('of an account that only the email led to says so', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, link: 'unlinked' });

    const plan = await atlassian.plan('deleteIdentity', { identity: ROSA, scope: 'account', confirm: ROSA.email });

    expect(plan.notes.join(' ')).toContain('found by the email alone');
  });
});

describe('ids', () => {
  test('that are no objects are refused as requests, not thrown as faults of types', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    const invalid = { code: 'request_invalid' };

    await expect(atlassian.ids.find(null as never)).rejects.toMatchObject(invalid);
    const [nobody, rosa] = await atlassian.ids.resolveMany([null as never, ROSA]);
    const [nothing] = await atlassian.ids.resolveGroups([null as never]);

    expect(nobody).toMatchObject({ status: 'failed', error: invalid });
    expect(rosa).toMatchObject({ status: 'resolved' });
    expect(nothing).toMatchObject({ status: 'failed', error: invalid });
  });

  test('and names with half of a surrogate pair are refused', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });

    const sync = atlassian.syncIdentity({ ...ROSA, displayName: 'A\uD800B' });

    await expect(sync).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining('displayName') as string,
    });
  });
});
