import { beforeEach, describe, expect, test } from 'vitest';
import { errorWith } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
beforeEach(() => {
  session = organizationWorld();
  session.fake.switches.retiredOperations = 'served';
});

describe('a client that still writes by v1, where that is served', () => {
  test('suspends a person, restores and removes', async () => {
    const { fake, rosa, v1, send } = session;
    const person = v1(`/directory/users/${segment(rosa)}`);

    const suspended = await send('POST', `${person}/suspend-access`);
    const whileSuspended = fake.account(rosa.accountId)?.membership;
    const restored = await send('POST', `${person}/restore-access`);
    const whileRestored = fake.account(rosa.accountId)?.membership;
    const removed = await send('DELETE', person);

    expect([suspended, restored]).toMatchObject(Array(2).fill({ status: 200, body: { message: expect.any(String) } }));
    expect([whileSuspended, whileRestored]).toEqual(['suspended', 'active']);
    expect([removed.status, removed.body]).toEqual([204, undefined]);
    expect(fake.account(rosa.accountId)?.membership).toBe('none');
  });

  test('creates a group, whose id it is told, and adds, removes and deletes', async () => {
    const { fake, rosa, v1, send } = session;

    const created = await send('POST', v1('/directory/groups'), { name: 'Night Watch', description: 'At night' });
    const groupId = fake.group('Night Watch')?.orgGroupId ?? '';
    const members = v1(`/directory/groups/${groupId}/memberships`);
    const added = await send('POST', members, { account_id: rosa.accountId });
    const whileIn = fake.group('Night Watch')?.members;
    const removed = await send('DELETE', `${members}/${segment(rosa)}`);
    const whileOut = fake.group('Night Watch')?.members;
    const deleted = await send('DELETE', v1(`/directory/groups/${groupId}`));

    expect(created).toMatchObject({ status: 200, body: { groupId, message: expect.any(String) } });
    expect([added, removed, deleted].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([whileIn, whileOut]).toEqual([['rosa@acme.com'], []]);
    expect(fake.group('Night Watch')).toBeUndefined();
  });

  test('deletes a group that has members only when it insists', async () => {
    const { fake, rosa, local, v1, send } = session;
    const group = v1(`/directory/groups/${local.orgGroupId ?? ''}`);
    await send('POST', `${group}/memberships`, { account_id: rosa.accountId });

    const refused = await send('DELETE', group);
    const insisted = await send('DELETE', `${group}?forceIfNotEmpty=true`);

    expect(refused).toMatchObject(errorWith('ADMIN-409-5'));
    expect([insisted.status, fake.group('Quay Planners')]).toEqual([200, undefined]);
  });

  test('is refused what v2 refuses: a synced group, and a person who is not there', async () => {
    const { rosa, synced, v1, send } = session;

    const locked = await send('POST', v1(`/directory/groups/${synced.orgGroupId ?? ''}/memberships`), {
      account_id: rosa.accountId,
    });
    const nobody = await send('POST', v1('/directory/users/nobody/suspend-access'));

    expect([locked.status, nobody.status]).toEqual([403, 404]);
  });

  test('gets 410 for the searches, the invitation and the roles of v1', async () => {
    const { v1, send } = session;

    const paths = ['/users/search', '/groups/search', '/users/invite', '/directory/groups/g/roles/assign'];
    const answers = await Promise.all(paths.map(async (path) => send('POST', v1(path), {})));

    expect(answers.map(({ status }) => status)).toEqual([410, 410, 410, 410]);
  });
});
