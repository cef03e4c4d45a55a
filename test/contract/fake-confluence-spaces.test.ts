import { describe, expect, test } from 'vitest';
import { confluenceSession, resultsOf, type ConfluenceSession } from './confluence-session.js';

const V2 = '/wiki/api/v2';
const ROSA = 'rosa@acme.com';

function withRosa(mode: 'PRE_ROLES' | 'ROLES_TRANSITION' | 'ROLES' | 'absent', switches = {}): ConfluenceSession {
  const session = confluenceSession({ switches });
  session.fake.changeConfluence({ mode });
  session.fake.addAccount({ email: ROSA, groups: ['confluence-users'] });
  return session;
}

const keysIn = (answer: Parameters<typeof resultsOf>[0]): unknown[] => resultsOf(answer).map(({ key }) => key);

describe('a list of version 2', () => {
  test('tells the next page twice, and no page after the last', async () => {
    const { fake, send } = confluenceSession();
    for (const key of ['A', 'B', 'C']) fake.addConfluenceSpace({ key });

    const first = await send('GET', `${V2}/spaces?limit=2`);
    const { next } = (first.body as { _links: { next: string } })._links;
    const last = await send('GET', next);

    expect(next).toMatch(/^\/wiki\/api\/v2\/spaces\?limit=2&cursor=/);
    expect(first.headers.get('link')).toBe(`<${next}>; rel="next"`);
    expect([...keysIn(first), ...keysIn(last)]).toEqual(['A', 'B', 'C']);
    expect((last.body as { _links: object })._links).toEqual({ base: 'https://acme.atlassian.net/wiki' });
    expect(last.headers.has('link')).toBe(false);
  });

  test.each(['limit=0', 'limit=251', 'limit=x', 'cursor=x', 'type=none', 'sort=none', 'ids=x'])(
    'refuses %s',
    async (query) => {
      const { send } = confluenceSession();

      const answer = await send('GET', `${V2}/spaces?${query}`);

      expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'INVALID_REQUEST_PARAMETER' }] } });
    },
  );

  test('of spaces takes filters and an order', async () => {
    const { fake, send } = confluenceSession();
    const first = fake.addConfluenceSpace({ key: 'FIN', status: 'archived' });
    fake.addConfluenceSpace({ key: '~rosa' });
    fake.addConfluenceSpace({ key: 'HR' });

    const of = async (query: string): Promise<unknown[]> => keysIn(await send('GET', `${V2}/spaces?${query}`));

    expect(await of('type=personal')).toEqual(['~rosa']);
    expect(await of('status=archived')).toEqual(['FIN']);
    expect(await of('keys=hr,none')).toEqual(['HR']);
    expect(await of(`ids=${first}`)).toEqual(['FIN']);
    expect(await of('sort=-key')).toEqual(['~rosa', 'HR', 'FIN']);
  });
});

describe('a space', () => {
  test('that is hidden is in no list, and 404 elsewhere; an id that is no number is 400', async () => {
    const { fake, send } = withRosa('ROLES');
    const id = fake.addConfluenceSpace({ key: 'FIN', roles: {} });

    const list = await send('GET', `${V2}/spaces`, { as: ROSA });
    const answers = await Promise.all(
      [id, `${id}/permissions`, `${id}/role-assignments`, '1', 'FIN'].map(async (rest) =>
        send('GET', `${V2}/spaces/${rest}`, { as: ROSA }),
      ),
    );

    expect(keysIn(list)).toEqual([]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 400]);
  });

  test('of version 1 is gone, or served as before with who may view it', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    fake.addConfluenceSpace({ key: 'FIN', unlicensed: true });
    const path = '/wiki/rest/api/space/FIN?expand=permissions';

    const gone = await send('GET', path);
    fake.switches.confluenceSpacesV1 = 'served';
    const served = await send('GET', path);

    expect(gone).toMatchObject({ status: 410, body: { message: expect.stringContaining('GoneException') as string } });
    expect((served.body as { permissions: object[] }).permissions).toContainEqual(
      expect.objectContaining({ operation: { operation: 'read', targetType: 'space' }, unlicensedAccess: true }),
    );
  });

  test('that hides from administrators shows with an admin key, on the host of the site only, until it ends', async () => {
    const { fake, send } = confluenceSession();
    fake.addConfluenceSpace({ key: 'FIN', productAdmins: false, roles: {} });
    const keyed = { headers: { 'atl-confluence-with-admin-key': 'true' } };
    const seen = async (): Promise<unknown[]> => keysIn(await send('GET', `${V2}/spaces`, keyed));

    const before = await seen();
    const none = await send('GET', `${V2}/admin-key`);
    await send('POST', `${V2}/admin-key`, { body: { durationInMinutes: 30 } });
    const during = await seen();
    const unasked = keysIn(await send('GET', `${V2}/spaces`));
    fake.clock.advance(30 * 60_000);
    const after = await seen();

    expect([before, none.status, during, unasked, after]).toEqual([[], 404, ['FIN'], [], []]);
  });

  test('no admin key is for who is no administrator, nor for a site of a small plan', async () => {
    const { fake, send } = withRosa('ROLES');

    const rosa = await send('POST', `${V2}/admin-key`, { as: ROSA });
    fake.changeConfluence({ edition: 'STANDARD' });
    const standard = await send('POST', `${V2}/admin-key`);

    expect([rosa.status, standard.status]).toEqual([404, 404]);
  });
});

