/**
 * Reads everything back, and answers who reaches a project and what stands out.
 *
 *     npx tsx examples/read-back.ts
 */
import assert from 'node:assert/strict';
import { AccessGraph, AtlassianProvisioner, findings } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
fake.addGroup({ name: 'planners', members: ['rosa@acme.com'] });
fake.addSite('acme', [{ key: 'jira-software', grantedBy: ['planners'] }, 'confluence']);
fake.addJiraPermissionScheme({ name: 'Planners only', grants: { BROWSE_PROJECTS: ['projectRole:Planners'] } });
fake.addJiraProject({ key: 'DOCK', roles: { Planners: ['group:planners'] }, permissionScheme: 'Planners only' });
fake.addRepository({ project: 'OPS', name: 'berth-api' });
const atlassian = new AtlassianProvisioner(fake.connection());

// #region read-back
const graph = AccessGraph.from(await atlassian.discover()); // reads only
const dock = { type: 'jira.project', id: 'DOCK' } as const;

for (const { identity, levels } of graph.whoCanAccess(dock).people) console.log(identity.email, levels.join(', '));

const { verdict, paths } = graph.explain({ email: 'rosa@acme.com' }, dock); // yes, no, or unknown where a part was not read
for (const { steps } of paths) console.log(verdict, steps.map(({ to }) => to.name).join(' → '));

for (const { severity, message } of findings(graph)) console.log(severity, message); // exposures, orphans, open branches, …
// #endregion

assert.equal(verdict, 'yes');
assert.deepEqual(
  [...graph.whoCanAccess(dock).people].map(({ identity }) => identity.email),
  ['rosa@acme.com'],
);
assert.deepEqual(
  findings(graph).map(({ kind }) => kind),
  ['unprotected-branch'],
);
await atlassian.close();
