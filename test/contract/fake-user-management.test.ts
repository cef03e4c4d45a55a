import { beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccountView } from '../../src/testing/index.js';
import { adminSession, type AdminAnswer, type AdminSession } from './admin-session.js';
import { segment } from './organization-world.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let session: AdminSession;
let ben: FakeAccountView;
let rosa: FakeAccountView;

beforeEach(() => {
  session = adminSession();
  const { fake } = session;
  fake.addDomain('acme.com');
  ben = fake.addAccount({ email: 'ben@acme.com', name: 'Ben Ito', nickname: 'ben', profile: { jobTitle: 'Planner' } });
  fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
  rosa = fake.account('rosa@acme.com')!;
});

const manage = async (
  account: Pick<FakeAccountView, 'accountId'>,
  method: string,
  rest = '',
  body?: unknown,
  key?: string,
): Promise<AdminAnswer> =>
  session.send(method, `/users/${encodeURIComponent(account.accountId)}/manage${rest}`, body, key);

const lifecycle = async (account: FakeAccountView, step: string): Promise<AdminAnswer> =>
  manage(account, 'POST', `/lifecycle/${step}`);

const LOCKED = { allowed: false, reason: { key: 'externalDirectory.scim' } };

describe('who may call, and whom', () => {
  test.each([
    ['no credential', () => ''],
    ['a user token', () => session.fake.addKey({ kind: 'site' })],
    ['the key of a SCIM directory', () => session.fake.directoryKey],
  ])('%s is 401, with the key of this API or with the body of the gateway', async (_what, key) => {
    expect(await manage(ben, 'GET', '', undefined, key())).toMatchObject({
      status: 401,
      body: { key: 'unauthorized' },
    });
    session.fake.switches.unauthorizedBody = 'gateway';
    expect(await manage(ben, 'GET', '', undefined, key())).toMatchObject({ status: 401, body: { code: 401 } });
  });

  test('a key with scopes is refused before anything is looked up, whatever its scopes', async () => {
    const key = session.fake.addKey({ scopes: ['manage:org', 'read:accounts:admin'] });

    const answer = await manage({ accountId: 'nobody' as never }, 'GET', '/profile', undefined, key);

    expect(answer).toMatchObject({
      status: 403,
      body: {
        key: 'forbidden.insufficientScope',
        errorKey: 'forbidden.insufficient-scope',
        context: expect.stringContaining('manage:org'),
      },
    });
  });

  test('an unknown account is not found, and one that somebody else manages is forbidden: who exists shows', async () => {
    const guest = session.fake.addAccount({ email: 'guest@partner.example' });

    expect(await manage({ accountId: 'nobody' as never }, 'GET')).toMatchObject({
      status: 404,
      body: {
        key: 'accountNotFound',
        context: 'Error: User account not found',
        errorKey: 'account-not-found',
        errorDetail: 'Error: User account not found',
      },
    });
    expect(await manage(guest, 'GET')).toMatchObject({
      status: 403,
      body: { key: 'forbidden', errorDetail: 'Error: Caller must be a verified org admin of targeted account' },
    });
  });

  test('an account whose email is not verified is refused with the switch', async () => {
    session.fake.changeAccount('ben@acme.com', { emailVerified: false });

    expect((await manage(ben, 'GET')).status).toBe(200);
    session.fake.switches.unverifiedAccount = 'refused';
    expect(await manage(ben, 'GET')).toMatchObject({
      status: 403,
      body: { key: 'forbidden.targetUnverified', errorKey: 'forbidden.target-unverified' },
    });
  });
});