describe('classic permissions', () => {
  const path = '/wiki/rest/api/space/FIN/permission';
  const allow = (identifier: string, key: string, target: string) => ({
    body: { subject: { type: 'group', identifier }, operation: { key, target } },
  });

  test('come a row for each thing, access classes in their own letters', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    const id = fake.addConfluenceSpace({ key: 'FIN', permissions: [{ holder: ROSA, operations: ['create/page'] }] });

    const rows = resultsOf(await send('GET', `${V2}/spaces/${id}/permissions?limit=250`));

    expect(rows).toHaveLength(16);
    expect(rows[0]).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      principal: { type: 'access-class', id: 'ALL_PRODUCT_ADMINS' },
      operation: { key: 'read', targetType: 'space' },
    });
    expect(rows.at(-1)).toMatchObject({
      principal: { type: 'user', id: fake.account(ROSA)!.accountId },
      operation: { key: 'create', targetType: 'page' },
    });
  });

  test('a new space is for everybody with a licence', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    fake.addConfluenceSpace({ key: 'FIN' });

    const seen = keysIn(await send('GET', `${V2}/spaces`, { as: ROSA }));

    expect(seen).toEqual(['FIN']);
    expect(fake.confluenceSpace('FIN')?.permissions['all-licensed-users']).toContain('create/page');
  });

  test('reading the space comes first, and nothing twice', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    fake.addConfluenceSpace({ key: 'FIN' });
    fake.addGroup({ name: 'berth-crew', origin: 'local' });
    const groupId = fake.group('berth-crew')!.orgGroupId!;

    const statuses: number[] = [];
    for (const [key, target] of [
      ['create', 'page'],
      ['read', 'space'],
      ['read', 'space'],
      ['create', 'page'],
      ['read', 'page'],
    ] as const)
      statuses.push((await send('POST', path, allow(groupId, key, target))).status);
    const unknown = await send('POST', path, allow('nowhere', 'read', 'space'));

    expect([...statuses, unknown.status]).toEqual([400, 200, 400, 200, 400, 400]);
    expect(fake.confluenceSpace('FIN')?.permissions['berth-crew']).toEqual(['read/space', 'create/page']);
  });

  test('without the reading of the space, all else of a principal goes', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    fake.addGroup({ name: 'berth-crew', origin: 'local' });
    fake.addConfluenceSpace({ key: 'FIN', permissions: [{ holder: 'berth-crew', operations: 'all' }] });
    const added = await send('POST', path, {
      body: {
        subject: { type: 'user', identifier: fake.account(ROSA)!.accountId },
        operation: { key: 'read', target: 'space' },
      },
    });

    const { id } = added.body as { id: number };
    const removed = await send('DELETE', `${path}/${id}`);
    const again = await send('DELETE', `${path}/${id}`);

    expect(Number.isInteger(id)).toBe(true);
    expect([removed.status, again.status]).toEqual([204, 404]);
    expect(Object.keys(fake.confluenceSpace('FIN')!.permissions)).toEqual(['all-product-admins', 'berth-crew']);
  });

  test('the last who administers a space stays', async () => {
    const { fake, send } = withRosa('PRE_ROLES');
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', permissions: [] });
    const rows = resultsOf<{ id: string; operation: { key: string } }>(
      await send('GET', `${V2}/spaces/${spaceId}/permissions`),
    );

    const answers = await Promise.all(
      ['administer', 'read'].map(async (key) =>
        send('DELETE', `${path}/${rows.find(({ operation }) => operation.key === key)!.id}`),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  test.each([
    ['ROLES', 400, 'InvalidRbacOperationException'],
    ['PRE_ROLES', 403, 'PermissionException'],
  ] as const)('in the mode %s a member of the space is refused with %i', async (mode, status, exception) => {
    const { fake, send } = withRosa(mode);
    fake.addConfluenceSpace({ key: 'FIN' });

    const answer = await send('POST', path, { ...allow('confluence-users', 'read', 'space'), as: ROSA });

    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(exception) as string } });
  });

  test.each([
    ['access-class', { type: 'access-class', id: 'ANONYMOUS_USERS' }],
    ['user', { type: 'user', id: 'anonymous' }],
    ['null', null],
  ] as const)('anonymous access shows as: %s', async (confluenceOpenRows, principal) => {
    const { fake, send } = withRosa('PRE_ROLES', { confluenceOpenRows });
    const id = fake.addConfluenceSpace({ key: 'FIN', anonymous: true });

    const rows = resultsOf(await send('GET', `${V2}/spaces/${id}/permissions?limit=250`));

    expect(rows).toContainEqual(
      expect.objectContaining({ principal, operation: { key: 'read', targetType: 'space' } }),
    );
  });

  test('of a group that is deleted are gone', async () => {
    const { fake, send } = withRosa('ROLES_TRANSITION');
    fake.addGroup({ name: 'berth-crew', origin: 'local' });
    fake.addConfluenceSpace({
      key: 'FIN',
      permissions: [{ holder: 'berth-crew', operations: [] }],
      roles: { Viewer: ['berth-crew'] },
    });
    const groupId = fake.group('berth-crew')!.orgGroupId!;

    await fake.fetch(
      `https://api.atlassian.com/admin/v2/orgs/${fake.organizationId}/directories/${fake.orgDirectoryId}/groups/${groupId}`,
      { method: 'DELETE', headers: { authorization: `Bearer ${fake.organizationKey}` } },
    );

    const { roles, permissions } = fake.confluenceSpace('FIN')!;
    expect([Object.keys(roles), Object.keys(permissions)]).toEqual([['all-product-admins'], ['all-product-admins']]);
    expect((await send('GET', `${V2}/spaces`, { as: ROSA })).status).toBe(200);
  });
});

