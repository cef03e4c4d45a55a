/**
 * The main job: people of a small company join, change role, leave and are deleted, and who can reach what is read back.
 *
 *     npm run demo
 *
 * It talks real HTTP to a fake organization that it starts itself, and ends with 1 if anything is not as expected.
 */
import { AccessGraph, AtlassianProvisioner, MemorySink } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';
import { accessTo, countsOf, openToEverybody } from './demo/access.js';
import { Story } from './demo/story.js';

const rosa = { email: 'rosa@acme.com' };
const tam = { email: 'tam@acme.com' };
const guest = { email: 'guest@elsewhere.com' };

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addOrgAdmin({ email: 'ops@acme.com' });
fake.addGroup({ name: 'berth-crew', origin: 'synced' });
fake.addGroup({ name: 'planners', origin: 'local' });
fake.addGroup({ name: 'jira-users', origin: 'local' });
fake.addSite('acme', [
  { key: 'jira-software', grantedBy: ['jira-users'] },
  { key: 'confluence', grantedBy: ['jira-users'] },
]);
fake.addAccount(guest);
fake.addJiraPermissionScheme({
  name: 'Planners only',
  grants: { BROWSE_PROJECTS: ['projectRole:Planners'], ADMINISTER_PROJECTS: ['projectRole:Administrators'] },
});
fake.addJiraProject({
  key: 'DOCK',
  name: 'Dock planning',
  roles: { Administrators: ['user:ops@acme.com'], Planners: ['group:planners'] },
  permissionScheme: 'Planners only',
});
fake.changeConfluence({ anonymousAccess: true });
fake.addConfluenceSpace({ key: 'TIDES', name: 'Tide tables', roles: { Viewer: ['jira-users'] }, anonymous: true });
fake.addRepository({
  project: 'OPS',
  name: 'berth-api',
  grants: { planners: 'write', 'guest@elsewhere.com': 'read' },
  branchRestrictions: [{ kind: 'require_approvals_to_merge', pattern: 'main', value: 2 }],
});

const server = await fake.listen();
const sink = new MemorySink();
const atlassian = new AtlassianProvisioner({
  ...server.connection(),
  audit: { sink, actor: { type: 'service', name: 'demo' } },
});

const story = new Story((line) => {
  console.log(line);
});
let told = 0;
const newEvents = (): typeof sink.events => {
  const events = sink.events.slice(told);
  told = sink.events.length;
  return events;
};

try {
  console.log(`A fake organization listens on ${server.url}`);
  await joiners();
  await movers();
  await leavers();
  await deletions();
  await access();
} finally {
  await atlassian.close();
  await server.close();
}

console.log(`\n${String(fake.requests.length)} requests, ${String(sink.events.length)} audit events`);
if (story.surprises > 0) {
  console.error(`${String(story.surprises)} of the claims above did not hold`);
  process.exitCode = 1;
}

async function joiners(): Promise<void> {
  const onboardRosa = (): ReturnType<typeof atlassian.onboard> =>
    atlassian.onboard({
      ...rosa,
      displayName: 'Rosa Quell',
      jobTitle: 'Dock planner',
      groups: ['berth-crew', 'jira-users'],
    });

  await story.step(
    'Rosa joins: a record, an account, a synced and a local group',
    {
      outcome: 'onboarded',
      then: {
        'Rosa’s account is active': () => fake.account(rosa.email)?.status === 'active',
        'Rosa is in both groups': () => fake.account(rosa.email)?.groups.join() === 'berth-crew,jira-users',
      },
    },
    onboardRosa,
    newEvents,
  );
  await story.step('The same again changes nothing', { outcome: 'unchanged' }, onboardRosa, newEvents);
  await story.step(
    'Tam joins without groups',
    { outcome: 'created' },
    () => atlassian.syncIdentity({ ...tam, displayName: 'Tam Ortega', externalId: 'e-2' }),
    newEvents,
  );
}

