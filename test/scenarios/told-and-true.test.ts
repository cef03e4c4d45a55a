import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AccessGraph,
  AtlassianProvisioner,
  type AtlassianProvisionerOptions,
  type OpenQuestion,
  type ProvisionerSettings,
} from '../../src/index.js';
import { FakeAtlassian } from '../../src/testing/index.js';
import { type Asked, type Held, heldBy } from './naive-access.js';

const PEOPLE = ['rosa@acme.com', 'noor@acme.com', 'sten@acme.com', 'guest@else.example'];
const GROUPS = ['crew', 'leads', 'guests'];
const RESOURCES: readonly Pick<Asked, 'type' | 'key'>[] = [
  { type: 'jira.project', key: 'PAY' },
  { type: 'jira.project', key: 'TIDE' },
  { type: 'jira.project', key: 'OWN' },
  { type: 'confluence.space', key: 'DOCS' },
  { type: 'confluence.space', key: 'LOGS' },
  { type: 'bitbucket.project', key: 'OPEN' },
  { type: 'bitbucket.repository', key: 'api' },
  { type: 'bitbucket.repository', key: 'site' },
];
const QUESTIONS: readonly Held[] = ['any', 'read', 'create', 'write', 'delete', 'admin'];

const person = fc.constantFrom(...PEOPLE);
const group = fc.constantFrom(...GROUPS);
const some = <Item>(item: fc.Arbitrary<Item>, maxLength = 4) => fc.array(item, { maxLength });
const principal = fc.oneof(
  person.map((email) => `user:${email}` as const),
  group.map((name) => `group:${name}` as const),
);
const holders = (extra: readonly string[]) =>
  some(
    fc.oneof({ weight: 3, arbitrary: fc.oneof(person, group) }, { weight: 2, arbitrary: fc.constantFrom(...extra) }),
  );
const levels = fc.dictionary(fc.oneof(person, group), fc.constantFrom('read', 'write', 'create-repo', 'admin'), {
  maxKeys: 3,
});
const levelsOfRepository = fc.dictionary(fc.oneof(person, group), fc.constantFrom('read', 'write', 'admin'), {
  maxKeys: 3,
});