describe('roles', () => {
  test.each([
    ['PRE_ROLES', [200, 404, 404, 404]],
    ['ROLES_TRANSITION', [200, 200, 200, 200]],
    ['ROLES', [200, 200, 200, 200]],
    ['absent', [404, 404, 404, 404]],
  ] as const)('in the mode %s answer %o', async (mode, statuses) => {
    const { fake, send } = withRosa(mode);
    const id = fake.addConfluenceSpace({ key: 'FIN' });

    const answers = await Promise.all(
      ['space-role-mode', 'space-roles', 'space-permissions', `spaces/${id}/role-assignments`].map(async (rest) =>
        send('GET', `${V2}/${rest}`),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  test('are given, changed and taken in one request', async () => {
    const { fake, send } = withRosa('ROLES');
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: [ROSA, 'confluence-users'] } });
    const manager = resultsOf(await send('GET', `${V2}/space-roles`)).find(({ name }) => name === 'Manager')!;
    const principal = { principalType: 'USER', principalId: fake.account(ROSA)!.accountId };
    const group = { principalType: 'GROUP', principalId: fake.group('confluence-users')!.orgGroupId };

    const answer = await send('POST', `${V2}/spaces/${spaceId}/role-assignments`, {
      body: [{ principal, roleId: manager.id }, { principal: group }],
    });

    expect(answer.status).toBe(200);
    expect(resultsOf(answer)).toEqual([{ principal, roleId: manager.id }]);
    expect(fake.confluenceSpace('FIN')?.roles).toEqual({ 'all-product-admins': 'Admin', [ROSA]: 'Manager' });
  });

  test('nothing changes when one entry is wrong', async () => {
    const { fake, send } = withRosa('ROLES');
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: [ROSA] } });
    const principal = { principalType: 'USER', principalId: fake.account(ROSA)!.accountId };
    const path = `${V2}/spaces/${spaceId}/role-assignments`;

    const role = await send('POST', path, { body: [{ principal }, { principal, roleId: 'nowhere' }] });
    const nobody = { principalType: 'USER', principalId: 'nobody' };
    const person = await send('POST', path, { body: [{ principal }, { principal: nobody }] });

    expect([role.status, person.status]).toEqual([400, 400]);
    expect(fake.confluenceSpace('FIN')?.roles[ROSA]).toBe('Viewer');
  });

  test('who has no right to give them learns of no space, and nobody gives more than they have', async () => {
    const { fake, send } = withRosa('ROLES');
    const steward = fake.addConfluenceRole({ name: 'Steward', permissions: ['read/space', 'administer/space'] });
    fake.addAccount({ email: 'ben@acme.com', groups: ['confluence-users'] });
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', roles: { Steward: ['ben@acme.com'], Viewer: [ROSA] } });
    const roles = resultsOf(await send('GET', `${V2}/space-roles`));
    const give = async (as: string, roleId: unknown): Promise<number> => {
      const principal = { principalType: 'ACCESS_CLASS', principalId: 'all-licensed-users' };
      const request = { as, body: [{ principal, roleId }] };
      return (await send('POST', `${V2}/spaces/${spaceId}/role-assignments`, request)).status;
    };

    const admin = roles.find(({ name }) => name === 'Admin')!.id;
    const statuses = [
      await give(ROSA, steward),
      await give('ben@acme.com', admin),
      await give('ben@acme.com', steward),
    ];

    expect(statuses).toEqual([404, 400, 200]);
  });

  test('assignments are filtered by principal, whose type and id go together', async () => {
    const { fake, send } = withRosa('ROLES');
    const id = fake.addConfluenceSpace({ key: 'FIN', anonymous: true });
    const path = `${V2}/spaces/${id}/role-assignments`;

    const anonymous = await send('GET', `${path}?principal-type=ACCESS_CLASS&principal-id=anonymous-users`);
    const half = await send('GET', `${path}?principal-type=ACCESS_CLASS`);

    expect(resultsOf(anonymous)).toHaveLength(1);
    expect(half.status).toBe(400);
  });

  test('while a site moves, roles may show as what they allow', async () => {
    const { fake, send } = withRosa('ROLES_TRANSITION', { confluenceRoleRows: 'flattened' });
    const id = fake.addConfluenceSpace({ key: 'FIN', productAdmins: false, roles: { Admin: [ROSA] } });

    const rows = resultsOf(await send('GET', `${V2}/spaces/${id}/permissions`, { as: ROSA }));

    expect(rows).toHaveLength(14);
  });
});

describe('the fake as a whole', () => {
  test('goes back to a snapshot', async () => {
    const { fake, send } = withRosa('ROLES');
    fake.addConfluenceSpace({ key: 'FIN' });
    const snapshot = fake.snapshot();

    fake.addConfluenceSpace({ key: 'HR' });
    fake.changeConfluence({ mode: 'PRE_ROLES' });
    fake.restore(snapshot);

    expect(keysIn(await send('GET', `${V2}/spaces`))).toEqual(['FIN']);
    expect((await send('GET', `${V2}/space-role-mode`)).body).toEqual({ mode: 'ROLES' });
  });

  test('limits rates with the headers that it is told', async () => {
    const { fake, send } = withRosa('ROLES');
    fake.limitRates([
      {
        operations: 'confluence.spaces.*',
        limit: 1,
        windowMs: 60_000,
        retryAfter: true,
        headers: { 'ratelimit-reason': 'confluence-burst-based' },
      },
    ]);

    await send('GET', `${V2}/spaces`);
    const { status, headers } = await send('GET', `${V2}/spaces`);

    expect([status, headers.get('ratelimit-reason')]).toEqual([429, 'confluence-burst-based']);
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
