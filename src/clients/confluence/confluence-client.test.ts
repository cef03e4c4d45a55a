import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId, OrgGroupId } from '../../model/ids.js';
import { FakeAtlassian } from '../../testing/fake-atlassian.js';
import { ConfluenceClient } from './confluence-client.js';
import type { ConfluenceSpaceId, ConfluenceSpaceKey, ConfluenceSpaceRoleId } from './confluence-ids.js';

const SPACE = '655361' as ConfluenceSpaceId;
const FIN = 'FIN' as ConfluenceSpaceKey;
const GROUP = 'g-1' as OrgGroupId;
const ROSA = 'rosa@acme.com';
const connection = { url: 'https://acme.atlassian.net', user: ROSA, token: 'ATATT-x' };

async function all<Item>(walk: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of walk) items.push(item);
  return items;
}

/** A client of a server that plays these answers in turn. */
function scripted(options: { readonly cloudId?: string }, ...answers: readonly unknown[]) {
  const requests: Request[] = [];
  const confluence = ConfluenceClient.connect({
    ...connection,
    ...options,
    retry: { maxAttempts: 1 },
    fetch: async (request) => {
      requests.push(request);
      return Response.json(answers[requests.length - 1]);
    },
  });
  return { confluence, requests };
}

/** A client of the fake, on a site whose members of `planners` may use Confluence. */
function faked(options: ConstructorParameters<typeof FakeAtlassian>[0] = {}) {
  const fake = new FakeAtlassian(options);
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addSite('acme', [{ key: 'confluence', grantedBy: ['planners'] }]);
  const confluence = ConfluenceClient.connect({
    url: fake.site.url,
    ...fake.siteCredential,
    fetch: fake.fetch,
    clock: fake.clock,
    retry: { maxAttempts: 1 },
  });
  return { fake, confluence };
}

describe('a list of version 2', () => {
  test('goes on with the cursor of the link alone, also behind the gateway', async () => {
    const { confluence, requests } = scripted(
      { cloudId: 'c-1' },
      {
        results: [{ id: '1', key: 'A', name: 'A' }],
        _links: { next: '/wiki/api/v2/spaces?cursor=x%3D%2F&evil=1', base: 'https://acme.atlassian.net/wiki' },
      },
      { results: [{ id: '2', key: 'B', name: 'B' }], _links: {} },
    );

    const spaces = await all(confluence.spaces.list({ status: 'current' }));

    expect(spaces.map(({ key }) => key)).toEqual(['A', 'B']);
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.atlassian.com/ex/confluence/c-1/wiki/api/v2/spaces?status=current&limit=250',
      'https://api.atlassian.com/ex/confluence/c-1/wiki/api/v2/spaces?status=current&limit=250&cursor=x%3D%2F',
    ]);
  });

  test('takes the cursor of an absolute link to the site', async () => {
    const next = 'https://acme.atlassian.net/wiki/api/v2/spaces?cursor=abc';
    const { confluence } = scripted({ cloudId: 'c-1' }, { results: [], _links: { next } });

    const page = await confluence.spaces.listPage();

    expect(page.next).toBe('abc');
  });

  test('is not taken to another server', async () => {
    const next = 'https://evil.example/wiki/api/v2/spaces?cursor=abc';
    const { confluence } = scripted({}, { results: [], _links: { next } });

    await expect(confluence.spaces.listPage()).rejects.toMatchObject({ code: 'response_invalid' });
  });
});