async function movers(): Promise<void> {
  await story.step(
    'Rosa changes role',
    {
      outcome: 'changed',
      then: {
        'Rosa plans, and left the crew': () => fake.account(rosa.email)?.groups.join() === 'jira-users,planners',
      },
    },
    () =>
      atlassian.changeRole(
        { identity: rosa, attributes: { jobTitle: 'Planner' }, add: ['planners'], remove: ['berth-crew'] },
        { reason: 'promotion' },
      ),
    newEvents,
  );
  await story.step(
    'Tam marries: the same identity under a new email, found by externalId',
    { outcome: 'renamed', then: { 'the account kept its id': () => fake.account('tam.bell@acme.com') !== undefined } },
    () => atlassian.syncIdentity({ email: 'tam.bell@acme.com', externalId: 'e-2' }),
    newEvents,
  );
  await story.refusal('A domain the organization has not verified is refused', 'domain_not_claimed', () =>
    atlassian.syncIdentity({ email: 'tam@elsewhere.com', externalId: 'e-2' }),
  );
}

async function leavers(): Promise<void> {
  const { removed } = await story.step(
    'Rosa leaves: access ends, the identity stays',
    {
      outcome: 'deprovisioned',
      then: {
        'Rosa’s account is inactive': () => fake.account(rosa.email)?.status === 'inactive',
        'Rosa is in no group': () => fake.account(rosa.email)?.groups.length === 0,
      },
    },
    () => atlassian.deprovisionIdentity(rosa, { reason: 'leave of absence' }),
    newEvents,
  );
  await story.step(
    'Rosa returns, with the groups of before',
    { outcome: 'reactivated', then: { 'Rosa is back': () => fake.account(rosa.email)?.groups.length === 2 } },
    () => atlassian.reactivateIdentity(rosa, { restore: removed }),
    newEvents,
  );
  await story.step(
    'An external person is suspended here, and stays active elsewhere',
    { outcome: 'deprovisioned', then: { suspended: () => fake.account(guest.email)?.membership === 'suspended' } },
    () => atlassian.deprovisionIdentity(guest),
    newEvents,
  );
  await story.step(
    'An organization admin is protected: the guard withholds the change',
    { outcome: 'staged', then: { 'the admin is active': () => fake.account('ops@acme.com')?.status === 'active' } },
    () => atlassian.deprovisionIdentity({ email: 'ops@acme.com' }),
    newEvents,
  );
}

async function deletions(): Promise<void> {
  await story.refusal('Nobody is deleted without spelling the email', 'confirmation_mismatch', () =>
    atlassian.deleteIdentity(rosa, { scope: 'account', confirm: 'tam@acme.com' }),
  );
  await story.step(
    'Rosa is deleted: the record at once, the account in 14 days',
    {
      outcome: 'deletion-scheduled',
      then: { 'the deletion is scheduled': () => fake.account(rosa.email)?.forDeletionAt !== undefined },
    },
    () => atlassian.deleteIdentity(rosa, { scope: 'account', confirm: rosa.email }),
    newEvents,
  );
  await story.step(
    'It was a mistake, and there is time',
    {
      outcome: 'deletion-cancelled',
      then: { 'the account is active': () => fake.account(rosa.email)?.status === 'active' },
    },
    () => atlassian.cancelDeletion(rosa),
    newEvents,
  );
}

async function access(): Promise<void> {
  const snapshot = await atlassian.discover();
  const graph = AccessGraph.from(snapshot);
  const project = { type: 'jira.project', id: 'DOCK' } as const;
  const space = { type: 'confluence.space', id: 'TIDES' } as const;
  const repository = { type: 'bitbucket.repository', id: 'berth-api' } as const;

  story.tell('What is there now, read back from every product', countsOf(snapshot), {
    'nothing was left unread but what Confluence may hide': snapshot.gaps.every(({ part }) => part === 'hidden spaces'),
  });
  story.tell('Who reaches the project Dock planning', accessTo(graph, project, rosa.email), {
    'Rosa does, as a planner': graph.verdict(rosa, project) === 'yes',
    'the guest does not': graph.verdict(guest, project) === 'no',
  });
  story.tell('Who reaches the space Tide tables', accessTo(graph, space, rosa.email), {
    'everybody does': graph.whoCanAccess(space).openTo.length > 0,
  });
  story.tell('Who reaches the repository berth-api', accessTo(graph, repository, rosa.email), {
    'Rosa writes to it': graph.verdict(rosa, repository, { level: 'write' }) === 'yes',
  });
  const open = openToEverybody(graph);
  story.tell('What is open to everybody', open, { 'the space alone': open.length === 1 });
}