describe('GET manage', () => {
  test('allows everything on an ordinary managed account', async () => {
    const { body } = await manage(ben, 'GET');

    expect(body).toMatchObject({
      'email.set': { allowed: true },
      'lifecycle.enablement': { allowed: true },
      'lifecycle.delete': { allowed: true },
      'profile.write': { name: { allowed: true }, 'extended_profile.job_title': { allowed: true } },
      profile: { name: { allowed: true } },
    });
  });

  test('of a synced account, tells what its directory keeps for itself, and gives no reason for deletion', async () => {
    const { body } = await manage(rosa, 'GET');

    expect(body).toEqual({
      profile: expect.any(Object),
      'profile.write': {
        name: LOCKED,
        nickname: { allowed: true },
        zoneinfo: { allowed: true },
        locale: { allowed: true },
        'extended_profile.job_title': LOCKED,
        'extended_profile.organization': LOCKED,
        'extended_profile.department': LOCKED,
        'extended_profile.location': { allowed: true },
        'extended_profile.phone_number': { allowed: true },
        'extended_profile.team_type': { allowed: true },
      },
      'profile.read': { allowed: true },
      'email.set': LOCKED,
      'lifecycle.enablement': LOCKED,
      'lifecycle.delete': { allowed: false },
      'apiToken.read': { allowed: true },
      'apiToken.delete': { allowed: true },
    });
    session.fake.switches.lockedDeletionReason = 'given';
    expect((await manage(rosa, 'GET')).body).toMatchObject({ 'lifecycle.delete': LOCKED });
  });

  test.each([
    ['repeated', '?privileges=email.set&privileges=lifecycle.delete'],
    ['joined', '?privileges=email.set,lifecycle.delete'],
    ['with an unknown one', '?privileges=email.set&privileges=lifecycle.delete&privileges=fly'],
  ])('shows the privileges that are asked for, %s', async (_how, query) => {
    const { body } = await manage(ben, 'GET', query);

    expect(body).toEqual({ 'email.set': { allowed: true }, 'lifecycle.delete': { allowed: true } });
  });

  test('a Google directory locks as well, and goes on when the SCIM record is gone', async () => {
    session.fake.changeAccount('rosa@acme.com', { googleLocked: true });
    await session.send(
      'DELETE',
      `/admin/user-provisioning/v1/org/${session.fake.organizationId}/user/${segment(rosa)}/onlyDeleteUserInDB`,
    );

    const { body } = await manage(rosa, 'GET', '?privileges=email.set');

    expect(body).toEqual({ 'email.set': { allowed: false, reason: { key: 'externalDirectory.google' } } });
  });

  test('an account under export control cannot be activated, and nobody can deactivate the own account', async () => {
    const key = session.fake.addKey({ ownerAccountId: ben.accountId });
    session.fake.changeAccount('rosa@acme.com', { exportBlocked: true });
    session.fake.addAccount({ email: 'eva@acme.com', exportBlocked: true });
    const eva = session.fake.account('eva@acme.com')!;

    const blocked = await manage(eva, 'GET', '?privileges=lifecycle.enablement');
    const own = await manage(ben, 'GET', '?privileges=lifecycle.enablement,lifecycle.delete', undefined, key);

    expect(blocked.body).toMatchObject({ 'lifecycle.enablement': { reason: { key: 'blocked.exportControl' } } });
    expect(own.body).toMatchObject({
      'lifecycle.enablement': { reason: { key: 'administrative.notMyself' } },
      'lifecycle.delete': { reason: { key: 'administrative.notMyself' } },
    });
    expect(await manage(ben, 'POST', '/lifecycle/disable', {}, key)).toMatchObject({ status: 403 });
    session.fake.switches.notMyself = false;
    expect(await manage(ben, 'POST', '/lifecycle/disable', {}, key)).toMatchObject({ status: 204 });
  });
});

