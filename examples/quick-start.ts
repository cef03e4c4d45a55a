/**
 * One person's whole life in Atlassian Cloud, against a fake organization in process.
 *
 *     npx tsx examples/quick-start.ts
 */
// #region connect
import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

// In production: { organizationId, scim: { url, token }, admin: { apiKey } }
const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addGroup({ name: 'berth-crew', origin: 'synced' });
fake.addGroup({ name: 'guests', origin: 'local' });
const atlassian = new AtlassianProvisioner(fake.connection());
// #endregion

// #region life
const rosa = { email: 'rosa@acme.com' };

await atlassian.syncIdentity({ ...rosa, displayName: 'Rosa Quell', jobTitle: 'Planner' }); // created
await atlassian.manageRelationships({ identity: rosa, add: ['berth-crew'], remove: ['guests'] }); // changed

const left = await atlassian.deprovisionIdentity(rosa); // deprovisioned: inactive, in no group, account kept
await atlassian.reactivateIdentity(rosa, { restore: left.removed }); // reactivated, with the groups of before

await atlassian.deleteIdentity(rosa, { scope: 'account', confirm: 'rosa@acme.com' }); // deletion-scheduled
await atlassian.cancelDeletion(rosa); // there are 14 days
// #endregion

console.log(fake.account(rosa.email)?.status);
await atlassian.close();