const worlds = fc.record({
  /** Everybody in one group has licences, and projects and the workspace are somebody's, as they always are. */
  isOrdinary: fc.boolean(),
  statuses: fc.tuple(
    ...PEOPLE.map(() => fc.constantFrom('active', 'active', 'active', 'inactive', 'suspended', 'none')),
  ),
  members: fc.tuple(...GROUPS.map(() => fc.subarray(PEOPLE))),
  roles: some(
    fc.record({
      who: fc.oneof(person, group),
      product: fc.constantFrom('jira-software', 'confluence', 'site', 'organization'),
      role: fc.constantFrom('user', 'user', 'admin', 'guest', 'basic', 'user-access-admin'),
    }),
    6,
  ),
  grants: fc.dictionary(
    fc.constantFrom(
      'BROWSE_PROJECTS',
      'CREATE_ISSUES',
      'EDIT_ISSUES',
      'DELETE_ISSUES',
      'ADMINISTER_PROJECTS',
      'VIEW_DEV_TOOLS',
    ),
    some(
      fc.oneof(
        principal,
        fc.constantFrom(
          'projectRole:Deckhands',
          'projectRole:Administrators',
          'applicationRole',
          'applicationRole:jira-software',
          'anyone',
          'projectLead',
          'reporter',
        ),
      ),
    ),
  ),
  actors: some(principal),
  ownActors: some(principal),
  lead: fc.option(person, { nil: undefined }),
  archived: fc.boolean(),
  private: fc.boolean(),
  mode: fc.constantFrom('ROLES', 'ROLES_TRANSITION', 'PRE_ROLES'),
  siteIsOpen: fc.boolean(),
  space: fc.record({
    anonymous: fc.boolean(),
    unlicensed: fc.boolean(),
    productAdmins: fc.boolean(),
    roles: fc.dictionary(
      fc.constantFrom('Viewer', 'Collaborator', 'Manager', 'Admin'),
      holders(['all-licensed-users', 'all-product-admins']),
    ),
    permissions: some(
      fc.record({
        holder: fc.oneof(person, group, fc.constantFrom('all-licensed-users', 'all-product-admins')),
        operations: fc.subarray(['create/page', 'create/comment', 'delete/page', 'export/space', 'administer/space']),
      }),
    ),
  }),
  members_: some(fc.record({ email: person, role: fc.constantFrom('owner', 'member') }), 2),
  bitbucketGroups: fc.subarray(GROUPS),
  owningGroup: fc.boolean(),
  projectLevels: levels,
  repositoryLevels: levelsOfRepository,
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

function fakeOf(world: World): FakeAtlassian {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  fake.addAccount({ email: 'owner@acme.com' });
  for (const [index, email] of PEOPLE.entries()) {
    const status = world.statuses[index];
    const isInactive = status === 'inactive' && email.endsWith('@acme.com');
    fake.addAccount({
      email,
      status: isInactive ? 'inactive' : 'active',
      membership: status === 'suspended' || status === 'none' ? status : 'active',
    });
  }
  for (const [index, name] of GROUPS.entries())
    fake.addGroup({
      name,
      origin: 'local',
      members: (world.members[index] ?? []).filter((email) => fake.account(email)?.membership !== 'none'),
    });
  const [jira, confluence] = fake.addSite('acme', ['jira-software', 'confluence']);
  const resources = {
    'jira-software': jira!.ari,
    confluence: confluence!.ari,
    site: `ari:cloud:platform::site/${jira!.cloudId}` as const,
    organization: fake.organizationResourceId,
  } as const;
  for (const { who, product, role } of world.roles) {
    // A role on a product makes somebody a member of its directory.
    if (who.includes('@') && fake.account(who)?.membership === 'none') continue;
    if (product === 'site' || product === 'organization') {
      if (role !== 'admin' || !who.includes('@')) continue;
      fake.addRole(
        who,
        resources[product] as never,
        product === 'site' ? 'atlassian/site-admin' : 'atlassian/org-admin',
      );
    } else if (who.includes('@')) fake.addRole(who, resources[product], `atlassian/${role}`);
    else fake.addGroupRole(who, resources[product], `atlassian/${role}`);
  }

  if (world.isOrdinary) {
    fake.addGroup({ name: 'staff', origin: 'local', members: ['rosa@acme.com'] });
    for (const { ari } of [jira!, confluence!]) fake.addGroupRole('staff', ari);
    fake.addBitbucketMember('owner@acme.com', { role: 'owner' });
  }
  fake.addJiraPermissionScheme({ name: 'Own', grants: world.grants });
  const lead = world.lead === undefined && !world.isOrdinary ? {} : { lead: world.lead ?? 'owner@acme.com' };
  fake.addJiraProject({ key: 'PAY', permissionScheme: 'Own', roles: { Deckhands: world.actors }, ...lead });
  fake.addJiraProject({
    key: 'TIDE',
    permissionScheme: 'Own',
    archived: world.archived,
    ...lead,
    roles: { Deckhands: world.ownActors },
  });
  fake.addJiraProject({ key: 'OWN', style: 'next-gen', private: world.private, roles: { Member: world.ownActors } });

  fake.changeConfluence({ mode: world.mode, anonymousAccess: world.siteIsOpen });
  fake.addConfluenceSpace({ key: 'DOCS', ...world.space });
  fake.addConfluenceSpace({ key: 'LOGS', status: 'archived' });

  for (const { email, role } of world.members_) fake.addBitbucketMember(email, { role });
  for (const name of world.bitbucketGroups)
    fake.addBitbucketGroup({ name, administers: world.owningGroup && name === 'leads' });
  fake.addBitbucketProject({ key: 'OPEN', private: false, grants: world.projectLevels });
  fake.addRepository({ project: 'OPEN', name: 'api', grants: world.repositoryLevels });
  fake.addRepository({ project: 'OPEN', name: 'site', private: false });
  return fake;
}

/** Where the graph says a yes or a no that is not so, or does not know and does not tell why. */
function faultsOf(fake: FakeAtlassian, graph: AccessGraph, isKnown: (open: OpenQuestion) => boolean): string[] {
  const faults: string[] = [];
  for (const email of PEOPLE) {
    const accountId = fake.account(email)?.accountId ?? '';
    for (const { type, key } of RESOURCES) {
      const held = heldBy(fake, { accountId, type, key });
      for (const level of QUESTIONS) {
        const question = level === 'any' ? {} : { level };
        const { verdict, open } = graph.explain({ accountId }, { type, id: key }, question);
        const said = `${verdict}: ${email} ${level} on ${key}`;
        if (verdict !== 'unknown' && (verdict === 'yes') !== held.has(level)) faults.push(said);
        if (verdict === 'unknown' && !open.some(isKnown)) faults.push(`${said}, ${JSON.stringify(open)}`);
      }
    }
  }
  return faults;
}

async function discovered(fake: FakeAtlassian, options: ProvisionerSettings = {}): Promise<AccessGraph> {
  const settings = { ...fake.connection(), ...options } as AtlassianProvisionerOptions;
  return AccessGraph.from(await new AtlassianProvisioner(settings).discover());
}

test('what the graph of a whole discovery says of somebody is so, and what it leaves open no answer tells', async () => {
  const untold = new Set([
    'administrators-unread',
    'conditional',
    'identity-unknown',
    'resource-unknown',
    'exposure-unread',
    'members-unread',
  ]);
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const fake = fakeOf({ ...world, isOrdinary: true });

      const graph = await discovered(fake);

      expect(faultsOf(fake, graph, ({ kind }) => untold.has(kind))).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

const OPERATIONS = [
  'admin.organizations.get',
  'admin.users.listManaged',
  'admin.users.search',
  'admin.groups.search',
  'admin.groups.listRoleAssignments',
  'admin.users.listRoleAssignments',
  'scim.users.list',
  'jira.instance.getMyPermissions',
  'jira.instance.getServerInfo',
  'jira.users.list',
  'jira.groups.list',
  'jira.groups.listMembers',
  'jira.applicationRoles.list',
  'jira.projects.list',
  'jira.permissionSchemes.list',
  'jira.permissionSchemes.getOfProject',
  'jira.projectRoles.list',
  'jira.projectRoles.get',
  'confluence.spaceRoles.getMode',
  'confluence.spaceRoles.list',
  'confluence.spaceRoles.listAssignments',
  'confluence.spacePermissions.list',
  'confluence.users.search',
  'confluence.users.bulk',
  'confluence.groups.list',
  'confluence.groups.listMembers',
  'confluence.instance.getSystemInfo',
  'confluence.instance.allowsAnonymous',
  'confluence.spaces.list',
  'confluence.spaces.findOpenAccess',
  'bitbucket.workspaces.listPermissions',
  'bitbucket.groups.list',
  'bitbucket.projects.list',
  'bitbucket.repositories.list',
  'bitbucket.permissions.listRepositoryUsers',
  'bitbucket.permissions.listRepositoryGroups',
  'bitbucket.permissions.listProjectUsers',
  'bitbucket.permissions.listProjectGroups',
  'bitbucket.permissions.listEffectiveOfRepository',
];

const faults = some(
  fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    fault: fc.constantFrom({ status: 403 }, { status: 404 }, { status: 500 }, { malformed: true }),
    skip: fc.nat(2),
    times: fc.constantFrom(1, 100),
  }),
  3,
);
const credentials = fc.record({
  organization: fc.boolean(),
  /** Whose token reads the site: of its administrator, where nobody is named. */
  site: fc.option(fc.constantFrom('rosa@acme.com', 'noor@acme.com'), { nil: undefined }),
  bitbucket: fc.boolean(),
});

test('what the graph says of somebody is so, whatever was refused, failed or could not be seen', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, faults, credentials, async (world, scripted, { organization, site, bitbucket }) => {
      const fake = fakeOf(world);
      for (const { operation, fault, skip, times } of scripted) fake.fail(operation, { ...fault, skip, times });
      const { oauthKey, oauthSecret } = fake.addOauthConsumer({
        scopes: ['account', 'team', 'project', 'repository'],
      });

      const graph = await discovered(fake, {
        ...(!organization && { admin: undefined, scim: undefined }),
        ...(site !== undefined && {
          site: { url: fake.site.url, user: site, token: fake.addUserToken(site) },
        }),
        ...(!bitbucket && { bitbucket: { workspace: 'acme', oauthKey, oauthSecret } }),
      });

      expect(faultsOf(fake, graph, () => true)).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);
