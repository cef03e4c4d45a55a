/**
 * Answers who reaches what, and how, from a snapshot; names what stands out; and tells what changed since, and by whom.
 *
 *     npx tsx examples/access-graph.ts
 */
import assert from 'node:assert/strict';
import { AccessGraph, AtlassianProvisioner, MemorySink, diffSnapshots, findings } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
fake.addUser({ email: 'tam@acme.com' });
fake.addAccount({ email: 'guest@elsewhere.com' });
fake.addGroup({ name: 'planners', members: ['rosa@acme.com'] });
fake.addSite('acme', [
  { key: 'jira-software', grantedBy: ['planners'] },
  { key: 'confluence', grantedBy: ['planners'] },
]);
fake.addJiraPermissionScheme({
  name: 'Planners only',
  grants: { BROWSE_PROJECTS: ['projectRole:Planners'], EDIT_ISSUES: ['projectRole:Planners'] },
});
fake.addJiraProject({
  key: 'DOCK',
  name: 'Dock planning',
  roles: { Planners: ['group:planners'] },
  permissionScheme: 'Planners only',
});
fake.addConfluenceSpace({ key: 'TIDES', name: 'Tide tables', anonymous: true });
fake.changeConfluence({ anonymousAccess: true });
fake.addRepository({
  project: 'OPS',
  name: 'berth-api',
  grants: { planners: 'write', 'guest@elsewhere.com': 'write' },
});

const sink = new MemorySink();
const atlassian = new AtlassianProvisioner({
  ...fake.connection(),
  audit: { sink, actor: { type: 'service', name: 'reviews' } },
});
const snapshot = await atlassian.discover();

// #region who
const graph = AccessGraph.from(snapshot);
const dock = { type: 'jira.project', id: 'DOCK' } as const; // an id, or the key

const { people, openTo, complete } = graph.whoCanAccess(dock, { level: 'write' });
for (const { identity, levels, onlyByAdministration } of people)
  console.log(identity.email, levels.join(', '), onlyByAdministration ? '(administrator)' : '');
for (const { holder, levels } of openTo) console.log(`open to ${holder.type}: ${levels.join(', ')}`);
console.log(complete ? 'to nobody else' : 'perhaps to others: a part was not read');
// #endregion

assert.deepEqual(
  [...people].filter((one) => !one.onlyByAdministration).map(({ identity }) => identity.email),
  ['rosa@acme.com'],
);
assert.equal(openTo.length, 0);

// #region explain
const { verdict, paths, open } = graph.explain({ email: 'rosa@acme.com' }, dock);
console.log(verdict); // yes, no, or unknown
for (const { from, steps, names, direct } of paths)
  console.log(
    [from.name ?? from.id, ...steps.map(({ relation, to }) => `${relation} → ${to.name ?? to.id}`)].join(' '),
    names,
    direct ? 'direct' : 'inherited',
  );
for (const { message } of open) console.log(`open: ${message}`);
// #endregion

assert.equal(verdict, 'yes');
assert.deepEqual(paths[0]?.through.slice(0, 2), ['group', 'role']);
assert.equal(graph.verdict({ email: 'tam@acme.com' }, dock), 'no');

// #region access-of
const { resources, undecided } = graph.accessOf({ email: 'guest@elsewhere.com' });
for (const { resource, levels, granted, open: asAnybody } of resources)
  console.log(resource.name, levels, granted ? 'granted' : '', asAnybody ? 'open to all' : '');
console.log(`${String(undecided.size)} resources of which it is not known`);
// #endregion

assert.deepEqual([...resources].map(({ resource }) => resource.name).includes('berth-api'), true);

// #region findings
for (const { severity, kind, message, certain } of findings(graph, { dormantAfterDays: 60 }))
  console.log(severity, kind, message, certain ? '' : '(may be so)');
// #endregion

const found = new Set(findings(graph).map(({ kind }) => kind));
for (const kind of ['public-access', 'external-write', 'unprotected-branch'] as const) assert.ok(found.has(kind), kind);

await atlassian.manageRelationships({ identity: { email: 'tam@acme.com' }, add: ['planners'] });
fake.addGroup({ name: 'divers', members: ['tam@acme.com'] }); // somebody else's doing
fake.clock.advance(60_000);

// #region diff
const later = await atlassian.discover();
const { memberships, access } = diffSnapshots(graph, later, { audit: sink.events });

for (const { change, accountId, group, origin } of memberships) console.log(change, accountId, group.name, origin); // sdk, elsewhere
for (const { change, who, resource, levels } of access) console.log(who.name, change, levels, resource.name);
// #endregion

assert.deepEqual(memberships.map(({ group, origin }) => [group.name, origin]).toSorted(), [
  ['divers', 'elsewhere'],
  ['planners', 'sdk'],
]);
assert.ok(access.some(({ change, resource }) => change === 'gained' && resource.name === 'Dock planning'));
await atlassian.close();
