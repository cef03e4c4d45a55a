import { beforeEach, describe, expect, test } from 'vitest';
import { DOCUMENTED_RATE_LIMITS } from '../../src/testing/index.js';
import { basic, bitbucketSession, type BitbucketAnswer, type BitbucketSession } from './bitbucket-session.js';

let session: BitbucketSession;
beforeEach(() => {
  session = bitbucketSession();
});

const API = '/2.0/repositories/acme/api';
const message = ({ body }: BitbucketAnswer) => body.error.message;
const slugsOf = ({ body }: BitbucketAnswer) => body.values.map(({ slug }) => slug);
const permissionsOf = ({ body }: BitbucketAnswer) =>
  Object.fromEntries(body.values.map(({ user, permission }) => [user.display_name, permission]));

describe('the token endpoint', () => {
  test('gives a consumer a token with its scopes', async () => {
    const { status, body } = await session.askToken(session.fake.bitbucketConsumer);

    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 7200,
      scope: 'account team project repository:admin project:admin',
    });
  });

  test('gave more, under another name, before May 2026', async () => {
    session.fake.switches.bitbucketTokens = 'before';

    const { body } = await session.askToken(session.fake.bitbucketConsumer);

    expect(body).toMatchObject({ scopes: expect.any(String), refresh_token: expect.any(String) });
    expect(body).not.toHaveProperty('scope');
  });

  test.each([
    ['another grant', {}, 'grant_type=password', 400, 'invalid_grant'],
    ['no grant', {}, '', 400, 'invalid_grant'],
    ['a wrong secret', { oauthSecret: 'wrong' }, undefined, 401, 'unauthorized_client'],
  ])('refuses %s in the words of OAuth', async (_, change, form, status, error) => {
    const answer = await session.askToken({ ...session.fake.bitbucketConsumer, ...change }, form);

    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error, error_description: expect.any(String) });
  });

  test('refuses a consumer that is public', async () => {
    const consumer = session.fake.addOauthConsumer({ private: false });

    const { status, body } = await session.askToken(consumer);

    expect([status, body.error]).toEqual([400, 'invalid_grant']);
    expect(body.error_description).toContain('marked as "public"');
  });
});

describe('a credential', () => {
  test('of a consumer ends with its time, in the middle of a list too', async () => {
    session.fake.switches.bitbucketTokenLifetimeS = 60;
    const bearer = await session.bearer();
    const first = await session.get('/2.0/repositories/acme?pagelen=1', bearer);
    session.fake.clock.advance(60_000);

    const second = await session.get(first.body.next.replace('https://api.bitbucket.org', ''), bearer);

    expect([first.status, second.status]).toEqual([200, 401]);
    expect(message(second)).toBe('Token is invalid, expired, or not supported for this endpoint.');
  });

  test('in the query opens nothing', async () => {
    const token = (await session.bearer()).replace('Bearer ', '');

    const { status } = await session.get(`/2.0/workspaces/acme/members?access_token=${token}`, null);

    expect(status).toBe(401);
  });

  test.each([
    ['an app password', () => `Basic ${btoa(`rosa:${session.fake.addAppPassword('rosa')}`)}`],
    [
      'a token without scopes',
      () => basic({ user: 'olga@acme.com', apiToken: session.fake.addUserToken('olga@acme.com') }),
    ],
    [
      'a token of another app',
      () =>
        basic({
          user: 'olga@acme.com',
          apiToken: session.fake.addUserToken('olga@acme.com', { scopes: ['read:jira-work'] }),
        }),
    ],
  ])('that is %s is refused, with the challenge of Basic', async (_, make) => {
    const { status, headers } = await session.get('/2.0/user', make());

    expect(status).toBe(401);
    expect(headers.get('www-authenticate') ?? 'none').toMatch(/^(Basic realm="Bitbucket\.org HTTP"|none)$/);
  });

  test.each([
    [['account'], '/2.0/workspaces/acme/projects', ['project']],
    [['project:admin'], '/2.0/workspaces/acme/projects', ['project']],
    [['account', 'project'], `${API}/permissions-config/users`, ['repository:admin']],
    [['repository:admin'], '/2.0/repositories/acme', ['repository']],
    [['project', 'repository:admin'], '/2.0/workspaces/acme/projects/PAY/permissions-config/groups', ['project:admin']],
    [['project', 'repository:admin'], '/2.0/workspaces/acme/permissions', ['account']],
    [['team'], '/1.0/groups/acme', ['account']],
  ])('with the scopes %j may not read %s', async (scopes, path, required) => {
    const bearer = await session.bearer(session.fake.addOauthConsumer({ scopes }));

    const { status, body } = await session.get(path, bearer);

    expect(status).toBe(403);
    expect(body.error.detail.required).toEqual(required);
    expect(body.error.detail.granted).toEqual(expect.arrayContaining(scopes));
  });

  test('with the scope project may read repositories too', async () => {
    const bearer = await session.bearer(session.fake.addOauthConsumer({ scopes: ['project'] }));

    const { status, headers } = await session.get('/2.0/repositories/acme', bearer);

    expect([status, headers.get('x-oauth-scopes')]).toEqual([200, 'project, repository']);
  });

  test.each(['PUT', 'DELETE'])('of OAuth may not %s a grant, whatever its scopes', async (method) => {
    const path = `${API}/permissions-config/groups/${session.fake.addBitbucketGroup({ name: 'berth-crew' }).slug}`;

    const refusal = await session.send(method, path, { permission: 'read' }, await session.bearer());

    expect(refusal.status).toBe(403);
    expect(message(refusal)).toBe(
      'This API is only accessible with the following authentication types: apppassword, session, api_token',
    );
    expect(session.fake.bitbucketGrants({ repository: 'api' }).groups).toEqual({ 'berth-crew': 'admin' });
  });

  test('that is an access token reads rules and no permissions', async () => {
    const token = `Bearer ${session.fake.addBitbucketAccessToken({ scopes: ['repository', 'repository:admin'] })}`;

    const rules = await session.get(`${API}/branch-restrictions`, token);
    const grants = await session.get(`${API}/permissions-config/users`, token);

    expect([rules.status, grants.status]).toEqual([200, 403]);
  });
});

