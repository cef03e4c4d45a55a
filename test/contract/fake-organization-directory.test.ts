import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView, FakeGroupView } from '../../src/testing/index.js';
import { adminSession, errorWith, pick } from './admin-session.js';
import { organizationWorld, segment, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;
let rosa: FakeAccountView;
let local: FakeGroupView;
let synced: FakeGroupView;

beforeEach(() => {
  session = organizationWorld();
  ({ rosa, local, synced } = session);
});

describe('suspending, restoring and removing people', () => {
  const suspend = async (account: FakeAccountView) =>
    session.send('POST', session.directory(`/users/${segment(account)}/suspend`));
  const restore = async (account: FakeAccountView) =>
    session.send('POST', session.directory(`/users/${segment(account)}/restore`));

  test('a suspended person keeps groups and roles, and a restored one has them again', async () => {
    expect((await suspend(rosa)).status).toBe(204);
    expect(session.fake.account('rosa@acme.com')).toMatchObject({ membership: 'suspended', groups: ['berth-crew'] });
    expect((await restore(rosa)).status).toBe(204);

    expect(session.fake.account('rosa@acme.com')).toMatchObject({ membership: 'active', status: 'active' });
  });

  test('suspension frees the seat, and restoring needs one', async () => {
    const { fake } = session;
    fake.addProduct({ key: 'confluence', capacity: 1, grantedBy: ['Quay Planners'] });
    const ben = fake.addAccount({ email: 'ben@acme.com' });
    await session.send('POST', session.members(local), { accountId: rosa.accountId });
    expect(await session.send('POST', session.members(local), { accountId: ben.accountId })).toMatchObject(
      errorWith('ADMIN-UAM-409-3'),
    );

    await suspend(rosa);
    expect((await session.send('POST', session.members(local), { accountId: ben.accountId })).status).toBe(204);
    expect(await restore(rosa)).toMatchObject(errorWith('ADMIN-UAM-409-3'));
    fake.switches.restoreWithoutSeat = 204;
    expect((await restore(rosa)).status).toBe(204);
  });

  test('an organization admin cannot be suspended before the role is gone', async () => {
    const admin = session.fake.addOrgAdmin({ email: 'admin@acme.com' });

    expect(await suspend(admin)).toMatchObject(errorWith('ADMIN-UAM-400-1'));
    await session.send('POST', session.v1(`/users/${segment(admin)}/roles/revoke`), { role: 'atlassian/org-admin' });
    expect((await suspend(admin)).status).toBe(204);
  });

  test('asking twice answers 204 both times, or 400 with the switch', async () => {
    await suspend(rosa);

    expect((await suspend(rosa)).status).toBe(204);
    session.fake.switches.repeatedSuspension = 400;
    expect((await suspend(rosa)).status).toBe(400);
    await restore(rosa);
    expect((await restore(rosa)).status).toBe(400);
  });

  test('removal loses groups and roles of the directory; a managed person is then not_invited', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', ['jira-software']);
    fake.addRole('rosa@acme.com', jira!.ari);

    const answer = await session.send('DELETE', session.directory(`/users/${segment(rosa)}`));
    const found = await session.send('POST', session.everywhere('/users/search'), { emails: ['rosa@acme.com'] });

    expect(answer.status).toBe(204);
    expect(fake.account('rosa@acme.com')).toMatchObject({
      membership: 'none',
      groups: [],
      roles: [],
      status: 'active',
    });
    expect(pick(found, 'status')).toEqual(['not_invited']);
  });

  test('a person who is not in the directory is 404', async () => {
    const outside = session.fake.addAccount({ email: 'outside@acme.com', membership: 'none' });

    expect(await suspend(outside)).toMatchObject(errorWith('ADMIN-UAM-404-1'));
    expect(await session.send('DELETE', session.directory('/users/nobody'))).toMatchObject(
      errorWith('ADMIN-UAM-404-1'),
    );
  });

  test('`-` in place of the directory is 404, or the one directory with the switch', async () => {
    const everywhere = session.everywhere(`/users/${segment(rosa)}/suspend`);

    expect(await session.send('POST', everywhere)).toMatchObject(errorWith('ADMIN-UAM-404-1'));
    session.fake.switches.dashOnWrites = 'resolved';
    expect((await session.send('POST', everywhere)).status).toBe(204);
  });

  test('refusals have no body with the switch, as the reference documents', async () => {
    session.fake.switches.writeErrorBodies = 'empty';

    const answer = await session.send('DELETE', session.directory('/users/nobody'));

    expect(answer).toMatchObject({ status: 404, body: undefined });
  });
});

describe('invitations', () => {
  const invite = async (body: object) => session.send('POST', session.v2('/users/invite'), body);

  test('creates the account, puts it into the directory, and gives roles and groups', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', ['jira-software']);

    const answer = await invite({
      emails: ['new.person@acme.com'],
      permissionRules: [{ resource: jira!.ari, role: 'atlassian/user' }],
      additionalGroups: [local.orgGroupId],
    });

    const account = fake.account('new.person@acme.com')!;
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: [
          {
            email: 'new.person@acme.com',
            id: account.accountId,
            results: [
              {
                roleAssignmentResult: [
                  { resource: jira!.ari, role: 'ari:cloud:jira-software::role/product/member', status: 'INVITED' },
                ],
                groupAssignmentResult: [{ group: local.orgGroupId, status: 'INVITED', statusReason: null }],
              },
            ],
          },
        ],
      },
    });
    expect(account).toMatchObject({ managed: true, membership: 'active', groups: ['Quay Planners'] });
  });

  test('answers 206 when a part of it failed, and gives the rest', async () => {
    const answer = await invite({
      emails: ['guest@partner.example'],
      additionalGroups: [local.orgGroupId, synced.orgGroupId],
    });

    expect(answer).toMatchObject({
      status: 206,
      body: { data: [{ results: [{ groupAssignmentResult: [{ status: 'INVITED' }, { status: 'ERROR' }] }] }] },
    });
    expect(session.fake.account('guest@partner.example')).toMatchObject({ managed: false, groups: ['Quay Planners'] });
  });

  test('brings a removed person back without what was lost', async () => {
    await session.send('DELETE', session.directory(`/users/${segment(rosa)}`));

    expect((await invite({ emails: ['rosa@acme.com'] })).status).toBe(200);
    expect(session.fake.account('rosa@acme.com')).toMatchObject({ membership: 'active', groups: [] });
  });

  test('needs a paid subscription, a seat, and things that exist', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 0 }]);
    const emails = ['new@acme.com'];
    const rule = { resource: jira!.ari, role: 'atlassian/user' };

    expect(await invite({ emails, permissionRules: [rule] })).toMatchObject(errorWith('ADMIN-UAM-409-3'));
    expect(fake.account('new@acme.com')).toBeUndefined();
    expect(await invite({ emails, additionalGroups: ['nowhere'] })).toMatchObject(errorWith('ADMIN-UAM-404-3'));
    expect(await invite({ emails, permissionRules: [{ ...rule, role: 'atlassian/org-admin' }] })).toMatchObject(
      errorWith('ADMIN-UAM-404-3'),
    );
    expect(await invite({ emails: [] })).toMatchObject(errorWith('ADMIN-UAM-400-1'));
    expect(await invite({ emails: ['not an address'] })).toMatchObject(errorWith('ADMIN-UAM-400-1'));
    const unpaid = adminSession({ paid: false });
    expect(await unpaid.send('POST', unpaid.v2('/users/invite'), { emails })).toMatchObject(
      errorWith('ADMIN-UAM-402-1'),
    );
  });
});
