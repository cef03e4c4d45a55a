/**
 * Asks what a configuration is good for, with reads only, and looks at a plan without applying it.
 *
 *     npx tsx examples/check-configuration.ts
 *
 * Without `ATLASSIAN_…` variables it asks a fake organization in process.
 */
import { AtlassianProvisioner, describePlan } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const atlassian = process.env.ATLASSIAN_ORGANIZATION_ID === undefined ? fakeOrganization() : fromEnvironment();

// #region check
const report = await atlassian.checkConfiguration();
for (const { capability, status, summary, advice = '', warnings } of report.capabilities)
  console.log(`${capability}: ${status}. ${summary} ${advice}`, ...warnings);
// #endregion

// #region dry-run
const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Planner' }, { dryRun: true });
console.log(describePlan(result.plan));
// #endregion

function fromEnvironment(): AtlassianProvisioner {
  return AtlassianProvisioner.fromEnvironment();
}

function fakeOrganization(): AtlassianProvisioner {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  return new AtlassianProvisioner(fake.connection());
}