describe('who may see what', () => {
  test('nobody in particular sees the public repositories alone, with 200', async () => {
    const answer = await session.get('/2.0/repositories/acme', null);

    expect([answer.status, slugsOf(answer)]).toEqual([200, ['site']]);
  });

  test('a person sees what was granted to them, and no more', async () => {
    session.fake.addRepository({ project: 'OPS', name: 'Vault' });
    const noor = basic(session.fake.addBitbucketToken('noor@acme.com'));

    const list = await session.get('/2.0/repositories/acme', noor);
    const hidden = await session.get('/2.0/repositories/acme/vault', noor);

    expect(slugsOf(list)).toEqual(['api', 'site']);
    expect([hidden.status, message(hidden)]).toEqual([404, 'Repository acme/vault not found']);
  });

  test('a stranger is told that they are one', async () => {
    session.fake.addAccount({ email: 'ines@acme.com' });
    const stranger = basic(session.fake.addBitbucketToken('ines@acme.com'));

    const refusal = await session.get('/2.0/workspaces/acme/permissions', stranger);

    expect([refusal.status, message(refusal)]).toEqual([403, 'You do not have access to this workspace.']);
  });

  test('a workspace that is none is 404 in its own words', async () => {
    const refusal = await session.get('/2.0/workspaces/nope');

    expect([refusal.status, message(refusal)]).toEqual([404, "No workspace with identifier 'nope'."]);
  });

  test.each([
    ['/2.0/workspaces/acme/permissions/repositories', 403],
    [`${API}/permissions-config/users`, 403],
    [`${API}/branch-restrictions`, 403],
    ['/2.0/workspaces/acme/permissions/repositories/api', 403],
    ['/2.0/workspaces/acme/projects/PAY/permissions-config/users', 403],
    ['/1.0/groups/acme', 403],
    ['/2.0/workspaces/acme/permissions', 200],
    [`${API}/effective-branching-model`, 200],
  ])('somebody who may write reads %s with %i', async (path, expected) => {
    const noor = basic(session.fake.addBitbucketToken('noor@acme.com'));

    const { status, body } = await session.get(path, noor);

    expect(status).toBe(expected);
    expect(body).not.toHaveProperty('error.detail');
  });

  test('a consumer can have the rights of a person', async () => {
    const bearer = await session.bearer(session.fake.addOauthConsumer({ actsAs: 'rosa@acme.com' }));

    const own = await session.get(`${API}/permissions-config/groups`, bearer);
    const workspace = await session.get('/2.0/workspaces/acme/permissions/repositories', bearer);

    expect([own.status, workspace.status]).toEqual([200, 403]);
  });
});

