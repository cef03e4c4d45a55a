import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeAtlassian, type RunningFake } from '../../src/testing/index.js';

/** What an answer holds, as far as it is looked at. */
interface Body {
  readonly id?: number;
  readonly size?: number;
  readonly permission?: string;
  readonly user?: unknown;
  readonly values?: readonly unknown[];
}

type Call = (params: Readonly<Record<string, unknown>>) => Promise<{ readonly status: number; readonly data: Body }>;

interface BitbucketFromNpm {
  readonly user: Record<'get', Call>;
  readonly users: Record<'get', Call>;
  readonly workspaces: Record<
    | 'getWorkspace'
    | 'getWorkspaces'
    | 'getMembersForWorkspace'
    | 'getMemberForWorkspace'
    | 'listPermissions'
    | 'getProjects'
    | 'getProject'
    | 'listProjectGroupPermissions'
    | 'updateProjectGroupPermission'
    | 'listPermissionsForRepositories'
    | 'listPermissionsForRepository',
    Call
  >;
  readonly repositories: Record<
    | 'list'
    | 'get'
    | 'listUserPermissions'
    | 'listGroupPermissions'
    | 'getGroupPermission'
    | 'updateUserPermission'
    | 'deleteGroupPermission'
    | 'getBranchingModel'
    | 'getEffectiveBranchingModel',
    Call
  >;
  readonly branchrestrictions: Record<'list' | 'create' | 'delete', Call>;
  readonly getNextPage: Call;
  readonly hasNextPage: (page: Body) => boolean;
}

// The types of the package are sources of its own that do not compile here; the package itself is as npm has it.
const { Bitbucket } = createRequire(import.meta.url)('bitbucket') as {
  readonly Bitbucket: new (options: object) => BitbucketFromNpm;
};

const workspace = 'acme';
const repo_slug = 'api';
const project_key = 'PAY';

let fake: FakeAtlassian;
let server: RunningFake;
let bitbucket: BitbucketFromNpm;
beforeEach(async () => {
  fake = new FakeAtlassian();
  for (const name of ['olga', 'rosa', 'noor']) fake.addAccount({ email: `${name}@acme.com` });
  fake.addBitbucketMember('olga@acme.com', { role: 'owner' });
  fake.addBitbucketMember('noor@acme.com');
  fake.addBitbucketGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
  fake.addBitbucketProject({ key: project_key, name: 'Payments', grants: { 'berth-crew': 'read' } });
  fake.addRepository({
    project: project_key,
    name: 'API',
    grants: { 'noor@acme.com': 'write', 'berth-crew': 'admin' },
    branchRestrictions: [{ kind: 'push', pattern: 'main' }],
  });
  for (let index = 1; index <= 12; index += 1) fake.addRepository({ project: 'OPS', name: `Tool ${String(index)}` });
  server = await fake.listen();
  const { user, apiToken } = fake.addBitbucketToken('olga@acme.com');
  bitbucket = clientWith({ username: user, password: apiToken });
});
afterEach(async () => {
  await server.close();
});

function clientWith(auth: { username: string; password: string } | { token: string }): BitbucketFromNpm {
  return new Bitbucket({ baseUrl: `${server.url}/2.0`, auth, notice: false });
}