describe('the profile', () => {
  test('is read in snake_case, without the members that are not set', async () => {
    const { body } = await manage(ben, 'GET', '/profile');

    expect(body).toMatchObject({
      account: {
        account_id: ben.accountId,
        account_type: 'atlassian',
        account_status: 'active',
        name: 'Ben Ito',
        nickname: 'ben',
        email: 'ben@acme.com',
        email_verified: true,
        extended_profile: { job_title: 'Planner' },
      },
    });
    expect(body).not.toHaveProperty('account.zoneinfo');
  });

  test('is changed by a plain merge, null clears, and read-only members are passed over', async () => {
    const answer = await manage(ben, 'PATCH', '/profile', {
      nickname: 'benito',
      zoneinfo: 'Europe/Lisbon',
      email: 'other@acme.com',
      extended_profile: { location: 'Porto', job_title: null },
    });

    expect(answer).toMatchObject({
      status: 200,
      body: { account: { name: 'Ben Ito', nickname: 'benito', zoneinfo: 'Europe/Lisbon', email: 'ben@acme.com' } },
    });
    expect(session.fake.account('ben@acme.com')?.profile).toEqual({ location: 'Porto' });
  });

  test('one field that the directory keeps refuses the whole change', async () => {
    const answer = await manage(rosa, 'PATCH', '/profile', {
      name: 'Rosa Ito',
      nickname: 'rosa-q',
      extended_profile: { department: 'Ops' },
    });

    expect(answer).toMatchObject({
      status: 403,
      body: {
        key: 'forbidden.fieldMutation',
        context: { name: LOCKED, 'extended_profile.department': LOCKED },
        errorKey: 'forbidden.field-mutation',
      },
    });
    expect(session.fake.account('rosa@acme.com')).toMatchObject({ name: 'Rosa Quell', nickname: rosa.nickname });
    expect((await manage(rosa, 'PATCH', '/profile', { nickname: 'rosa-q' })).status).toBe(200);
  });

  test.each([
    ['a name over 100', { name: 'n'.repeat(101) }, 'name', 'maxLength'],
    ['a nickname over 30', { nickname: 'n'.repeat(31) }, 'nickname', 'maxLength'],
    ['an empty nickname', { nickname: '' }, 'nickname', 'validCharacters'],
    ['a control character', { name: 'Ben\u0000' }, 'name', 'validCharacters'],
  ])('%s breaks a constraint', async (_what, body, field, key) => {
    expect(await manage(ben, 'PATCH', '/profile', body)).toMatchObject({
      status: 400,
      body: { key: 'fieldConstraintsViolated', context: { fieldViolations: [{ field, violations: [{ key }] }] } },
    });
  });

  test.each([
    ['is not JSON', '{'],
    ['is a list', []],
    ['has a number for text', { name: 7 }],
  ])('a body that %s cannot be read', async (_what, body) => {
    expect(await manage(ben, 'PATCH', '/profile', body)).toMatchObject({
      status: 400,
      body: { key: 'bodyParseFailure', errorKey: 'body-parse-failure' },
    });
  });
});

describe('PUT email', () => {
  const setEmail = async (account: FakeAccountView, email: unknown) => manage(account, 'PUT', '/email', { email });

  test('changes the address everywhere, verified at once', async () => {
    session.fake.changeAccount('ben@acme.com', { emailVerified: false });

    expect(await setEmail(ben, 'ben.ito@acme.com')).toMatchObject({ status: 204, body: undefined });
    const found = await session.send('POST', session.everywhere('/users/search'), { emails: ['ben.ito@acme.com'] });

    expect(found.body).toMatchObject({ data: [{ accountId: ben.accountId, emailVerified: true }] });
  });

  test('to a domain that the organization has not verified is refused, naming the domain', async () => {
    expect(await setEmail(ben, 'ben@Elsewhere.example')).toMatchObject({
      status: 403,
      body: { key: 'forbidden.unclaimedDomain', context: { domain: 'elsewhere.example' } },
    });
  });

  test('of a synced account is refused with the reason, twice', async () => {
    expect(await setEmail(rosa, 'rosa.ito@acme.com')).toMatchObject({
      status: 403,
      body: { key: 'forbidden.action', context: LOCKED, errorKey: 'forbidden.action', errorDetail: LOCKED },
    });
  });

  test('that another account holds is a conflict, or a constraint with the switch; the own one is nothing', async () => {
    expect((await setEmail(ben, 'ROSA@acme.com')).status).toBe(409);
    session.fake.switches.emailTaken = 400;
    expect(await setEmail(ben, 'rosa@acme.com')).toMatchObject({ body: { key: 'fieldConstraintsViolated' } });
    expect((await setEmail(ben, 'ben@acme.com')).status).toBe(204);
  });

  test.each([
    ['no address', 'ben', 'validCharacters'],
    ['a space', 'ben ito@acme.com', 'validCharacters'],
    ['a local part over 255', `${'b'.repeat(256)}@acme.com`, 'partMaxLength'],
  ])('with %s breaks a constraint', async (_what, email, key) => {
    expect(await setEmail(ben, email)).toMatchObject({
      status: 400,
      body: { context: { fieldViolations: [{ field: 'email', violations: [{ key }] }] } },
    });
  });

  test('without an address in the body cannot be read', async () => {
    expect(await manage(ben, 'PUT', '/email', {})).toMatchObject({ status: 400, body: { key: 'bodyParseFailure' } });
  });
});