describe('a list', () => {
  beforeEach(() => {
    for (let index = 1; index <= 23; index += 1)
      session.fake.addRepository({ project: 'BIG', name: `Repo ${String(index).padStart(2, '0')}` });
  });

  test('has ten elements a page unless told otherwise, and no next on the last', async () => {
    const sizes: number[] = [];
    let next = '/2.0/repositories/acme';
    while (next !== '') {
      const { body } = await session.get(next);
      sizes.push(body.values.length);
      next = 'next' in body ? body.next.replace('https://api.bitbucket.org', '') : '';
    }

    expect(sizes).toEqual([10, 10, 5]);
  });

  test('can tell its place by a hash alone', async () => {
    session.fake.switches.bitbucketPages = 'hashed';
    const { body } = await session.get('/2.0/repositories/acme?pagelen=20');

    const second = await session.get(body.next.replace('https://api.bitbucket.org', ''));

    expect(Object.keys(body)).toEqual(['values', 'pagelen', 'next']);
    expect(second.body.values).toHaveLength(5);
  });

  test('takes no more than 100 elements a page', async () => {
    const refused = await session.get('/2.0/repositories/acme?pagelen=101');
    session.fake.switches.bitbucketLongPages = 'clamped';
    const clamped = await session.get('/2.0/repositories/acme?pagelen=101');

    expect([refused.status, message(refused), clamped.body.pagelen]).toEqual([400, 'Invalid pagelen', 100]);
  });

  test('keeps what fields name, and loses the next page that they do not', async () => {
    const without = await session.get('/2.0/repositories/acme?fields=values.slug,values.project.key');
    const withNext = await session.get('/2.0/repositories/acme?fields=next,values.slug');

    expect(without.body.values[0]).toEqual({ slug: 'api', project: { key: 'PAY' } });
    expect(Object.keys(without.body)).toEqual(['values']);
    expect(Object.keys(withNext.body)).toEqual(['values', 'next']);
  });

  test('adds what is hidden, and drops what is not wanted', async () => {
    const plain = await session.get('/2.0/workspaces/acme/permissions');
    const added = await session.get(
      '/2.0/workspaces/acme/permissions?fields=%2Bvalues.user.account_status,-values.links',
    );

    expect(plain.body.values[0]?.user).not.toHaveProperty('account_status');
    expect(added.body.values[0]).toMatchObject({ permission: 'owner', user: { account_status: 'active' } });
    expect(added.body.values[0]).not.toHaveProperty('links');
  });

  test.each([
    ['project.key="PAY"', ['api', 'site']],
    ['project.key="BIG" AND name~"repo 01"', ['repo-01']],
    ['is_private=false OR slug="api"', ['api', 'site']],
    ['(slug="api" OR slug="repo-02") AND project.key="BIG"', ['repo-02']],
    ['slug IN ("site", "api")', ['api', 'site']],
    ['project.key NOT IN ("BIG")', ['api', 'site']],
    ['created_on>2020-01-01T00:00:00+00:00 AND project.key!="BIG"', ['api', 'site']],
    ['slug !~ "repo"', ['api', 'site']],
  ])('is filtered by q=%s', async (q, expected) => {
    const answer = await session.get(`/2.0/repositories/acme?pagelen=50&q=${encodeURIComponent(q)}`);

    expect(slugsOf(answer)).toEqual(expected);
  });

  test.each(['size=1', 'slug=', '(slug="api"', 'slug="api" slug="site"', 'slug ? "api"', 'slug IN "api"'])(
    'refuses q=%s',
    async (q) => {
      const { status } = await session.get(`/2.0/repositories/acme?q=${encodeURIComponent(q)}`);

      expect(status).toBe(400);
    },
  );

  test('is sorted by one attribute', async () => {
    const { body } = await session.get('/2.0/repositories/acme?sort=-name&pagelen=2');

    expect(body.values.map(({ name }) => name)).toEqual(['Site', 'Repo 23']);
  });
});

