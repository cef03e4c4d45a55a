/**
 * Gives and takes back access where it is granular: a role in a Jira project, a role or a permission in a Confluence
 * space, a level on a Bitbucket repository.
 *
 *     npx tsx examples/grant-access.ts
 */
import assert from 'node:assert/strict';
import {
  BitbucketClient,
  ConfluenceClient,
  JiraClient,
  isProvisionerError,
  type ConfluencePermissionId,
} from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addOrgAdmin({ email: 'ops@acme.com' });
fake.addUser({ email: 'rosa@acme.com' });
fake.addGroup({ name: 'planners', members: ['rosa@acme.com'] });
fake.addSite('acme', [
  { key: 'jira-software', grantedBy: ['planners'] },
  { key: 'confluence', grantedBy: ['planners'] },
]);
fake.addJiraProject({ key: 'DOCK', name: 'Dock planning', roles: { Planners: [] } });
fake.addConfluenceSpace({ key: 'TIDES' });
fake.addRepository({ project: 'OPS', name: 'berth-api' });
fake.addBitbucketGroup({ name: 'planners' });
fake.addBitbucketMember('ops@acme.com', { role: 'owner' });

const { site, fetch, clock } = fake.connection();
assert.ok(site !== undefined);
const { url, user, token } = site;
const workspace = 'acme';
const bitbucketToken = fake.addBitbucketToken('ops@acme.com');
const accountId = fake.account('rosa@acme.com')?.accountId;
const groupId = fake.group('planners')?.orgGroupId;
assert.ok(accountId !== undefined && groupId !== undefined);

// #region jira
const jira = JiraClient.connect({ url, user, token, fetch, clock });
const project = await jira.projects.get('DOCK');
const role = (await jira.projectRoles.listOfProject(project.id)).find(({ name }) => name === 'Planners');
if (role === undefined) throw new Error('The project has no such role');

const { actors = [] } = await jira.projectRoles.get(project.id, role.id);
const holdsIt = actors.some((actor) => actor.groupId === groupId);
if (!holdsIt) await jira.projectRoles.addActors(project.id, role.id, { groupIds: [groupId] }); // twice would be `rejected`

await jira.projectRoles.removeActor(project.id, role.id, { accountId }); // who does not hold it is no error
// #endregion
assert.deepEqual(fake.jiraProject('DOCK')?.roles.Planners, ['group:planners']);

// #region confluence
const confluence = ConfluenceClient.connect({ url, user, token, fetch, clock });
const [space] = (await confluence.spaces.listPage({ keys: ['TIDES'] })).items;
if (space === undefined) throw new Error('There is no such space, or the user of the token may not view it');

const roles = await confluence.spaceRoles.findAll(); // `undefined` on a site with classic permissions
const viewer = roles?.find(({ name }) => name === 'Viewer');
let permission: ConfluencePermissionId | undefined;
if (viewer !== undefined)
  // One request, all or nothing; a second time changes nothing.
  await confluence.spaceRoles.setAssignments(space.id, {
    assign: [{ principal: { type: 'group', id: groupId }, roleId: viewer.id }],
    remove: [{ type: 'user', id: accountId }],
  });
else
  permission = await confluence.spacePermissions.add(space.key, {
    subject: { type: 'group', id: groupId },
    operation: { key: 'read', target: 'space' }, // first: without it the rest is refused
  });
if (permission !== undefined) await confluence.spacePermissions.remove(space.key, permission);
// #endregion
assert.equal(fake.confluenceSpace('TIDES')?.roles.planners, 'Viewer');

// #region bitbucket
// Bitbucket takes writes of permissions from a person's API token alone; with an OAuth consumer nothing is sent.
const bitbucket = BitbucketClient.connect({ workspace, ...bitbucketToken, fetch, clock });
const place = { repository: 'berth-api' };

await bitbucket.permissions.grantUser(place, accountId, 'write'); // in place of what she has there
const { slug } = await groupOf('planners');
const { permission: level } = await bitbucket.permissions.getGroup(place, slug);
if (level === 'none') await bitbucket.permissions.grantGroup(place, slug, 'read');

await bitbucket.permissions.revokeUser(place, accountId); // what the group gives her stays
// #endregion
assert.deepEqual(fake.bitbucketGrants(place), { users: {}, groups: { planners: 'read' } });

const consumer = BitbucketClient.connect({ workspace, ...fake.bitbucketConsumer, fetch, clock });
const refused = await consumer.permissions.grantUser(place, accountId, 'read').catch((error: unknown) => error);
assert.ok(isProvisionerError(refused, 'capability_missing'));

console.log(fake.jiraProject('DOCK')?.roles, fake.confluenceSpace('TIDES')?.roles, fake.bitbucketGrants(place));

async function groupOf(name: string): Promise<{ readonly slug: string }> {
  for await (const group of bitbucket.groups.list()) if (group.name === name) return group;
  throw new Error(`The workspace has no group "${name}"`);
}
