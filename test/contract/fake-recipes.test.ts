import { beforeEach, expect, test } from 'vitest';
import { ATLASSIAN, fakeSession, patchOp, rosa, type FakeSession } from './fake-session.js';

const DAY_MS = 24 * 3600_000;

let session: FakeSession;
let links: string;
beforeEach(() => {
  session = fakeSession();
  session.fake.addDomain('acme.com');
  links = `/admin/user-provisioning/v1/org/${session.fake.organizationId}`;
});

const setEmail = (value: string) => patchOp({ op: 'replace', path: 'emails', value: [{ value, primary: true }] });

test('an address that another synced account holds is freed in three steps', async () => {
  const { fake, scim, admin } = session;
  const history = fake.addUser({ email: 'old@acme.com' });
  const holder = fake.addUser({ email: 'new@acme.com' });
  const manage = `/users/${holder.accountId}/manage/email`;

  const refused = await scim('PATCH', `/Users/${history.id}`, setEmail('new@acme.com'));
  const locked = await admin('PUT', manage, { email: 'unused@acme.com' });
  const dropped = await admin('DELETE', `${links}/user/${holder.accountId}/onlyDeleteUserInDB`);
  const moved = await admin('PUT', manage, { email: 'unused@acme.com' });
  const accepted = await scim('PATCH', `/Users/${history.id}`, setEmail('new@acme.com'));

  expect([refused.status, locked.status, dropped.status, moved.status, accepted.status]).toEqual([
    409, 403, 204, 204, 200,
  ]);
  expect(fake.account('new@acme.com')?.accountId).toBe(history.accountId);
});

test('a synced account is deleted for good after SCIM lets go of it, and its address is free after 14 days', async () => {
  const { fake, scim, admin } = session;
  const { id, accountId = '' } = fake.addUser({ email: 'rosa.quell@acme.com' });
  const erase = async () => (await admin('POST', `/users/${accountId}/manage/lifecycle/delete`)).status;

  const whileSynced = await erase();
  await scim('DELETE', `/Users/${id}`);
  const afterwards = await erase();
  fake.clock.advance(14 * DAY_MS - 1000);
  const lastMoment = fake.account('rosa.quell@acme.com')?.status;
  fake.clock.advance(1000);

  expect([whileSynced, afterwards, lastMoment]).toEqual([403, 200, 'inactive']);
  expect(fake.account(accountId)?.status).toBe('closed');
  expect(fake.account('rosa.quell@acme.com')).toBeUndefined();

  const { body } = await scim('POST', '/Users', rosa());

  expect(body[ATLASSIAN].atlassianAccountId).not.toBe(accountId);
});

test('the directory can bring an account back that is about to be deleted', async () => {
  const { fake, scim, admin } = session;
  const { id, accountId = '' } = fake.addUser({ email: 'rosa.quell@acme.com' });
  await scim('DELETE', `/Users/${id}`);
  await admin('POST', `/users/${accountId}/manage/lifecycle/delete`);

  await scim('POST', '/Users', rosa());
  fake.clock.advance(15 * DAY_MS);

  expect(fake.account('rosa.quell@acme.com')).toMatchObject({ accountId, status: 'active', synced: true });
});

test('a person whom the directory deactivates gives the seat back, and stays in the group', async () => {
  const { fake, scim, admin } = session;
  fake.addUser({ email: 'rosa@acme.com' });
  fake.addAccount({ email: 'noor@acme.com' });
  const crew = fake.addGroup({ name: 'crew', members: ['rosa@acme.com'] });
  const guests = fake.addGroup({ name: 'guests', origin: 'local' });
  fake.addProduct({ key: 'jira-software', capacity: 1, grantedBy: ['crew', 'guests'] });
  const join = async () =>
    (
      await admin(
        'POST',
        `/admin/v2/orgs/${fake.organizationId}/directories/${fake.orgDirectoryId}/groups/${guests.orgGroupId}/memberships`,
        { accountId: fake.account('noor@acme.com')?.accountId },
      )
    ).status;

  const full = await join();
  const user = fake.user('rosa@acme.com')?.id ?? '';
  await scim('PATCH', `/Users/${user}`, patchOp({ op: 'replace', path: 'active', value: false }));
  const free = await join();

  expect([full, free]).toEqual([409, 204]);
  expect(fake.group('crew')?.members).toEqual(crew.members);
});