describe('members', () => {
  test('are looked up by the emails that are asked for, by administrators', async () => {
    const q = encodeURIComponent('user.email IN ("noor@acme.com", "nobody@acme.com")');
    const path = `/2.0/workspaces/acme/members?fields=%2Bvalues.user.email&q=${q}`;
    const noor = basic(session.fake.addBitbucketToken('noor@acme.com'));

    const found = await session.get(path);
    const refused = await session.get(path, noor);

    expect(found.body.values.map(({ user }) => user.email)).toEqual(['noor@acme.com']);
    expect(refused.status).toBe(403);
  });

  test('are not looked up by more than 90 emails at once', async () => {
    const emails = Array.from({ length: 91 }, (_, index) => `"p${String(index)}@acme.com"`).join(',');

    const { status } = await session.get(
      `/2.0/workspaces/acme/members?q=${encodeURIComponent(`user.email IN (${emails})`)}`,
    );

    expect(status).toBe(400);
  });

  test('show no email by themselves', async () => {
    const { body } = await session.get('/2.0/workspaces/acme/members?fields=%2Bvalues.user.email');

    expect(JSON.stringify(body)).not.toContain('@acme.com');
  });

  test('of a group are there, those with a grant alone are collaborators, and those who are deactivated are not', async () => {
    session.fake.addAccount({ email: 'ines@acme.com' });
    session.fake.addAccount({ email: 'gone@acme.com', status: 'inactive' });
    session.fake.addBitbucketMember('gone@acme.com');
    session.fake.addRepository({ project: 'PAY', name: 'Docs', grants: { 'ines@acme.com': 'read' } });

    const answer = await session.get('/2.0/workspaces/acme/permissions');

    expect(permissionsOf(answer)).toEqual({ Olga: 'owner', Noor: 'member', Rosa: 'member', Ines: 'collaborator' });
  });

  test('have dates only while the workspace is not managed elsewhere', async () => {
    const managed = await session.get('/2.0/workspaces/acme/permissions');
    session.fake.switches.bitbucketManaged = false;
    const unmanaged = await session.get('/2.0/workspaces/acme/permissions');

    expect(managed.body.values[0]).not.toHaveProperty('added_on');
    expect(unmanaged.body.values[0]?.added_on).toMatch(/^2026-01-05T09:00:00\.\d{6}\+00:00$/);
  });
});

describe('grants', () => {
  const users = `${API}/permissions-config/users`;

  test('are the explicit ones, without those of the project, the members of groups and the owners', async () => {
    const people = await session.get(users);
    const groups = await session.get(`${API}/permissions-config/groups`);

    expect(people.body.values).toMatchObject([
      { type: 'repository_user_permission', permission: 'write', user: { display_name: 'Noor' } },
    ]);
    expect(groups.body.values).toMatchObject([
      { type: 'repository_group_permission', permission: 'admin', group: { name: 'berth-crew' } },
    ]);
  });

  test('are none where there is none', async () => {
    const rosa = session.fake.account('rosa@acme.com')?.accountId ?? '';

    const { status, body } = await session.get(`${users}/${rosa}`);

    expect([status, body.permission]).toEqual([200, 'none']);
  });

  test('are made, changed and taken back', async () => {
    const rosa = `${users}/${session.fake.account('rosa@acme.com')?.accountId ?? ''}`;

    const made = await session.send('PUT', rosa, { permission: 'read' });
    const changed = await session.send('PUT', rosa, { permission: 'admin' });
    const before = session.fake.bitbucketGrants({ repository: 'api' }).users;
    const revoked = await session.send('DELETE', rosa);
    const again = await session.send('DELETE', rosa);

    expect([made.status, changed.body.permission, revoked.status, again.status]).toEqual([200, 'admin', 204, 204]);
    expect(before).toEqual({ 'noor@acme.com': 'write', 'rosa@acme.com': 'admin' });
    expect(session.fake.bitbucketGrants({ repository: 'api' }).users).toEqual({ 'noor@acme.com': 'write' });
  });

  test('take create-repo on projects alone', async () => {
    const { slug } = session.fake.addBitbucketGroup({ name: 'berth-crew' });

    const project = await session.send('PUT', `/2.0/workspaces/acme/projects/PAY/permissions-config/groups/${slug}`, {
      permission: 'create-repo',
    });
    const repository = await session.send('PUT', `${API}/permissions-config/groups/${slug}`, {
      permission: 'create-repo',
    });

    expect([project.status, repository.status, message(repository)]).toEqual([
      200,
      400,
      'create-repo is not a valid permission',
    ]);
    expect(session.fake.bitbucketGrants({ project: 'PAY' }).groups).toEqual({ 'berth-crew': 'create-repo' });
  });

  test.each([
    ['none', 'rosa@acme.com', 400, 'none is not a valid permission'],
    ['write', 'olga@acme.com', 400, 'This user is linked to this workspace'],
    ['write', 'stranger@acme.com', 404, 'not a member'],
  ])('of %s to %s are refused with %i', async (permission, email, status, words) => {
    session.fake.addAccount({ email: 'stranger@acme.com' });

    const refusal = await session.send('PUT', `${users}/${session.fake.account(email)?.accountId ?? ''}`, {
      permission,
    });

    expect(refusal.status).toBe(status);
    expect(message(refusal)).toContain(words);
  });

  test('to somebody new are refused with 402 when no seat is left', async () => {
    session.fake.addBitbucketWorkspace({ seats: 3 });
    session.fake.addAccount({ email: 'stranger@acme.com' });
    const path = `${users}/${session.fake.account('stranger@acme.com')?.accountId ?? ''}`;

    const { status } = await session.send('PUT', path, { permission: 'read' });

    expect(status).toBe(402);
  });

  test('need the scope of an API token for writing, and for deleting', async () => {
    const path = `${users}/${session.fake.account('noor@acme.com')?.accountId ?? ''}`;
    const writer = basic(
      session.fake.addBitbucketToken('olga@acme.com', ['admin:repository:bitbucket', 'write:permission:bitbucket']),
    );

    const put = await session.send('PUT', path, { permission: 'read' }, writer);
    const revoked = await session.send('DELETE', path, undefined, writer);

    expect([put.status, revoked.status]).toEqual([200, 403]);
    expect(revoked.body.error.detail.required).toEqual(['admin:repository:bitbucket', 'delete:permission:bitbucket']);
  });
});

