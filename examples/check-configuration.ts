/**
 * Asks what a configuration is good for, with reads only, and looks at a plan without applying it.
 *
 *     npx tsx examples/check-configuration.ts
 *
 * Without `ATLASSIAN_…` variables it asks a fake organization in process.
 */
import { AtlassianProvisioner, describePlan, type ProvisionerSettings } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const options = process.env.ATLASSIAN_ORGANIZATION_ID === undefined ? fakeOrganization() : {};

// #region connect
const atlassian = AtlassianProvisioner.fromEnvironment(options); // what `options` leaves out is read from the variables
// #endregion

// #region check
const report = await atlassian.checkConfiguration();
for (const { capability, status, summary, advice = '', warnings } of report.capabilities)
  console.log(`${capability}: ${status}. ${summary} ${advice}`, ...warnings);
// #endregion

// #region dry-run
const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Planner' }, { dryRun: true });
console.log(describePlan(result.plan));
// #endregion

function fakeOrganization(): ProvisionerSettings {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  return fake.connection();
}
