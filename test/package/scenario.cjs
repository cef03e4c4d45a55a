// The same real thing in every project: a person is onboarded, moved, offboarded and deleted, in process and over HTTP.
const assert = require('node:assert/strict');

const EMAIL = 'rosa@acme.com';

exports.scenario = async function scenario(sdk, testing) {
  const { AtlassianProvisioner } = sdk;
  const fake = seed(testing);

  await moveThrough(fake, new AtlassianProvisioner(fake.connection()), sdk);
  await readBack(fake, sdk);

  fake.reset();
  seed(testing, fake);
  const server = await fake.listen();
  try {
    await moveThrough(fake, new AtlassianProvisioner(server.connection()), sdk);
  } finally {
    await server.close();
  }
};

async function readBack(fake, { AccessGraph, AtlassianProvisioner, parseSnapshot, toHtmlReport, toJson }) {
  fake.addSite('acme', ['jira-software']);
  fake.addJiraProject({ key: 'DOCK' });

  const found = await new AtlassianProvisioner(fake.connection()).discover();

  const snapshot = parseSnapshot(JSON.parse(toJson(found)));
  assert.deepEqual(snapshot, found);
  assert.equal(AccessGraph.from(snapshot).findResource({ type: 'jira.project', id: 'DOCK' }).key, 'DOCK');
  assert.ok(toHtmlReport(snapshot).startsWith('<!'));
}

function seed(testing, fake = new testing.FakeAtlassian()) {
  fake.addDomain('acme.com');
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  return fake;
}

async function moveThrough(fake, atlassian, { isProvisionerError }) {
  const created = await atlassian.syncIdentity({ email: EMAIL, displayName: 'Rosa Quell', jobTitle: 'Planner' });
  assert.equal(created.outcome, 'created');
  assert.equal(fake.user(EMAIL).displayName, 'Rosa Quell');

  const again = await atlassian.syncIdentity({ email: EMAIL, displayName: 'Rosa Quell', jobTitle: 'Planner' });
  assert.equal(again.outcome, 'unchanged');

  const added = await atlassian.manageRelationships({ identity: { email: EMAIL }, add: ['berth-crew', 'guests'] });
  assert.equal(added.outcome, 'changed');
  assert.deepEqual(fake.account(EMAIL).groups, ['berth-crew', 'guests']);

  const removed = await atlassian.manageRelationships({ identity: { email: EMAIL }, remove: ['guests'] });
  assert.deepEqual(
    removed.relationships.map(({ group, change, outcome }) => [group, change, outcome]),
    [['guests', 'remove', 'applied']],
  );

  const left = await atlassian.deprovisionIdentity({ email: EMAIL });
  assert.equal(left.outcome, 'deprovisioned');
  assert.equal(fake.user(EMAIL).active, false);
  assert.deepEqual(fake.account(EMAIL).groups, []);

  await assert.rejects(
    atlassian.deleteIdentity({ email: EMAIL }, { scope: 'directory', confirm: 'somebody@acme.com' }),
    (error) => isProvisionerError(error, 'confirmation_mismatch'),
  );
  const deleted = await atlassian.deleteIdentity({ email: EMAIL }, { scope: 'directory', confirm: EMAIL });
  assert.equal(deleted.outcome, 'deleted');
  assert.equal(fake.user(EMAIL), undefined);
}
