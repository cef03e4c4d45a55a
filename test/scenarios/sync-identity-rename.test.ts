import { describe, expect } from 'vitest';
import type { EmailInUseError, ProgressEvent } from '../../src/index.js';
import { idsOf, outcomesOf, test } from './support.js';

describe('a change of the email', () => {
  test('renames the identity that externalId finds; id, account and groups stay', async ({ fake, atlassian }) => {
    fake.addGroup({ name: 'berth-crew' });
    const before = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1', groups: ['berth-crew'] });

    const result = await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', externalId: 'e-1' });

    expect(result.outcome).toBe('renamed');
    expect(outcomesOf(result)).toEqual([['scim.user.update', 'applied']]);
    expect(fake.user(before.id)).toMatchObject({
      email: 'rosa.ito@acme.com',
      userName: 'rosa.ito@acme.com',
      accountId: before.accountId,
      groups: ['berth-crew'],
    });
    expect(fake.group('berth-crew')?.members).toEqual(['rosa.ito@acme.com']);
    expect(fake.user('rosa@acme.com')).toBeUndefined();
  });

  test.for(['scimUserId', 'accountId', 'userName', 'email', 'externalId'] as const)(
    'renames the identity that %s names',
    async (kind, { fake, atlassian }) => {
      const { id, accountId } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
      const refs = {
        scimUserId: { scimUserId: id },
        accountId: { accountId: accountId! },
        userName: { userName: 'rosa@acme.com' },
        email: { email: 'rosa@acme.com' },
        externalId: { externalId: 'e-1' },
      };

      const result = await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', identity: refs[kind] });

      expect(result.outcome).toBe('renamed');
      expect(fake.user(id)?.email).toBe('rosa.ito@acme.com');
      expect(fake.account(accountId!)?.email).toBe('rosa.ito@acme.com');
    },
  );

  test.for([
    ['email', { email: 'rosa@acme.com' }],
    ['userName', { userName: 'rosa@acme.com' }],
  ] as const)(
    'is unchanged the second time, although the old %s is gone',
    async ([, identity], { fake, atlassian }) => {
      fake.addUser({ email: 'rosa@acme.com' });
      const rename = { email: 'rosa.ito@acme.com', identity };

      const first = await atlassian.syncIdentity(rename);
      const second = await atlassian.syncIdentity(rename);

      expect([first.outcome, second.outcome]).toEqual(['renamed', 'unchanged']);
      fake.requests.expectWrites(['scim.users.patch']);
    },
  );

  test('is unchanged the second time when the externalId changed with it', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const rename = { email: 'rosa.ito@acme.com', externalId: 'e-2', identity: { externalId: 'e-1' } };

    const first = await atlassian.syncIdentity(rename);
    const second = await atlassian.syncIdentity(rename);

    expect([first.outcome, second.outcome]).toEqual(['renamed', 'unchanged']);
    expect(idsOf(first)).toMatchObject({ email: 'rosa.ito@acme.com', externalId: 'e-2' });
  });

  test('keeps the other addresses of the person', async ({ fake, atlassian }) => {
    fake.addUser({
      email: 'rosa@acme.com',
      emails: [
        { value: 'rosa@acme.com', type: 'work', primary: true },
        { value: 'rosa@home.example', type: 'home', primary: false },
      ],
    });

    await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', identity: { email: 'rosa@acme.com' } });

    expect(fake.user('rosa.ito@acme.com')?.attributes.emails).toEqual([
      { value: 'rosa.ito@acme.com', type: 'work', primary: true },
      { value: 'rosa@home.example', type: 'home', primary: false },
    ]);
  });

  test('sets a userName that was something else', async ({ fake, atlassian }) => {
    const { id } = fake.addUser({ email: 'rosa@acme.com', userName: 'u-4471' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    expect(result).toMatchObject({ outcome: 'renamed', plan: { operations: [{ reasons: [expect.any(String)] }] } });
    expect(fake.user(id)).toMatchObject({ userName: 'rosa@acme.com', email: 'rosa@acme.com' });
  });

  test('of nobody refuses, and creates nobody', async ({ fake, atlassian }) => {
    const refusal = atlassian.syncIdentity({ email: 'rosa.ito@acme.com', identity: { email: 'rosa@acme.com' } });

    await expect(refusal).rejects.toMatchObject({ code: 'identity_not_found' });
    fake.requests.expectNoWrites();
  });

  test('of somebody without a record refuses, and says that they have none', async ({ fake, atlassian }) => {
    const { accountId } = fake.addAccount({ email: 'rosa@acme.com' });

    const refusal = atlassian.syncIdentity({ email: 'rosa.ito@acme.com', identity: { accountId } });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_not_found',
      message: expect.stringContaining('no record in the SCIM directory'),
    });
    fake.requests.expectNoWrites();
  });
});

