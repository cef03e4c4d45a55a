/**
 * Gives a person exactly the groups of a job, among those that one system decides on; the others stay as they are.
 *
 *     npx tsx examples/exact-groups.ts
 */
import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
for (const name of ['berth-crew', 'planners', 'yard-leads']) fake.addGroup({ name, origin: 'synced' });
fake.addGroup({ name: 'chess-club', origin: 'local' });
const atlassian = new AtlassianProvisioner(fake.connection());
await atlassian.onboard({ email: 'rosa@acme.com', displayName: 'Rosa Quell', groups: ['berth-crew', 'chess-club'] });

// #region exactly
const decided = ['berth-crew', 'planners', 'yard-leads']; // every group that the HR system decides on
const wanted = ['planners'];

const { relationships } = await atlassian.manageRelationships({
  identity: { email: 'rosa@acme.com' },
  add: wanted,
  remove: decided.filter((name) => !wanted.includes(name)),
});
for (const { change, group, outcome } of relationships) console.log(change, group, outcome); // remove yard-leads already, …
// #endregion