describe('API tokens', () => {
  test('are listed as a bare array, and revoked one by one', async () => {
    const id = session.fake.addApiToken('ben@acme.com', { label: 'ci', expiresAt: '2027-01-09T00:00:00Z' });
    session.fake.addApiToken('ben@acme.com');

    const before = await manage(ben, 'GET', '/api-tokens');
    const revoked = await manage(ben, 'DELETE', `/api-tokens/${id}`);
    const after = await manage(ben, 'GET', '/api-tokens');

    expect(before.body).toMatchObject([
      { id, label: 'ci', createdAt: '2026-01-05T09:00:00.000Z', expiry: '2027-01-09T00:00:00.000Z' },
      { label: 'token 2' },
    ]);
    expect(revoked).toMatchObject({ status: 204, body: undefined });
    expect(after.body).toMatchObject([{ label: 'token 2' }]);
  });

  test('a token that is not there, or of somebody else, is notFound and not accountNotFound', async () => {
    const id = session.fake.addApiToken('ben@acme.com');

    expect(await manage(rosa, 'DELETE', `/api-tokens/${id}`)).toMatchObject({ status: 404, body: { key: 'notFound' } });
  });
});

describe('the life cycle', () => {
  const statusOf = async (account: FakeAccountView) => {
    const found = await session.send('GET', session.everywhere(`/users/${segment(account)}`));
    return (found.body as { data?: { status: string } }).data?.status;
  };

  test('deactivating and activating answer 204, also when nothing changes', async () => {
    expect((await lifecycle(ben, 'disable')).status).toBe(204);
    expect(await statusOf(ben)).toBe('deactivated');
    expect((await lifecycle(ben, 'disable')).status).toBe(204);
    expect((await lifecycle(ben, 'enable')).status).toBe(204);
    expect((await lifecycle(ben, 'enable')).status).toBe(204);

    expect(await statusOf(ben)).toBe('active');
  });

  test('a message may come with it, a body that is not JSON may not', async () => {
    expect((await manage(ben, 'POST', '/lifecycle/disable', { message: 'Leave of absence' })).status).toBe(204);
    expect((await manage(ben, 'POST', '/lifecycle/disable', '{')).status).toBe(400);
  });

  test('deletion answers 200 with a message, and the account looks deactivated for 14 days', async () => {
    expect(await lifecycle(ben, 'delete')).toMatchObject({ status: 200, body: { message: expect.any(String) } });
    session.fake.clock.advance(14 * DAY_MS - 10_000);

    expect(await statusOf(ben)).toBe('for_deletion');
    expect(session.fake.account('ben@acme.com')).toMatchObject({ status: 'inactive' });
  });

  test('while it lasts, the email stays taken, and nothing but cancelling is possible', async () => {
    await lifecycle(ben, 'delete');
    session.fake.addAccount({ email: 'eva@acme.com' });
    const eva = session.fake.account('eva@acme.com')!;

    expect((await manage(eva, 'PUT', '/email', { email: 'ben@acme.com' })).status).toBe(409);
    for (const step of ['disable', 'enable', 'delete'])
      expect(await lifecycle(ben, step)).toMatchObject({
        status: 409,
        body: { key: 'conflict.lifecycleErrors', context: { accountId: ben.accountId } },
      });
    session.fake.switches.repeatedDeletion = 200;
    expect((await lifecycle(ben, 'delete')).status).toBe(200);
  });

  test('cancelling activates, even an account that was deactivated before', async () => {
    await lifecycle(ben, 'disable');
    await lifecycle(ben, 'delete');
    session.fake.clock.advance(13 * DAY_MS);

    expect(await lifecycle(ben, 'cancel-delete')).toMatchObject({ status: 200, body: { message: expect.any(String) } });
    session.fake.clock.advance(30 * DAY_MS);
    expect(await statusOf(ben)).toBe('active');
  });

  test('scheduled anew after a cancellation, the 14 days start again', async () => {
    await lifecycle(ben, 'delete');
    session.fake.clock.advance(13 * DAY_MS);
    await lifecycle(ben, 'cancel-delete');
    await lifecycle(ben, 'delete');

    session.fake.clock.advance(13 * DAY_MS);
    expect(await statusOf(ben)).toBe('for_deletion');
  });

  test('after 14 days the account is closed: not found, off every list, and its email free', async () => {
    session.fake.addGroup({ name: 'crew', origin: 'local', members: ['ben@acme.com'] });
    await lifecycle(ben, 'delete');
    session.fake.clock.advance(14 * DAY_MS);

    for (const step of ['disable', 'enable', 'delete', 'cancel-delete'])
      expect(await lifecycle(ben, step)).toMatchObject({ status: 404, body: { key: 'accountNotFound' } });
    expect(session.fake.group('crew')?.members).toEqual([]);
    expect((await session.send('GET', session.v1('/users'))).body).toMatchObject({ meta: { total: 1 } });
    const eva = session.fake.addAccount({ email: 'eva@acme.com' });
    expect((await manage(eva, 'PUT', '/email', { email: 'ben@acme.com' })).status).toBe(204);
  });

  test('cancelling what is not scheduled is 404 notFound, or 403 with the switch', async () => {
    expect(await lifecycle(ben, 'cancel-delete')).toMatchObject({ status: 404, body: { key: 'notFound' } });
    session.fake.switches.cancelWithoutDeletion = 403;
    expect((await lifecycle(ben, 'cancel-delete')).status).toBe(403);
  });

  test('what blocks deletion blocks deactivation too, and is listed', async () => {
    session.fake.changeAccount('ben@acme.com', {
      lifecycleBlockers: [{ code: 'lastBillingContact', message: 'Name another contact', link: 'https://example.com' }],
    });
    const expected = {
      status: 409,
      body: {
        key: 'conflict.lifecycleErrors',
        context: {
          message: expect.any(String),
          accountId: ben.accountId,
          errorCodes: [{ code: 'lastBillingContact', message: 'Name another contact', link: 'https://example.com' }],
        },
      },
    };

    expect(await lifecycle(ben, 'disable')).toMatchObject(expected);
    expect(await lifecycle(ben, 'delete')).toMatchObject(expected);
    expect(session.fake.account('ben@acme.com')?.status).toBe('active');
  });

  test.each(['disable', 'enable', 'delete', 'cancel-delete'])('%s of a synced account is refused', async (step) => {
    expect(await lifecycle(rosa, step)).toMatchObject({
      status: 403,
      body: { key: 'forbidden.action', context: LOCKED },
    });
  });

  test('deactivation frees the seat, and the seat is needed by nobody who is deactivated', async () => {
    const { fake } = session;
    const [jira] = fake.addSite('acme', [{ key: 'jira-software', capacity: 1 }]);
    fake.addRole('ben@acme.com', jira!.ari);
    const assign = async () =>
      session.send('POST', session.v1(`/users/${segment(rosa)}/roles/assign`), {
        role: 'atlassian/user',
        resource: jira!.ari,
      });

    expect((await assign()).status).toBe(409);
    await lifecycle(ben, 'disable');
    expect((await assign()).status).toBe(204);
  });

  test('a person removed from SCIM can be activated, and deleted, by the administrator', async () => {
    const { fake } = session;
    await fake.fetch(
      `https://api.atlassian.com/scim/directory/${fake.directoryId}/Users/${fake.user('rosa@acme.com')!.id}`,
      { method: 'DELETE', headers: { authorization: `Bearer ${fake.directoryKey}` } },
    );

    expect(await statusOf(rosa)).toBe('deactivated');
    expect((await lifecycle(rosa, 'enable')).status).toBe(204);
    expect((await lifecycle(rosa, 'delete')).status).toBe(200);
  });

  test('every step is in the audit log', async () => {
    await lifecycle(ben, 'disable');
    await lifecycle(ben, 'enable');
    await lifecycle(ben, 'delete');
    await lifecycle(ben, 'cancel-delete');

    const { body } = await session.send('GET', session.v1('/events-stream'));

    const events = (body as { data: { attributes: { action: string } }[] }).data;
    expect(events.map(({ attributes }) => attributes.action)).toEqual([
      'managed_account_deactivated',
      'managed_account_reactivated',
      'managed_account_deletion_scheduled',
      'managed_account_deletion_cancelled',
    ]);
  });
});