describe('a domain the organization has not verified and claimed', () => {
  test('is refused for a linked identity, and nothing is written', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const refusal = atlassian.syncIdentity({ email: 'rosa@partner.example', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({
      code: 'domain_not_claimed',
      message: expect.stringContaining('unlink'),
      advice: expect.stringContaining('allowUnclaimedDomain'),
    });
    fake.requests.expectNoWrites();
    expect(fake.account('rosa@acme.com')).toMatchObject({ synced: true });
  });

  test('is refused when it is known and not verified', async ({ fake, atlassian }) => {
    fake.addDomain('partner.example', { status: 'unverified' });
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const refusal = atlassian.syncIdentity({ email: 'rosa@partner.example', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({ code: 'domain_not_claimed' });
  });

  test('is refused within itself too: Atlassian unlinks there as well', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'zoe@partner.example', externalId: 'e-1', link: 'external' });

    const refusal = atlassian.syncIdentity({ email: 'zoe.marr@partner.example', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({ code: 'domain_not_claimed' });
    fake.requests.expectNoWrites();
  });

  test('is not left by an external account either: the record would get another account', async ({
    fake,
    atlassian,
  }) => {
    const zoe = fake.addUser({ email: 'zoe@partner.example', externalId: 'e-1', link: 'external' });
    const rename = { email: 'zoe@acme.com', externalId: 'e-1' };

    const refusal = atlassian.syncIdentity(rename);
    await expect(refusal).rejects.toMatchObject({
      code: 'domain_not_claimed',
      message: expect.stringContaining('not managed'),
    });
    fake.requests.expectNoWrites();
    const allowed = await atlassian.syncIdentity({ ...rename, allowUnclaimedDomain: true });

    expect(allowed.outcome).toBe('renamed');
    expect(idsOf(allowed).accountId).toBe(fake.account('zoe@acme.com')?.accountId);
    expect(idsOf(allowed).accountId).not.toBe(zoe.accountId);
    expect(fake.account(zoe.accountId ?? '')?.email).toBe('zoe@partner.example');
  });

  test('with allowUnclaimedDomain is done and told; the account is unlinked and out of the synced groups', async ({
    fake,
    atlassian,
  }) => {
    fake.addGroup({ name: 'berth-crew' });
    const before = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1', groups: ['berth-crew'] });

    const result = await atlassian.syncIdentity({
      email: 'rosa@partner.example',
      externalId: 'e-1',
      allowUnclaimedDomain: true,
    });

    expect(result.outcome).toBe('renamed');
    expect(result.notes).toEqual([expect.stringContaining(`unlink the account ${before.accountId ?? ''}`)]);
    expect(idsOf(result)).toEqual({
      link: 'unlinked',
      email: 'rosa@partner.example',
      userName: 'rosa@partner.example',
      externalId: 'e-1',
      scimUserId: before.id,
    });
    expect(fake.user(before.id)?.accountId).toBeUndefined();
    expect(fake.account(before.accountId ?? '')).toMatchObject({ email: 'rosa@acme.com', groups: [] });
    expect(fake.group('berth-crew')).toMatchObject({ members: [], scimMembers: ['rosa@partner.example'] });
    expect(fake.provisioningLog.at(-1)?.message).toContain('unlinked any associated atlassian account');
  });

  test('is no matter for a record that has no account to lose', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'zoe@nowhere.example', externalId: 'e-1', link: 'unlinked' });
    fake.addDomain('nowhere.example', { status: 'unverified' });

    const result = await atlassian.syncIdentity({ email: 'zoe@partner.example', externalId: 'e-1' });

    expect(result.outcome).toBe('renamed');
    fake.requests.expectCount('admin.domains.list', 0);
  });

  test('is asked about once within five minutes', async ({ fake, atlassian }) => {
    fake.addDomain('acme.example');
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    fake.addUser({ email: 'nia@acme.com', externalId: 'e-2' });

    await atlassian.syncIdentity({ email: 'rosa@acme.example', externalId: 'e-1' });
    await atlassian.syncIdentity({ email: 'nia@acme.example', externalId: 'e-2' });
    const soon = fake.requests.of('admin.domains.list').length;
    fake.clock.advance(300_000);
    await atlassian.syncIdentity({ email: 'rosa@acme.com', externalId: 'e-1' });

    expect([soon, fake.requests.of('admin.domains.list').length]).toEqual([1, 2]);
  });
});

