/**
 * A plan that is made, stored, approved elsewhere and applied later.
 *
 *     npx tsx examples/plan-and-approve.ts
 */
import { AtlassianProvisioner, describePlan, isProvisionerError } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
fake.addGroup({ name: 'berth-crew', origin: 'synced', members: ['rosa@acme.com'] });
const atlassian = new AtlassianProvisioner(fake.connection());

// #region plan
const plan = await atlassian.plan('deprovisionIdentity', { identity: { email: 'rosa@acme.com' } });
console.log(describePlan(plan)); // operations, reasons, risks, digest

const stored = JSON.stringify(plan); // for whoever approves it
// #endregion

// #region apply
try {
  const result = await atlassian.apply(JSON.parse(stored), {
    digest: plan.digest, // what was approved, and nothing else
    approval: { approvedBy: 'ops@acme.com', comment: 'ticket 4471' },
  });
  console.log(result.outcome); // deprovisioned
} catch (error) {
  // The ground has moved since, or the plan has expired or was altered: nothing was written.
  if (isProvisionerError(error, 'plan_stale', 'plan_expired', 'plan_altered')) console.log(error.advice);
  else throw error;
}
// #endregion
