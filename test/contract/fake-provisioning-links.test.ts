import { internalsOf } from '../../src/testing/internals.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { ATLASSIAN, fakeSession, rosa, type FakeSession } from './fake-session.js';

let session: FakeSession;
let base: string;
beforeEach(() => {
  session = fakeSession();
  base = `/admin/user-provisioning/v1/org/${session.fake.organizationId}`;
});

describe('the links of an account', () => {
  test('are one for each directory that it is synced from', async () => {
    const { fake } = session;
    const first = fake.addUser({ email: 'rosa@acme.com' });
    const directory = fake.addScimDirectory();
    const second = fake.addUser({ email: 'rosa@acme.com', directoryId: directory.id });

    const { status, body } = await session.admin('GET', `${base}/user/${first.accountId}/get-scim-links`);

    expect(status).toBe(200);
    const common = { atlassianAccountId: first.accountId, orgId: fake.organizationId };
    expect(body).toEqual({
      scimLinks: [
        { ...common, scimUserId: first.id, directoryId: fake.directoryId },
        { ...common, scimUserId: second.id, directoryId: directory.id },
      ],
    });
  });

  test('are none for an account that is not synced', async () => {
    const { accountId } = session.fake.addAccount({ email: 'rosa@acme.com' });

    expect(await session.admin('GET', `${base}/user/${accountId}/get-scim-links`)).toMatchObject({
      status: 200,
      body: { scimLinks: [] },
    });
  });

  test('are found by email for a record without a link too, which then has no account id', async () => {
    const { id } = session.fake.addUser({ email: 'rosa@acme.com', link: 'unlinked' });

    const { body } = await session.admin('POST', `${base}/get-scim-links-for-email`, { email: 'Rosa@acme.com' });

    expect(body.scimLinks).toEqual([
      { scimUserId: id, orgId: session.fake.organizationId, directoryId: session.fake.directoryId },
    ]);
  });

  test('need an email in the body', async () => {
    expect((await session.admin('POST', `${base}/get-scim-links-for-email`, {})).status).toBe(400);
  });
});

describe('unlink', () => {
  const unlink = async (scimUserId: string) =>
    session.admin('PATCH', `${base}/scimDirectoryId/${session.fake.directoryId}/scimUserId/${scimUserId}/unlink`);

  test('keeps record and account and breaks what binds them; a later write links them again', async () => {
    const { fake, scim } = session;
    const { id, accountId } = fake.addUser({ email: 'rosa.quell@acme.com' });

    const answer = await unlink(id);

    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect((await scim('GET', `/Users/${id}`)).body).not.toHaveProperty([ATLASSIAN]);
    expect(fake.account('rosa.quell@acme.com')).toMatchObject({ accountId, status: 'active', synced: false });

    await scim('PUT', `/Users/${id}`, rosa());

    expect(fake.user('rosa.quell@acme.com')?.accountId).toBe(accountId);
  });

  test('takes the person out of the synced groups in the products, unless the switch says otherwise', async () => {
    const { fake } = session;
    const first = fake.addUser({ email: 'rosa@acme.com' });
    const second = fake.addUser({ email: 'noor@acme.com' });
    fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com', 'noor@acme.com'] });

    await unlink(first.id);
    fake.switches.unlinkDropsGroups = false;
    await unlink(second.id);

    expect(fake.group('berth-crew')).toMatchObject({
      members: ['noor@acme.com'],
      scimMembers: ['noor@acme.com', 'rosa@acme.com'],
    });
  });

  test('answers 404 for a user of another directory', async () => {
    expect((await unlink('nobody')).status).toBe(404);
  });
});

describe('onlyDeleteUserInDB', () => {
  const drop = async (accountId: string | undefined) =>
    session.admin('DELETE', `${base}/user/${accountId}/onlyDeleteUserInDB`);

  test('drops the records of every directory and leaves the account active and unlocked', async () => {
    const { fake } = session;
    const { accountId } = fake.addUser({ email: 'rosa@acme.com' });
    const other = fake.addScimDirectory();
    fake.addUser({ email: 'rosa@acme.com', directoryId: other.id });
    fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
    fake.addGroup({ name: 'guests', origin: 'local', members: ['rosa@acme.com'] });

    const answer = await drop(accountId);

    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect(internalsOf(fake).state.scimUsers.size).toBe(0);
    expect(fake.account('rosa@acme.com')).toMatchObject({ status: 'active', synced: false, groups: ['guests'] });
  });

  test('is for managed accounts only', async () => {
    const { accountId } = session.fake.addUser({ email: 'noor@partner.example', link: 'external' });

    const answer = await drop(accountId);

    expect(answer.status).toBe(403);
    expect(session.fake.user('noor@partner.example')).toBeDefined();
  });

  test('answers 404 for an account that does not exist', async () => {
    expect((await drop('712020:nobody')).status).toBe(404);
  });
});

describe('who may call', () => {
  test.each([
    ['no credential that is known', 'Bearer nobody', 401],
    ['a site token', `Basic ${btoa('rosa@acme.com:x')}`, 401],
  ])('%s', async (_what, authorization, status) => {
    expect((await session.admin('GET', `${base}/user/x/get-scim-links`, undefined, authorization)).status).toBe(status);
  });

  test('the key of a directory, a key with scopes and the key of another organization are refused', async () => {
    const { fake } = session;
    const keys = [
      fake.directoryKey,
      fake.addKey({ scopes: ['read:orgs:admin'] }),
      fake.addKey({ organizationId: 'another' as never }),
    ];

    const statuses = await Promise.all(
      keys.map(
        async (key) => (await session.admin('GET', `${base}/user/x/get-scim-links`, undefined, `Bearer ${key}`)).status,
      ),
    );

    expect(statuses).toEqual([403, 403, 403]);
  });

  test('a key with scopes is let in where that switch is set', async () => {
    const { fake } = session;
    fake.switches.scopedKeyForLinks = 'accepted';
    const { accountId } = fake.addUser({ email: 'rosa@acme.com' });
    const key = fake.addKey({ scopes: ['read:orgs:admin'] });

    const answer = await session.admin('GET', `${base}/user/${accountId}/get-scim-links`, undefined, `Bearer ${key}`);

    expect(answer.status).toBe(200);
  });
});