describe('a domain, without the organization key', () => {
  test('is refused when the email moves to another one, for nobody can tell', async ({ fake, connect }) => {
    fake.addDomain('acme.example');
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const atlassian = connect({ admin: undefined });

    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.example', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({
      code: 'domain_not_claimed',
      message: expect.stringContaining('cannot be checked without the organization key'),
    });
    fake.requests.expectNoWrites();
  });

  test('is good when the configuration lists it', async ({ fake, connect }) => {
    fake.addDomain('acme.example');
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const atlassian = connect({ admin: undefined, domains: { claimed: ['acme.com', 'ACME.example'] } });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.example', externalId: 'e-1' });

    expect(result.outcome).toBe('renamed');
  });

  test('is good when it does not change', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const atlassian = connect({ admin: undefined });

    const result = await atlassian.syncIdentity({ email: 'rosa.ito@acme.com', externalId: 'e-1' });

    expect(result.outcome).toBe('renamed');
  });
});

describe('an email that somebody else has', () => {
  test('as another record of the directory is refused with both, before anything is written', async ({
    fake,
    atlassian,
  }) => {
    const rosa = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });
    const nia = fake.addUser({ email: 'nia@acme.com' });

    const refusal = atlassian.syncIdentity({ email: 'nia@acme.com', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_conflict',
      candidates: [
        { scimUserId: rosa.id, accountId: rosa.accountId },
        { scimUserId: nia.id, accountId: nia.accountId },
      ],
      advice: expect.stringContaining('another email'),
    });
    fake.requests.expectNoWrites();
  });

  test('as the userName of another record is a failure with that record and the way out', async ({
    fake,
    atlassian,
  }) => {
    const other = fake.addUser({ email: 'nia@acme.com', userName: 'rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' });

    const error = result.operations[0]?.error as EmailInUseError;
    expect(result.outcome).toBe('failed');
    expect(error).toMatchObject({ code: 'email_in_use', email: 'rosa@acme.com' });
    expect(error.holders).toEqual([{ scimUserId: other.id, accountId: other.accountId, active: true }]);
    expect(error.advice).toContain('rename or delete that record');
  });

  test('as a record that was made meanwhile is a failure with that record', async ({ fake, atlassian }) => {
    const meanwhile = (event: ProgressEvent): void => {
      if (event.type === 'operation-started') fake.addUser({ email: 'rosa@acme.com', externalId: 'e-9' });
    };

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com' }, { onProgress: meanwhile });

    const other = fake.user('rosa@acme.com');
    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      holders: [{ scimUserId: other?.id, accountId: other?.accountId, active: true }],
    });
  });

  test('as a record of another directory is a failure that names that directory', async ({ fake, atlassian }) => {
    const second = fake.addScimDirectory();
    const rosa = fake.addUser({ email: 'rosa@acme.com' });
    const other = fake.addUser({ email: 'nia@acme.com', directoryId: second.id });

    const result = await atlassian.syncIdentity({ email: 'nia@acme.com', identity: { scimUserId: rosa.id } });

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      message: expect.stringContaining(`SCIM record ${other.id} of directory ${second.id}`),
      holders: [{ scimUserId: other.id, scimDirectoryId: second.id, accountId: other.accountId, managed: true }],
      advice: expect.stringContaining('deleteRecords'),
    });
  });

  test('as a managed account is a failure with that account and the way out', async ({ fake, atlassian }) => {
    const rosa = fake.addUser({ email: 'rosa@acme.com' });
    const other = fake.addAccount({ email: 'nia@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'nia@acme.com', identity: { scimUserId: rosa.id } });

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      message: expect.stringContaining(`managed account ${other.accountId}`),
      holders: [{ accountId: other.accountId, managed: true, active: true }],
      advice: expect.stringContaining('setEmail'),
    });
    expect(fake.user(rosa.id)?.email).toBe('rosa@acme.com');
  });

  test('as an external account is a failure that says whose it is to change', async ({ fake, atlassian }) => {
    const rosa = fake.addUser({ email: 'rosa@acme.com' });
    const other = fake.addAccount({ email: 'nia@partner.example' });

    const result = await atlassian.syncIdentity({
      email: 'nia@partner.example',
      identity: { scimUserId: rosa.id },
      allowUnclaimedDomain: true,
    });

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      message: expect.stringContaining(`external account ${other.accountId}`),
      holders: [{ accountId: other.accountId, managed: false, active: true }],
      advice: expect.stringContaining('its owner must change its email'),
    });
  });

  test('as a record that only the organization key would show is a failure that says that something is there', async ({
    fake,
    connect,
  }) => {
    fake.addUser({ email: 'nia@acme.com', userName: 'u-4471' });
    const atlassian = connect({ admin: undefined });

    const result = await atlassian.syncIdentity({ email: 'nia@acme.com' });

    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      message: expect.stringContaining('a record or an account that the configured credentials cannot see'),
      holders: [],
      advice: expect.stringContaining('organization key'),
    });
  });

  test('as an account of another organization is a failure that says that nobody here can see it', async ({
    fake,
    atlassian,
  }) => {
    fake.addAccount({ email: 'nia@acme.com', claimedByOrg: 'other-org' as never, membership: 'none' });

    const result = await atlassian.syncIdentity({ email: 'nia@acme.com' });

    expect(result.outcome).toBe('failed');
    expect(result.operations[0]?.error).toMatchObject({
      code: 'email_in_use',
      message: expect.stringContaining('cannot see'),
      holders: [],
      advice: expect.stringContaining('another organization'),
    });
    expect(fake.user('nia@acme.com')).toBeUndefined();
  });
});