describe('a list of version 1', () => {
  const group = (name: string) => ({ id: name, name, type: 'group' });

  test('goes on where a short page ended, with its filter', async () => {
    const { confluence, requests } = scripted(
      {},
      { results: [group('a'), group('b')], size: 2, _links: { next: '/rest/api/group?start=2&limit=200' } },
      { results: [group('c')], size: 1, _links: {} },
    );

    const groups = await all(confluence.groups.list({ accessType: 'user' }));

    expect(groups.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(new URL(requests[1]!.url).search).toBe('?accessType=user&start=2&limit=200');
  });

  test('is an error, and no end, where an empty page says that more follow', async () => {
    const { confluence } = scripted({}, { results: [], size: 0, _links: { next: '/rest/api/group?start=0' } });

    await expect(confluence.groups.listPage()).rejects.toMatchObject({ code: 'response_invalid' });
  });

  test('without links goes on while its pages are full', async () => {
    const full = Array.from({ length: 200 }, (_, index) => ({ type: 'known', accountId: `a-${index}` }));
    const { confluence, requests } = scripted({}, { results: full }, { results: [] });

    const members = await all(confluence.groups.listMembers(GROUP));

    expect([members.length, requests.length]).toEqual([200, 2]);
  });

  test('takes no cursor but its own', async () => {
    const { confluence } = scripted({});

    await expect(confluence.groups.listPage({}, 'x')).rejects.toMatchObject({ code: 'request_invalid' });
  });
});

describe('a user', () => {
  test.each([
    [{ isGuest: true, isExternalCollaborator: false }, true],
    [{ isExternalCollaborator: true }, true],
    [{ externalCollaborator: false }, false],
    [{}, undefined],
  ])('with %o is a guest: %s', async (flags, expected) => {
    const { confluence } = scripted({}, { type: 'known', accountId: 'a-1', ...flags });

    const user = await confluence.users.current();

    expect(user.externalCollaborator).toBe(expected);
  });

  test('has nothing in the place of what is hidden or empty', async () => {
    const { confluence } = scripted(
      {},
      { type: 'known', accountId: 'a-1', accountType: '', email: '', displayName: null },
    );

    const user = await confluence.users.current();

    expect(user).toEqual({ accountId: 'a-1' });
  });
});

describe('the mode of a site', () => {
  test.each([
    ['ROLES', 'ROLES', 4],
    ['ROLES_TRANSITION', 'ROLES_TRANSITION', 4],
    ['PRE_ROLES', 'PRE_ROLES', undefined],
    ['absent', 'PRE_ROLES', undefined],
  ] as const)('%s is read as %s, with %s roles', async (mode, read, roles) => {
    const { fake, confluence } = faked();
    fake.changeConfluence({ mode });

    expect(await confluence.spaceRoles.getMode()).toBe(read);
    expect((await confluence.spaceRoles.findAll())?.length).toBe(roles);
  });

  test('that is not to be read is an error', async () => {
    const { fake, confluence } = faked();
    fake.failNext('confluence.spaceRoles.*', { status: 500 });

    await expect(confluence.spaceRoles.getMode()).rejects.toMatchObject({ code: 'server_error' });
  });
});

describe('role assignments', () => {
  test('are made and taken back in one request', async () => {
    const { fake, confluence } = faked();
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', roles: { Viewer: [ROSA] } }) as ConfluenceSpaceId;
    const manager = (await all(confluence.spaceRoles.list())).find(({ name }) => name === 'Manager')!;
    fake.requests.clear();

    await confluence.spaceRoles.setAssignments(spaceId, {
      assign: [
        { principal: { type: 'group', id: fake.group('planners')!.orgGroupId! }, roleId: manager.id },
        { principal: { type: 'access-class', id: 'all-licensed-users' }, roleId: manager.id },
      ],
      remove: [{ type: 'user', id: fake.account(ROSA)!.accountId }],
    });

    expect(fake.confluenceSpace('FIN')?.roles).toEqual({
      'all-product-admins': 'Admin',
      planners: 'Manager',
      'all-licensed-users': 'Manager',
    });
    expect(fake.requests.length).toBe(1);
  });

  const rosa = { type: 'user', id: 'a-1' as AtlassianAccountId } as const;
  test.each([
    ['nothing to do', {}],
    [
      'a role that is missing',
      { assign: [{ principal: rosa, roleId: undefined as unknown as ConfluenceSpaceRoleId }] },
    ],
    ['a role that is empty', { assign: [{ principal: rosa, roleId: '' as ConfluenceSpaceRoleId }] }],
    ['a principal that is empty', { remove: [{ ...rosa, id: '' as AtlassianAccountId }] }],
    ['one principal twice', { assign: [{ principal: rosa, roleId: 'r' as ConfluenceSpaceRoleId }], remove: [rosa] }],
  ])('are not sent with %s', async (_what, change) => {
    const { confluence, requests } = scripted({});

    const sent = confluence.spaceRoles.setAssignments(SPACE, change);

    await expect(sent).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });

  test('name principals as the classic permissions do', async () => {
    const { fake, confluence } = faked();
    fake.changeConfluence({ mode: 'ROLES_TRANSITION' });
    const spaceId = fake.addConfluenceSpace({ key: 'FIN', anonymous: true }) as ConfluenceSpaceId;

    const assigned = await all(confluence.spaceRoles.listAssignments(spaceId));
    const permitted = await all(confluence.spacePermissions.list(spaceId));

    const anonymous = { type: 'access-class', id: 'anonymous-users' };
    expect(assigned.map(({ principal }) => principal)).toContainEqual(anonymous);
    expect(permitted.map(({ principal }) => principal)).toContainEqual(anonymous);
  });
});

describe('classic writes', () => {
  test.each<[string, (confluence: ConfluenceClient) => Promise<unknown>]>([
    ['groupId', ({ groups }) => groups.removeMember('' as OrgGroupId, 'a-1' as AtlassianAccountId)],
    ['accountId', ({ groups }) => groups.addMember('g-1' as OrgGroupId, undefined as never)],
    [
      'subject.id',
      ({ spacePermissions }) =>
        spacePermissions.add(FIN, {
          subject: { type: 'user', id: '' as AtlassianAccountId },
          operation: { key: 'read', target: 'space' },
        }),
    ],
  ])('are not sent without a %s', async (field, write) => {
    const { confluence, requests } = scripted({});

    const sent = write(confluence);

    await expect(sent).rejects.toMatchObject({ code: 'request_invalid', message: expect.stringContaining(field) });
    expect(requests).toEqual([]);
  });

  test('allow, and take back with the id that was given', async () => {
    const { fake, confluence } = faked();
    fake.changeConfluence({ mode: 'PRE_ROLES' });
    fake.addConfluenceSpace({ key: 'FIN', permissions: [] });
    const subject = { type: 'user', id: fake.account(ROSA)!.accountId } as const;

    const id = await confluence.spacePermissions.add(FIN, { subject, operation: { key: 'read', target: 'space' } });
    const during = fake.confluenceSpace('FIN')?.permissions[ROSA];
    await confluence.spacePermissions.remove(FIN, id);

    expect(during).toEqual(['read/space']);
    expect(fake.confluenceSpace('FIN')?.permissions).not.toHaveProperty(ROSA);
  });

  test('take back what is gone already only where an attempt of the same call may have done it', async () => {
    const { fake } = faked();
    const { fetch, clock, site } = fake.connection();
    const confluence = ConfluenceClient.connect({ ...site!, fetch, clock });
    fake.changeConfluence({ mode: 'PRE_ROLES' });
    fake.addConfluenceSpace({ key: 'FIN', permissions: [] });
    const subject = { type: 'user', id: fake.account(ROSA)!.accountId } as const;
    const id = await confluence.spacePermissions.add(FIN, { subject, operation: { key: 'read', target: 'space' } });
    fake.failNext('confluence.spacePermissions.remove', { reset: 'after' });

    await confluence.spacePermissions.remove(FIN, id);

    expect(fake.requests.of('confluence.spacePermissions.remove')).toHaveLength(2);
    expect(fake.confluenceSpace('FIN')?.permissions).not.toHaveProperty(ROSA);
    await expect(confluence.spacePermissions.remove(FIN, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are refused by a site with roles alone, with its own code', async () => {
    const { fake, confluence } = faked();
    fake.addConfluenceSpace({ key: 'FIN' });

    const write = confluence.spacePermissions.add(FIN, {
      subject: { type: 'user', id: 'anonymous' },
      operation: { key: 'read', target: 'space' },
    });

    await expect(write).rejects.toMatchObject({
      code: 'rejected',
      atlassianCode: 'InvalidRbacOperationException',
      detail: expect.stringContaining('roles-only mode') as string,
    });
  });

  test('of the members of a group reach the organization', async () => {
    const { fake, confluence } = faked();
    const { orgGroupId } = fake.group('planners')!;
    const { accountId } = fake.addAccount({ email: 'ben@acme.com' });

    await confluence.groups.addMember(orgGroupId!, accountId);
    await confluence.groups.removeMember(orgGroupId!, fake.account(ROSA)!.accountId);

    expect(fake.group('planners')?.members).toEqual(['ben@acme.com']);
  });
});

describe('what is hidden', () => {
  test('shows with an admin key while it is on', async () => {
    const { fake, confluence } = faked();
    fake.addConfluenceSpace({ key: 'FIN', productAdmins: false, roles: {} });
    const keyed = confluence.withAdminKey();
    const keys = async (client: ConfluenceClient): Promise<string[]> =>
      (await all(client.spaces.list())).map(({ key }) => key);

    const before = [await confluence.instance.findAdminKey(), await keys(keyed)];
    const key = await confluence.instance.enableAdminKey(30);
    const during = [await keys(confluence), await keys(keyed)];
    await confluence.instance.disableAdminKey();
    const after = await keys(keyed);

    expect([before, during, after]).toEqual([[undefined, []], [[], ['FIN']], []]);
    expect(key.expirationTime).toMatch(/^2026-01-05T09:30/);
  });

  test('is told of version 1 only where that still answers', async () => {
    const { fake, confluence } = faked();
    fake.changeConfluence({ mode: 'PRE_ROLES' });
    fake.addConfluenceSpace({ key: 'FIN', anonymous: true });

    const gone = await confluence.spaces.findOpenAccess(FIN);
    fake.switches.confluenceSpacesV1 = 'served';
    const served = await confluence.spaces.findOpenAccess(FIN);

    expect([gone, served]).toEqual([undefined, { anonymous: true, unlicensed: false }]);
  });

  test.each([true, false])('is open to everybody only if the site is: %s', async (anonymousAccess) => {
    const { fake, confluence } = faked();
    fake.changeConfluence({ anonymousAccess });

    expect(await confluence.instance.allowsAnonymous()).toBe(anonymousAccess);
  });
});

test('more people than Confluence reads at once are refused, not cut off', async () => {
  const { confluence, requests } = scripted({});
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `a-${index}` as AtlassianAccountId);

  await expect(confluence.users.bulkV1(ids(101))).rejects.toMatchObject({ code: 'request_invalid' });
  await expect(confluence.users.bulk(ids(251))).rejects.toMatchObject({ code: 'request_invalid' });
  expect(requests).toEqual([]);
});
