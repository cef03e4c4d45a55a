import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId } from '../../model/ids.js';
import { BitbucketClient } from './bitbucket-client.js';
import { bitbucketUuid } from './bitbucket-ids.js';
import { all, workspace, workspaceWith } from './bitbucket-test-server.js';
import { missingScopes } from './missing-scopes.js';

const ROSA = '712020:5c0e7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21' as AtlassianAccountId;
const UUID = '{3b1f7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21}';
const NEXT = 'https://api.bitbucket.org/2.0/workspaces/acme/projects?hash=a%2Bb&pagelen=100';
const project = (key: string) => ({ type: 'project', uuid: UUID, key, name: `Project ${key}` });

describe('a list', () => {
  test('asks for full pages and follows the link of the server, to which it adds nothing', async () => {
    const { bitbucket, requests } = workspace(
      { values: [project('PAY')], next: NEXT, pagelen: 100 },
      { values: [project('OPS')] },
    );

    const projects = await all(bitbucket.projects.list());

    expect(projects.map(({ key }) => key)).toEqual(['PAY', 'OPS']);
    expect(new URL(requests[0]?.url ?? '').searchParams.get('pagelen')).toBe('100');
    expect(requests[1]?.url).toBe(NEXT);
  });

  test('asks for the fields it reads, the link to the next page and how many there are', async () => {
    const { bitbucket, lines } = workspace({ values: [] });

    await all(bitbucket.repositories.list());

    expect(lines()).toEqual([
      'GET /2.0/repositories/acme?pagelen=100&sort=created_on&fields=next,size,values.uuid,values.slug,values.name,values.full_name,values.is_private,values.fork_policy,values.description,values.mainbranch.name,values.project.key,values.override_settings',
    ]);
  });

  test('encodes the plus of a field that is added', async () => {
    const { bitbucket, requests } = workspace({ values: [] });

    await all(bitbucket.workspace.listPermissions());

    expect(requests[0]?.url).toContain('fields=%2Bvalues.user.account_status');
  });

  test.each([
    'https://evil.example/2.0/workspaces/acme/projects?page=2',
    'http://api.bitbucket.org/2.0/workspaces/acme/projects?page=2',
    'https://user@api.bitbucket.org/2.0/workspaces/acme/projects?page=2',
    'https://api.bitbucket.org/internal/projects?page=2',
    'https://api.bitbucket.org/2.0/../internal/projects',
  ])('does not follow %s', async (next) => {
    const { bitbucket, requests } = workspace({ values: [], next });

    const walk = all(bitbucket.projects.list());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid', operation: 'bitbucket.projects.list' });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['rewrites links', 'https://proxy.acme.com/bb/2.0/workspaces/acme/projects?page=2'],
    ['does not rewrite links', 'https://api.bitbucket.org/2.0/workspaces/acme/projects?page=2'],
  ])('stays behind a proxy that %s', async (_, next) => {
    const { bitbucket, requests } = workspaceWith(
      { user: 'ops@acme.com', apiToken: 'ATATT3x', baseUrl: 'https://proxy.acme.com/bb' },
      { values: [project('PAY')], next },
      { values: [] },
    );

    await all(bitbucket.projects.list());

    expect(requests[1]?.url).toBe('https://proxy.acme.com/bb/2.0/workspaces/acme/projects?page=2');
  });

  test('takes no cursor but one it gave', async () => {
    const { bitbucket, requests } = workspace();

    const page = bitbucket.projects.listPage('https://evil.example/');

    await expect(page).rejects.toMatchObject({ code: 'request_invalid' });
    expect(requests).toEqual([]);
  });

  test('goes on from the cursor of an earlier page', async () => {
    const { bitbucket, requests } = workspace({ values: [project('PAY')], next: NEXT }, { values: [project('OPS')] });
    const first = await bitbucket.projects.listPage();

    const second = await bitbucket.projects.listPage(first.next);

    expect(second).toEqual({ items: [{ uuid: UUID, key: 'OPS', name: 'Project OPS' }], next: undefined });
    expect(requests[1]?.url).toBe(NEXT);
  });

  test('without its values is no empty list', async () => {
    const { bitbucket } = workspace({ pagelen: 100 });

    const walk = all(bitbucket.projects.list());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid' });
  });
});