describe('an externalId', () => {
  test('that differs from that of the record with the email is refused: it may be another person', async ({
    fake,
    atlassian,
  }) => {
    const rosa = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com', externalId: 'e-2', jobTitle: 'Lead' });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_conflict',
      candidates: [{ scimUserId: rosa.id, accountId: rosa.accountId }],
      advice: expect.stringContaining('identity: { scimUserId }'),
    });
    fake.requests.expectNoWrites();
  });

  test('changes when the identity was named by its id', async ({ fake, atlassian }) => {
    const { id } = fake.addUser({ email: 'rosa@acme.com', externalId: 'e-1' });

    const result = await atlassian.syncIdentity({
      email: 'rosa@acme.com',
      externalId: 'e-2',
      identity: { scimUserId: id },
    });

    expect(result.outcome).toBe('updated');
    expect(idsOf(result)).toMatchObject({ externalId: 'e-2' });
    expect(fake.user(id)?.externalId).toBe('e-2');
  });

  test('of another record is refused with both', async ({ fake, atlassian }) => {
    const rosa = fake.addUser({ email: 'rosa@acme.com' });
    const nia = fake.addUser({ email: 'nia@acme.com', externalId: 'e-2' });

    const refusal = atlassian.syncIdentity({
      email: 'rosa@acme.com',
      externalId: 'e-2',
      identity: { scimUserId: rosa.id },
    });

    await expect(refusal).rejects.toMatchObject({
      code: 'identity_conflict',
      candidates: [{ scimUserId: rosa.id }, { scimUserId: nia.id }],
    });
    fake.requests.expectNoWrites();
  });

  test('is given to a record that has none', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com' });

    const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', externalId: 'e-1' });

    expect(result.outcome).toBe('updated');
    expect(fake.user('rosa@acme.com')?.externalId).toBe('e-1');
  });

  test('is compared with regard to case', async ({ fake, atlassian }) => {
    fake.addUser({ email: 'rosa@acme.com', externalId: 'E-1' });

    const refusal = atlassian.syncIdentity({ email: 'rosa@acme.com', externalId: 'e-1' });

    await expect(refusal).rejects.toMatchObject({ code: 'identity_conflict' });
  });
});