describe('effective permissions', () => {
  test('are the highest of all ways, owners and projects included, for people alone', async () => {
    const { body } = await session.get('/2.0/workspaces/acme/permissions/repositories?pagelen=100');

    const levels = body.values.map(
      (value) => `${value.user.display_name} ${value.permission} ${value.repository.full_name}`,
    );
    expect(levels.sort()).toEqual([
      'Noor write acme/api',
      'Olga admin acme/api',
      'Olga admin acme/site',
      'Rosa admin acme/api',
      'Rosa read acme/site',
    ]);
  });

  test('count the right to create repositories as writing', async () => {
    session.fake.addBitbucketProject({ key: 'PAY', grants: { 'noor@acme.com': 'create-repo' } });

    const answer = await session.get(
      `/2.0/workspaces/acme/permissions/repositories/site?q=${encodeURIComponent('permission>"read"')}`,
    );

    expect(permissionsOf(answer)).toEqual({ Noor: 'write', Olga: 'admin' });
  });
});

describe('branch restrictions', () => {
  const rules = `${API}/branch-restrictions`;

  test('are listed, filtered by kind and by the exact pattern', async () => {
    await session.send('POST', rules, { kind: 'push', pattern: 'main', users: [], groups: [] });
    await session.send('POST', rules, { kind: 'force', pattern: '*' });
    await session.send('POST', rules, {
      kind: 'force',
      branch_match_kind: 'branching_model',
      branch_type: 'production',
    });

    const [all, kind, pattern] = [
      await session.get(rules),
      await session.get(`${rules}?kind=force`),
      await session.get(`${rules}?pattern=main`),
    ];

    expect([all, kind, pattern].map(({ body }) => body.values.length)).toEqual([3, 2, 1]);
    expect(all.body.values[2]).toMatchObject({
      branch_match_kind: 'branching_model',
      branch_type: 'production',
      pattern: '',
    });
  });

  test('are one of a kind and pattern', async () => {
    const first = await session.send('POST', rules, { kind: 'force', pattern: 'main' });
    const second = await session.send('POST', rules, { kind: 'force', pattern: 'main' });
    const other = await session.send('POST', rules, { kind: 'delete', pattern: 'main' });

    expect([first.status, second.status, other.status]).toEqual([201, 409, 201]);
  });

  test('exempt people for two kinds only', async () => {
    const users = [{ account_id: session.fake.account('noor@acme.com')?.accountId }];

    const push = await session.send('POST', rules, { kind: 'push', pattern: 'main', users, groups: [] });
    const force = await session.send('POST', rules, { kind: 'force', pattern: 'main', users, groups: [] });

    expect([push.body.users.length, force.body.users.length]).toEqual([1, 0]);
  });

  test('are changed and deleted by their id', async () => {
    const { body } = await session.send('POST', rules, { kind: 'force', pattern: 'main' });
    const changed = await session.send('PUT', `${rules}/${body.id}`, { kind: 'force', pattern: 'release/*' });
    const read = await session.get(`${rules}/${body.id}`);
    const deleted = await session.send('DELETE', `${rules}/${body.id}`);
    const gone = await session.get(`${rules}/${body.id}`);

    expect([changed.status, read.body.pattern, deleted.status, gone.status]).toEqual([200, 'release/*', 204, 404]);
  });

  test('of the project are hidden, unless the fake is told that they are shown', async () => {
    session.fake.addBitbucketProject({ key: 'PAY', branchRestrictions: [{ kind: 'push', pattern: 'main' }] });
    session.fake.addRepository({ project: 'PAY', name: 'Docs', inheritsBranchRestrictions: true });
    const path = '/2.0/repositories/acme/docs/branch-restrictions';

    const hidden = await session.get(path);
    session.fake.switches.bitbucketProjectRules = 'shown';
    const shown = await session.get(path);

    expect([hidden.body.values.length, shown.body.values.length]).toEqual([0, 1]);
  });

  test('can be of a model, which a repository has of its own or from its project', async () => {
    session.fake.addBitbucketProject({ key: 'PAY', branchingModel: { production: { name: 'live' } } });
    session.fake.addRepository({ project: 'PAY', name: 'Own', branchingModel: { development: { name: 'develop' } } });

    const inherited = await session.get(`${API}/effective-branching-model`);
    const own = await session.get('/2.0/repositories/acme/own/effective-branching-model');

    expect(inherited.body).toMatchObject({
      development: { name: 'main', use_mainbranch: true, branch: { name: 'main' } },
      production: { name: 'live', use_mainbranch: false },
    });
    expect(own.body).toEqual({
      type: 'effective_repo_branching_model',
      development: { name: 'develop', use_mainbranch: false },
      branch_types: [],
    });
  });

  test('of an empty repository have a model without names', async () => {
    session.fake.addRepository({ project: 'PAY', name: 'Empty', mainBranch: null });

    const repository = await session.get('/2.0/repositories/acme/empty');
    const { body } = await session.get('/2.0/repositories/acme/empty/effective-branching-model');

    expect(repository.body.mainbranch).toBeNull();
    expect(body.development).toEqual({ name: null, use_mainbranch: true });
  });
});

