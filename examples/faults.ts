/**
 * Scripts faults of Atlassian, and shows that an action comes to a true end all the same.
 *
 *     npx tsx examples/faults.ts
 */
import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addGroup({ name: 'berth-crew' });
fake.addGroup({ name: 'guests', origin: 'local' });
const atlassian = new AtlassianProvisioner(fake.connection());

// #region faults
fake.failNext('scim.users.create', { reset: 'after' }); // it happened, and the answer was lost
fake.failNext('admin.groups.*', { status: 429, retryAfter: 30 }); // nothing waits in real time
fake.failNext('admin.groups.addMember', { takesEffect: true, status: 500 });

const result = await atlassian.onboard({ email: 'rosa@acme.com', groups: ['berth-crew', 'guests'] });
for (const { operation, outcome, confirmedBy } of result.operations) console.log(operation.kind, outcome, confirmedBy);
// #endregion

// The answer of the creation was lost: that it happened, reading back told.
const [created] = result.operations;
if (result.outcome !== 'onboarded' || created?.confirmedBy !== 'read-back') process.exitCode = 1;
if (fake.group('guests')?.members.includes('rosa@acme.com') !== true) process.exitCode = 1;