describe('what is read', () => {
  test('of an empty repository has no main branch', async () => {
    const { bitbucket } = workspace({
      type: 'repository',
      uuid: UUID,
      slug: 'api',
      name: 'API',
      full_name: 'acme/api',
      is_private: true,
      fork_policy: 'no_forks',
      description: '',
      mainbranch: null,
      project: { key: 'PAY' },
      override_settings: { branch_restrictions: false },
    });

    const repository = await bitbucket.repositories.get('api');

    expect(repository).toEqual({
      uuid: UUID,
      slug: 'api',
      name: 'API',
      fullName: 'acme/api',
      isPrivate: true,
      forkPolicy: 'no_forks',
      description: '',
      projectKey: 'PAY',
      overridesBranchRestrictions: false,
    });
  });

  test('of a workspace permission keeps an entry without a user', async () => {
    const { bitbucket } = workspace({
      values: [
        {
          permission: 'owner',
          user: { account_id: ROSA, uuid: UUID, account_status: 'active' },
          added_on: '2026-01-09',
        },
        { permission: 'create-project' },
      ],
    });

    const permissions = await all(bitbucket.workspace.listPermissions());

    expect(permissions).toEqual([
      { permission: 'owner', user: { accountId: ROSA, uuid: UUID, accountStatus: 'active' }, addedAt: '2026-01-09' },
      { permission: 'create-project' },
    ]);
  });

  test('of the groups is one bare list of version 1.0', async () => {
    const { bitbucket, lines } = workspace([
      { slug: 'devs', name: 'Developers', permission: null, members: [{ account_id: ROSA, is_active: true }] },
    ]);

    const groups = await all(bitbucket.groups.list());

    expect(groups).toEqual([{ slug: 'devs', name: 'Developers', members: [{ accountId: ROSA, active: true }] }]);
    expect(lines()).toEqual(['GET /1.0/groups/acme']);
  });

  test('of a branching model is what it names', async () => {
    const { bitbucket } = workspace({
      type: 'effective_repo_branching_model',
      development: { name: null, use_mainbranch: true },
      branch_types: [{ kind: 'release', prefix: 'release/' }],
    });

    const model = await bitbucket.branchRestrictions.getEffectiveModel('api');

    expect(model).toEqual({
      development: { usesMainBranch: true },
      branchTypes: [{ kind: 'release', prefix: 'release/' }],
    });
  });

  test('of members by email names up to 90 of them in one call', async () => {
    const { bitbucket, requests } = workspace({ values: [{ user: { account_id: ROSA, email: 'rosa@acme.com' } }] });

    const found = await all(bitbucket.workspace.findMembersByEmail(['rosa@acme.com', 'o"x@acme.com']));

    expect(found).toEqual([{ accountId: ROSA, email: 'rosa@acme.com' }]);
    const { searchParams } = new URL(requests[0]?.url ?? '');
    expect(searchParams.get('q')).toBe('user.email IN ("rosa@acme.com", "o\\"x@acme.com")');
    expect(searchParams.get('fields')).toBe('+values.user.email');
  });

  test.each([[[]], [Array.from({ length: 91 }, (_, index) => `p${String(index)}@acme.com`)]])(
    'of members is not asked with %j',
    (emails) => {
      const { bitbucket } = workspace();

      const look = () => bitbucket.workspace.findMembersByEmail(emails);

      expect(look).toThrow('emails must hold 1 to 90 items');
    },
  );
});