describe('groups', () => {
  test('come in one bare list with their members, by the id that the organization has for them', async () => {
    const { body } = await session.get('/1.0/groups/acme');

    expect(body).toMatchObject([{ name: 'berth-crew', permission: null, members: [{ display_name: 'Rosa' }] }]);
    expect(body[0]?.slug).toMatch(/^09900000-/);
  });

  test('go by a slug where the workspace is not managed elsewhere', async () => {
    session.fake.switches.bitbucketManaged = false;

    const { body } = await session.get('/1.0/groups/acme/berth-crew');

    expect(body.slug).toBe('berth-crew');
  });

  test('are not served by the UUID of the workspace', async () => {
    const { uuid } = session.fake.addBitbucketWorkspace();

    const { status } = await session.get(`/1.0/groups/${encodeURIComponent(uuid)}`);

    expect(status).toBe(405);
  });

  test('can be closed to consumers', async () => {
    const bearer = await session.bearer();
    const open = await session.get('/1.0/groups/acme', bearer);
    session.fake.switches.bitbucketOauthGroups = false;

    const closed = await session.get('/1.0/groups/acme', bearer);

    expect([open.status, closed.status]).toEqual([200, 401]);
  });

  test('are written where the workspace is not managed elsewhere, with a scope that no API token has', async () => {
    const bearer = await session.bearer(session.fake.addOauthConsumer({ scopes: ['account:write'] }));
    const { slug } = session.fake.addBitbucketGroup({ name: 'berth-crew' });
    const noor = session.fake.account('noor@acme.com')?.accountId ?? '';

    const managed = await session.send('PUT', `/1.0/groups/acme/${slug}/members/${noor}`, {}, bearer);
    session.fake.switches.bitbucketManaged = false;
    const path = `/1.0/groups/acme/berth-crew/members/${noor}`;
    const byToken = await session.send('PUT', path, {});
    const added = await session.send('PUT', path, {}, bearer);
    const members = session.fake.group('berth-crew')?.members;
    const removed = await session.send('DELETE', path, undefined, bearer);

    expect([managed.status, byToken.status, added.status, removed.status]).toEqual([405, 403, 200, 204]);
    expect(members).toEqual(['noor@acme.com', 'rosa@acme.com']);
  });

  test('have their privileges on every repository in one list', async () => {
    const { body } = await session.get('/1.0/group-privileges/acme');

    expect(body).toMatchObject([{ repo: 'acme/api', privilege: 'admin', group: { name: 'berth-crew' } }]);
  });

  test('have an undocumented list only where the fake is told so', async () => {
    const closed = await session.get('/internal/workspaces/acme/groups');
    session.fake.switches.bitbucketInternalGroups = true;
    const open = await session.get('/internal/workspaces/acme/groups');

    expect([closed.status, open.status, open.body.values.length]).toEqual([404, 200, 1]);
  });
});

