/**
 * Telling errors apart, and reading what became of each operation.
 *
 *     npx tsx examples/errors.ts
 */
import { AtlassianProvisioner, isProvisionerError } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
const atlassian = new AtlassianProvisioner(fake.connection());

// #region thrown
try {
  await atlassian.deprovisionIdentity({ email: 'nobody@acme.com' });
} catch (error) {
  if (isProvisionerError(error, 'rate_limited')) console.log(`try again in ${String(error.retryAfterMs)} ms`);
  else if (isProvisionerError(error, 'identity_not_found', 'identity_ambiguous')) console.log(error.advice);
  else throw error;
}
// #endregion

// #region result
const result = await atlassian.manageRelationships({ identity: { email: 'rosa@acme.com' }, add: ['no-such-group'] });

console.log(result.outcome); // failed: writing never throws, the result tells
for (const { group, outcome, code, reason } of result.relationships) console.log(group, outcome, code, reason);
// #endregion
