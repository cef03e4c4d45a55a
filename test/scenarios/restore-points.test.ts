import { describe, expect } from 'vitest';
import { mergeRestorePoints } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { outcomesOf, test } from './support.js';

const ROSA = { email: 'rosa@acme.com' };
const MIA = { email: 'mia@acme.com' };
const GUEST = { email: 'guest@else.example' };

function seedRosa(fake: FakeAtlassian): void {
  fake.addUser({ ...ROSA });
  fake.addGroup({ name: 'crew', members: [ROSA.email] });
}

describe('a restore point', () => {
  test('of another person is refused', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.addUser({ ...MIA });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    fake.requests.clear();

    const restoring = atlassian.reactivateIdentity(MIA, { restore: removed });

    await expect(restoring).rejects.toMatchObject({ code: 'identity_conflict' });
    fake.requests.expectNoWrites();
  });

  test('holds for a record that was made anew, by its account', async ({ fake, atlassian }) => {
    seedRosa(fake);
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    await atlassian.deleteIdentity(ROSA, { scope: 'directory', confirm: ROSA.email });
    await atlassian.syncIdentity({ ...ROSA, reactivate: true });

    await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(fake.user(ROSA.email)).toMatchObject({ active: true, groups: ['crew'] });
  });

  test('gives back by the name that a group has now', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA });
    fake.addGroup({ name: 'guests', origin: 'local', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    const stored = { ...removed, groups: removed.groups.map((group) => ({ ...group, name: 'other' })) };

    const result = await atlassian.reactivateIdentity(ROSA, { restore: stored });

    expect(result.operations.map(({ operation }) => operation.target.name)).toContain('guests');
  });

  test('says `restored` where memberships came back and no state was ended', async ({ fake, atlassian }) => {
    fake.addUser({ ...ROSA, active: false });
    fake.addGroup({ name: 'crew', members: [ROSA.email] });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);

    const result = await atlassian.reactivateIdentity(ROSA, { restore: removed });

    expect(result.outcome).toBe('restored');
    expect(fake.user(ROSA.email)).toMatchObject({ active: false, groups: ['crew'] });
  });

  test('ends the suspension of the one directory where there was one, whatever the status says', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ ...GUEST });
    const second = fake.addOrgDirectory('Second');
    fake.addGroup({ name: 'second-guests', origin: 'local', orgDirectoryId: second, members: [GUEST.email] });
    fake.fail('admin.users.suspend', { status: 400, skip: 1, times: 1 });
    const { removed } = await atlassian.deprovisionIdentity(GUEST);
    fake.clock.advance(3_600_000);
    fake.requests.clear();

    const result = await atlassian.reactivateIdentity(GUEST, { restore: removed });

    expect(removed.directories).toHaveLength(1);
    expect(outcomesOf(result)[0]).toEqual(['org.user.restore', 'applied']);
    expect(fake.requests.of('admin.users.restore').map(({ path }) => path.split('/').at(-4))).toEqual(
      removed.directories,
    );
  });
});

describe('mergeRestorePoints', () => {
  test('gives back all that a deprovisioning took in two runs', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.failNext('scim.groups.patch', { status: 400 });
    const first = await atlassian.deprovisionIdentity(ROSA);
    const second = await atlassian.deprovisionIdentity(ROSA);

    const restore = mergeRestorePoints(first.removed, second.removed);
    const result = await atlassian.reactivateIdentity(ROSA, { restore });

    expect([first.outcome, second.outcome, result.outcome]).toEqual(['partial', 'deprovisioned', 'reactivated']);
    expect(fake.user(ROSA.email)).toMatchObject({ active: true, groups: ['crew'] });
  });

  test('refuses those of different people', async ({ fake, atlassian }) => {
    seedRosa(fake);
    fake.addUser({ ...MIA });
    const { removed } = await atlassian.deprovisionIdentity(ROSA);
    const { removed: other } = await atlassian.deprovisionIdentity(MIA);

    expect(() => mergeRestorePoints(removed, other)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});