test.each([
  '/2.0/workspaces',
  '/2.0/repositories',
  '/2.0/user/permissions/workspaces',
  '/2.0/user/permissions/repositories',
])('%s has ended, for everybody', async (path) => {
  const answers = [await session.get(path), await session.get(path, null)];

  expect(answers.map(({ status }) => status)).toEqual([410, 410]);
  expect(answers[0]?.body).toMatchObject({
    error: { message: 'CHANGE-2770 - Functionality has been deprecated' },
    data: { announcement_url: expect.any(String) },
  });
});

describe('rate limits', () => {
  beforeEach(() => {
    session.fake.limitRates(DOCUMENTED_RATE_LIMITS);
  });

  test('count what is under /2.0/repositories for each credential, and tell nothing of it', async () => {
    const bearer = await session.bearer();
    let last = await session.get(API, bearer);
    for (let sent = 1; sent <= 1000; sent += 1) last = await session.get(API, bearer);

    const elsewhere = await session.get('/2.0/workspaces/acme/permissions', bearer);
    const another = await session.get(API);

    expect([last.status, message(last)]).toEqual([429, 'Rate limit for this resource has been exceeded']);
    expect([...last.headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    expect([elsewhere.status, another.status]).toEqual([200, 200]);
  });

  test('let nobody in particular ask 60 times an hour, and say in seconds when that is over', async () => {
    let last = await session.get('/2.0/repositories/acme', null);
    for (let sent = 1; sent <= 60; sent += 1) last = await session.get('/2.0/repositories/acme', null);

    expect(last.status).toBe(429);
    expect(last.headers.get('x-ratelimit-limit')).toBe('60, 60;w=3600');
    expect(Number(last.headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(3600);
  });

  test('are told to access tokens alone', async () => {
    const token = `Bearer ${session.fake.addBitbucketAccessToken()}`;

    const { headers } = await session.get(API, token);

    expect(headers.get('x-ratelimit-resource')).toBe('api');
    expect(headers.get('x-ratelimit-nearlimit')).toBe('false');
  });

  test('can answer in plain text', async () => {
    session.fake.switches.bitbucketTooManyRequests = 'text';
    session.fake.limitRates([{ operations: 'bitbucket.*', limit: 0, windowMs: 1000 }]);

    const { status, body } = await session.get(API);

    expect([status, body]).toEqual([429, 'Rate limit for this resource has been exceeded']);
  });
});

describe('the fake', () => {
  test('goes back to what its workspace was', async () => {
    const before = session.fake.snapshot();
    session.fake.addRepository({ project: 'OPS', name: 'Vault', grants: { 'noor@acme.com': 'admin' } });

    session.fake.restore(before);
    const { body } = await session.get('/2.0/repositories/acme');

    expect(body.size).toBe(2);
  });

  test('says what has to be added first', () => {
    expect(() =>
      session.fake.addRepository({ project: 'PAY', name: 'X', grants: { 'nobody@acme.com': 'read' } }),
    ).toThrow('The fake has no account with nobody@acme.com');
    expect(() => session.fake.addRepository({ project: 'OPS', name: 'X', private: false })).toThrow('is private');
    expect(() => session.fake.bitbucketGrants({ repository: 'nope' })).toThrow('The fake has no repository "nope"');
  });
});
