/**
 * Finds people by any one of their ids, many at once, and groups with the way to write them; then classifies the whole
 * directory. It writes nothing.
 *
 *     npx tsx examples/map-identities.ts
 */
import { AdminOrgClient, IdMapper, isProvisionerError, ScimDirectoryClient } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addUser({ email: 'rosa@harbor.example', externalId: 'e-4471' });
fake.addUser({ email: 'mia@harbor.example', userName: 'mia' });
fake.addUser({ email: 'guest@elsewhere.example', link: 'unlinked' });
fake.addAccount({ email: 'invited@harbor.example' });
fake.addGroup({ name: 'berth-crew', members: ['rosa@harbor.example'] });
fake.addGroup({ name: 'guests', origin: 'local' });
const { organizationId, scim: directory, admin: key, fetch, clock } = fake.connection();

// #region connect
const mapper = new IdMapper({
  scim: ScimDirectoryClient.connect({ ...directory, fetch, clock }),
  admin: AdminOrgClient.connect({ organizationId, ...key, fetch, clock }),
});
// #endregion

// #region one
const rosa = await mapper.resolve({ externalId: 'e-4471' });

console.log(rosa.email?.value, rosa.link); // rosa@harbor.example linked
console.log(rosa.accountId); // { value: '712020:…', source: 'scim-extension', observedAt: '…' }

const guest = await mapper.find({ email: 'guest@elsewhere.example' });
console.log(guest?.link, guest?.accountId?.value); // unlinked undefined
// #endregion

// #region many
const outcomes = await mapper.resolveMany(
  [{ email: 'mia@harbor.example' }, { email: 'invited@harbor.example' }, { userName: 'nobody' }],
  { onPlan: ({ strategy, plannedCalls }) => console.log(strategy, plannedCalls) },
);
for (const outcome of outcomes)
  console.log(outcome.ref, outcome.status, outcome.status === 'resolved' ? outcome.identity.link : '');
// #endregion

// #region groups
for (const resolution of await mapper.resolveGroups([{ name: 'Berth-Crew' }, { name: 'guests' }, { name: 'nowhere' }]))
  if (resolution.status === 'resolved') console.log(resolution.group.origin, resolution.group.route);
  else console.log(resolution.error.message);
// #endregion

// #region audit
const { counts } = await mapper.audit();
console.log(counts); // { duplicated: 0, orphaned: 0, conflicting: 0, unlinked: 1, linked: 2 }

for await (const { class: found, identity, evidence } of mapper.auditEntries())
  if (found !== 'linked') console.log(found, identity.scimUserId?.value, evidence);
// #endregion

// #region ambiguous
try {
  await mapper.resolve({ externalId: 'e-4471' });
} catch (error) {
  if (!isProvisionerError(error, 'identity_ambiguous')) throw error;
  for (const { scimUserId, accountId, foundIn } of error.candidates) console.log(scimUserId, accountId, foundIn);
}
// #endregion