async function consumerToken(): Promise<string> {
  const { oauthKey, oauthSecret } = fake.bitbucketConsumer;
  const answer = await fetch(`${server.url}/site/oauth2/access_token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${oauthKey}:${oauthSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return token;
}

const idOf = (email: string): string => fake.account(email)!.accountId;
const group = (): string => fake.addBitbucketGroup({ name: 'berth-crew' }).slug;

describe('bitbucket from npm, as it is, reads from the fake', () => {
  test('who it is, and where', async () => {
    const me = await bitbucket.user.get({});
    const place = await bitbucket.workspaces.getWorkspace({ workspace });
    const someone = await bitbucket.users.get({ selected_user: idOf('noor@acme.com') });

    expect(me.data).toMatchObject({ display_name: 'Olga', account_id: idOf('olga@acme.com') });
    expect(place.data).toMatchObject({ type: 'workspace', slug: workspace });
    expect(someone.data).toMatchObject({ display_name: 'Noor' });
  });

  test('the people of the workspace', async () => {
    const members = await bitbucket.workspaces.getMembersForWorkspace({ workspace });
    const member = await bitbucket.workspaces.getMemberForWorkspace({ workspace, member: idOf('noor@acme.com') });
    const permissions = await bitbucket.workspaces.listPermissions({ workspace });

    expect(members.data.values).toHaveLength(3);
    expect(member.data.user).toMatchObject({ display_name: 'Noor' });
    expect(permissions.data.values).toMatchObject([{ permission: 'owner' }, { permission: 'member' }, {}]);
  });

  test('projects and repositories, page by page', async () => {
    const projects = await bitbucket.workspaces.getProjects({ workspace });
    const project = await bitbucket.workspaces.getProject({ workspace, project_key });
    const first = await bitbucket.repositories.list({ workspace });
    const second = await bitbucket.getNextPage({ ...first.data });
    const one = await bitbucket.repositories.get({ workspace, repo_slug });

    expect(projects.data.values).toMatchObject([{ key: 'PAY' }, { key: 'OPS' }]);
    expect(project.data).toMatchObject({ name: 'Payments', has_publicly_visible_repos: false });
    expect([first.data.values?.length, second.data.values?.length]).toEqual([10, 3]);
    expect(bitbucket.hasNextPage(second.data)).toBe(false);
    expect(one.data).toMatchObject({ name: 'API', project: { key: 'PAY' }, mainbranch: { name: 'main' } });
  });

  test('explicit and effective permissions', async () => {
    const users = await bitbucket.repositories.listUserPermissions({ workspace, repo_slug });
    const groups = await bitbucket.repositories.listGroupPermissions({ workspace, repo_slug });
    const ofProject = await bitbucket.workspaces.listProjectGroupPermissions({ workspace, project_key });
    const effective = await bitbucket.workspaces.listPermissionsForRepositories({ workspace });
    const ofOne = await bitbucket.workspaces.listPermissionsForRepository({ workspace, repo_slug });

    expect(users.data.values).toMatchObject([{ permission: 'write', user: { display_name: 'Noor' } }]);
    expect(groups.data.values).toMatchObject([{ permission: 'admin', group: { name: 'berth-crew' } }]);
    expect(ofProject.data.values).toMatchObject([{ permission: 'read', project: { key: 'PAY' } }]);
    expect(effective.data.values).toHaveLength(10);
    expect(ofOne.data.values).toHaveLength(3);
  });

  test('branch restrictions and branching models', async () => {
    const rules = await bitbucket.branchrestrictions.list({ workspace, repo_slug });
    const model = await bitbucket.repositories.getBranchingModel({ workspace, repo_slug });
    const effective = await bitbucket.repositories.getEffectiveBranchingModel({ workspace, repo_slug });

    expect(rules.data.values).toMatchObject([{ kind: 'push', pattern: 'main', branch_match_kind: 'glob' }]);
    expect(model.data).toMatchObject({ development: { use_mainbranch: true } });
    expect(effective.data).toMatchObject({ development: { name: 'main' } });
  });

  test('with the token of a consumer too', async () => {
    const client = clientWith({ token: await consumerToken() });

    const { data } = await client.repositories.list({ workspace });

    expect(data.size).toBe(13);
  });
});

describe('bitbucket from npm, as it is, writes to the fake', () => {
  test('grants of people and groups, on repositories and projects', async () => {
    const selected_user_id = idOf('rosa@acme.com');
    const group_slug = group();

    await bitbucket.repositories.updateUserPermission({
      workspace,
      repo_slug,
      selected_user_id,
      _body: { permission: 'read' },
    });
    await bitbucket.workspaces.updateProjectGroupPermission({
      workspace,
      project_key,
      group_slug,
      _body: { permission: 'admin' },
    });
    await bitbucket.repositories.deleteGroupPermission({ workspace, repo_slug, group_slug });
    const gone = await bitbucket.repositories.getGroupPermission({ workspace, repo_slug, group_slug });

    expect(fake.bitbucketGrants({ repository: repo_slug }).users).toEqual({
      'noor@acme.com': 'write',
      'rosa@acme.com': 'read',
    });
    expect(fake.bitbucketGrants({ project: project_key }).groups).toEqual({ 'berth-crew': 'admin' });
    expect(gone.data.permission).toBe('none');
  });

  test('no grant with the token of a consumer', async () => {
    const client = clientWith({ token: await consumerToken() });

    const revoking = client.repositories.deleteGroupPermission({ workspace, repo_slug, group_slug: group() });

    await expect(revoking).rejects.toMatchObject({ status: 403 });
  });

  test('branch restrictions', async () => {
    const made = await bitbucket.branchrestrictions.create({
      workspace,
      repo_slug,
      _body: { type: 'branchrestriction', kind: 'force', branch_match_kind: 'glob', pattern: 'main' },
    });
    const id = String(made.data.id);

    const removed = await bitbucket.branchrestrictions.delete({ workspace, repo_slug, id });

    expect([made.status, removed.status]).toEqual([201, 204]);
  });
});

test('bitbucket from npm, as it is, is told that lists across workspaces have ended', async () => {
  const listing = bitbucket.workspaces.getWorkspaces({});

  await expect(listing).rejects.toMatchObject({ status: 410 });
});
