/**
 * Reads back who can reach what: everything as one snapshot, one kind of thing as a stream, and a reading that is cut
 * short and taken up again.
 *
 *     npx tsx examples/discover.ts
 */
import assert from 'node:assert/strict';
import {
  AtlassianProvisioner,
  ConfluenceReader,
  isProvisionerError,
  type ConfluenceSpaceEntity,
  type DiscoveryCheckpoint,
} from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

// #region seed
const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com' });
fake.addAccount({ email: 'guest@elsewhere.com' });
fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
fake.addSite('acme', [
  { key: 'jira-software', grantedBy: ['berth-crew'] },
  { key: 'confluence', grantedBy: ['berth-crew'] },
]);

fake.addJiraPermissionScheme({ name: 'Crew only', grants: { BROWSE_PROJECTS: ['projectRole:Crew'] } });
fake.addJiraProject({ key: 'DOCK', roles: { Crew: ['group:berth-crew'] }, permissionScheme: 'Crew only' });
fake.addConfluenceSpace({ key: 'TIDES', roles: { Viewer: ['berth-crew'] } });
fake.addRepository({
  project: 'OPS',
  name: 'berth-api',
  grants: { 'berth-crew': 'write', 'guest@elsewhere.com': 'read' },
  branchRestrictions: [{ kind: 'require_approvals_to_merge', pattern: 'main', value: 2 }],
});
// #endregion

// #region snapshot
// In production: { organizationId, admin: { apiKey }, scim: { url, token },
//   site: { url, user, token }, bitbucket: { workspace, oauthKey, oauthSecret } }
const atlassian = new AtlassianProvisioner(fake.connection());

const snapshot = await atlassian.discover({
  onProgress: ({ product, part, done, expected }) => {
    console.log(`${product}: ${part} ${String(done)} of ${String(expected ?? '?')}`);
  },
});
for (const project of snapshot.entities['jira.project']) console.log(project.key, project.permissionSchemeId);
for (const gap of snapshot.gaps) console.warn(gap.reason, gap.message, gap.advice); // what could not be read
// #endregion

// Without an admin key Confluence does not tell whether it hides spaces.
const parts = (gaps: readonly { readonly part: string }[]) => gaps.map(({ part }) => part);
assert.deepEqual(parts(snapshot.gaps), ['hidden spaces']);
assert.deepEqual(
  snapshot.entities['jira.project'].map(({ key }) => key),
  ['DOCK'],
);
assert.equal(snapshot.entities['confluence.space'][0]?.anonymousAccess, false);
assert.deepEqual(
  snapshot.entities['bitbucket.repository'].map((one) => [one.slug, one.requireApprovalsToMerge, one.grants]),
  [['berth-api', true, 'explicit']],
);

let streamed = 0;
// #region stream
for await (const found of atlassian.discovery.bitbucket.stream(['bitbucket.grant', 'bitbucket.group'])) {
  if (found.type === 'gap') console.warn(found.message);
  else if (found.type === 'bitbucket.grant') console.log(found.principal, found.level, found.resourceId);
  streamed += 1;
}
// #endregion
assert.ok(streamed > 0);

const limit = new AbortController();
let received = 0;
let kept: string | undefined;
const store = {
  put: (text: string): void => {
    kept = text;
  },
  get: (): string => {
    assert.ok(kept !== undefined, 'the reading was not cut short');
    return kept;
  },
};
const stopSoon = (): void => {
  received += 1;
  if (received === 3) limit.abort();
};

// #region resume
try {
  await atlassian.discover({
    signal: limit.signal,
    onProgress: stopSoon,
    onInterrupted: (checkpoint) => store.put(JSON.stringify(checkpoint)),
  });
} catch (error) {
  if (!isProvisionerError(error, 'aborted')) throw error;
}

const resumeFrom = JSON.parse(store.get()) as DiscoveryCheckpoint;
const whole = await atlassian.discover({ resumeFrom });
// #endregion

assert.deepEqual(parts(whole.gaps), ['hidden spaces']);
for (const [type, entities] of Object.entries(snapshot.entities))
  assert.equal(whole.entities[type as keyof typeof whole.entities].length, entities.length, type);

fake.requests.expectNoWrites();
fake.addConfluenceSpace({ key: 'BOARD', roles: { Viewer: ['berth-crew'] }, productAdmins: false });

const spaces: ConfluenceSpaceEntity[] = [];
// #region admin-key
await atlassian.confluence.instance.enableAdminKey(60); // minutes; each use is in the audit log of the organization

const reader = new ConfluenceReader(atlassian.confluence.withAdminKey());
for await (const found of reader.read({ only: ['confluence.space'] }))
  if (found.type === 'confluence.space') spaces.push(found); // those too that the user may not view

await atlassian.confluence.instance.disableAdminKey();
// #endregion
assert.deepEqual(spaces.map(({ key }) => key).toSorted(), ['BOARD', 'TIDES']);

console.log(`Read ${String(Object.values(whole.entities).flat().length)} entities`);
await atlassian.close();