describe('a grant', () => {
  test.each([
    [{ repository: 'api' }, 'PUT /2.0/repositories/acme/api/permissions-config/users/'],
    [{ project: 'PAY' }, 'PUT /2.0/workspaces/acme/projects/PAY/permissions-config/users/'],
  ])('on %j is put where the person is named', async (place, line) => {
    const { bitbucket, lines, requests } = workspace({ permission: 'write', user: { account_id: ROSA } });

    const granted = await bitbucket.permissions.grantUser(place, ROSA, 'write');

    expect(granted).toEqual({ permission: 'write', user: { accountId: ROSA } });
    expect(lines()).toEqual([line + ROSA]);
    expect(await requests[0]?.json()).toEqual({ permission: 'write' });
    expect(requests[0]?.headers.get('authorization')).toMatch(/^Basic /);
  });

  test('to a person by UUID has the braces encoded', async () => {
    const { bitbucket, requests } = workspace(204);

    await bitbucket.permissions.revokeUser({ repository: 'api' }, bitbucketUuid(UUID.slice(1, -1)));

    expect(requests[0]?.url).toContain('/permissions-config/users/%7B3b1f7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21%7D');
  });

  test.each([
    ['an OAuth consumer', { oauthKey: 'key', oauthSecret: 'consumer-secret' }],
    ['an access token', { accessToken: 'ATCTT3xFfGF0planted' }],
  ])('is not sent with %s, nor is anything else', async (credential, connection) => {
    const { bitbucket, requests } = workspaceWith(connection);
    const place = { repository: 'api' };

    const attempts = await Promise.allSettled([
      bitbucket.permissions.grantUser(place, ROSA, 'read'),
      bitbucket.permissions.grantGroup({ project: 'PAY' }, 'devs', 'create-repo'),
      bitbucket.permissions.revokeUser(place, ROSA),
      bitbucket.permissions.revokeGroup(place, 'devs'),
    ]);

    for (const attempt of attempts)
      expect(attempt).toMatchObject({
        reason: {
          code: 'capability_missing',
          message: expect.stringContaining(`needs an API token, and the credential is ${credential}`),
        },
      });
    expect(requests).toEqual([]);
  });

  test('is taken back where its own repetition finds it gone, and refused where nobody has taken it', async () => {
    const retry = { maxAttempts: 2, baseDelayMs: 0 };
    const { bitbucket, requests } = workspaceWith({ user: 'ops@acme.com', apiToken: 'ATATT3x', retry }, 502, 404, 404);

    await bitbucket.permissions.revokeUser({ repository: 'api' }, ROSA);
    const again = bitbucket.permissions.revokeUser({ repository: 'api' }, ROSA);

    await expect(again).rejects.toMatchObject({ code: 'not_found', answerLost: false });
    expect(requests).toHaveLength(3);
  });

  test.each<[string, (permissions: BitbucketClient['permissions']) => Promise<unknown>, string]>([
    ['an empty user', (p) => p.revokeUser({ repository: 'api' }, '' as AtlassianAccountId), 'user'],
    ['no user', (p) => p.revokeUser({ repository: 'api' }, undefined as never), 'user'],
    ['an empty group', (p) => p.grantGroup({ project: 'PAY' }, '', 'read'), 'group'],
    ['no level', (p) => p.grantUser({ project: 'PAY' }, ROSA, undefined as never), 'permission'],
    ['an empty repository', (p) => p.revokeUser({ repository: '' }, ROSA), 'path segment'],
    ['no repository', (p) => p.revokeUser({ repository: undefined as never }, ROSA), 'path segment'],
    ['no one to read', (p) => p.getUser({ repository: 'api' }, undefined as never), 'user'],
  ])('is not sent with %s', async (_what, send, named) => {
    const { bitbucket, requests } = workspace();

    const sending = send(bitbucket.permissions);

    await expect(sending).rejects.toMatchObject({
      code: 'request_invalid',
      message: expect.stringContaining(named),
    });
    expect(requests).toEqual([]);
  });

  test('to somebody else is no answer', async () => {
    const { bitbucket } = workspace({ permission: 'write', user: { account_id: '712020:other' } });

    const granting = bitbucket.permissions.grantUser({ repository: 'api' }, ROSA, 'write');

    await expect(granting).rejects.toMatchObject({ code: 'response_invalid', faults: [{ path: 'user' }] });
  });

  test('that is absent is read as none', async () => {
    const { bitbucket } = workspace({ permission: 'none', group: { slug: 'devs', name: 'Developers' } });

    const grant = await bitbucket.permissions.getGroup({ repository: 'api' }, 'devs');

    expect(grant).toEqual({ permission: 'none', group: { slug: 'devs', name: 'Developers' } });
  });
});

describe('the scopes that are missing', () => {
  const lacking = { required: ['repository:admin'], granted: ['account'] };

  test.each([
    ['named by the answer', { message: 'Your credentials lack scopes.', detail: lacking }, ['repository:admin']],
    ['none, where the role is missing', { message: 'Forbidden' }, []],
  ])('are %s', async (_, error, scopes) => {
    const { bitbucket } = workspace(Response.json({ type: 'error', error }, { status: 403 }));

    const refusal = await all(bitbucket.branchRestrictions.list('api')).catch((thrown: unknown) => thrown);

    expect(missingScopes(refusal)).toEqual(scopes);
  });

  test('are none of another error', () => {
    const scopes = missingScopes(new Error('broken'));

    expect(scopes).toEqual([]);
  });
});

describe('a connection', () => {
  test.each([UUID, 'acme/api', '', '..'])('takes no workspace %j', (slug) => {
    const connect = () => BitbucketClient.connect({ workspace: slug, user: 'ops@acme.com', apiToken: 'ATATT3x' });

    expect(connect).toThrow('must be the slug of the workspace');
  });

  test.each([
    [{}, 'oauthKey and oauthSecret, or user and apiToken, or accessToken'],
    [{ oauthKey: undefined, apiToken: 'ATATT3x' }, 'user: is required with apiToken'],
    [{ oauthKey: 'key', oauthSecret: undefined }, 'oauthSecret: is required with oauthKey'],
    [{ user: 'ops@acme.com', apiToken: undefined }, 'apiToken: is required with user'],
    [{ accessToken: undefined }, 'or accessToken'],
  ])('with the credential %j lacks a part, and says which', (credential, fault) => {
    const connect = () => BitbucketClient.connect({ workspace: 'acme', ...credential } as never);

    expect(connect).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(connect).toThrow(fault);
  });

  test('takes the way whose fields have values', () => {
    const settings = { oauthKey: undefined, oauthSecret: undefined, user: 'ops@acme.com', apiToken: 'ATATT3x' };

    const bitbucket = BitbucketClient.connect({ workspace: 'acme', ...settings });

    expect(bitbucket.credentialWay).toBe('api-token');
  });

  test('takes no app password', () => {
    const connect = () => BitbucketClient.connect({ workspace: 'acme', user: 'rosa', apiToken: 'ATBBx7Qz' });

    expect(connect).toThrow('is an app password');
  });

  test('says what a refused credential may be', async () => {
    const { bitbucket } = workspace(401);

    const reading = bitbucket.workspace.get();

    await expect(reading).rejects.toThrow('An app password has opened nothing since 28 July 2026');
  });
});
