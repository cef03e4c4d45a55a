/**
 * An approver, a guard and an audit log that shows when somebody has tampered with it.
 *
 *     npx tsx examples/approve-and-audit.ts
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtlassianProvisioner, JsonlSink, verifyAuditLog } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
fake.addGroup({ name: 'berth-crew', origin: 'synced', members: ['rosa@acme.com'] });

const folder = await mkdtemp(join(tmpdir(), 'audit-'));
const path = join(folder, 'audit.jsonl');

// #region configure
const atlassian = new AtlassianProvisioner({
  ...fake.connection(),
  audit: { sink: new JsonlSink(path), actor: { type: 'service', name: 'hr-sync' } },
  guard: {
    maxRemovals: { count: 20, share: 0.2, minimumMembers: 100 }, // in an hour, per group
    protect: { groups: ['break-glass'], identities: ['ceo@acme.com'] }, // organization admins always are
  },
  approve: ({ plan }) =>
    plan.risk === 'irreversible'
      ? { approved: false, because: 'a person must look at this' }
      : { approved: true, approvedBy: 'policy' },
});
// #endregion

const result = await atlassian.deprovisionIdentity({ email: 'rosa@acme.com' }, { reason: 'left on Friday' });
console.log(result.outcome);
await atlassian.close();

// #region verify
const verification = await verifyAuditLog(path);
console.log(verification.ok); // false once a line is removed, altered or out of order
// #endregion

await rm(folder, { recursive: true });
