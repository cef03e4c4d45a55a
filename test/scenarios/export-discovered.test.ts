import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect } from 'vitest';
import {
  AccessGraph,
  type AccessSnapshot,
  CSV_TABLES,
  parseSnapshot,
  snapshotFromNdjson,
  snapshotJsonSchema,
  toCsv,
  toHtmlReport,
  toJson,
  toNdjson,
} from '../../src/index.js';
import { type FakeAtlassian, generateOrganization } from '../../src/testing/index.js';
import { test } from './support.js';

const matches = addFormats.default(new Ajv2020({ strict: true })).compile(snapshotJsonSchema());

/** Where what was written is not what the schema says, or does not come back. */
async function faultsOf(snapshot: AccessSnapshot): Promise<unknown> {
  const document: unknown = JSON.parse(toJson(snapshot));
  const valid = matches(document);
  expect(parseSnapshot(document)).toEqual(snapshot);
  expect(await snapshotFromNdjson(toNdjson(snapshot))).toEqual(snapshot);
  expect(toHtmlReport(AccessGraph.from(snapshot))).toContain('</html>');
  return valid ? [] : matches.errors;
}

describe('what was discovered', () => {
  test('is of the published schema, and comes back from JSON and NDJSON as it was', async ({ fake, connect }) => {
    seed(fake);

    const snapshot = await connect({}).discover();

    const filled = Object.entries(snapshot.entities).filter(([, list]) => list.length > 0);
    expect(filled.length).toBeGreaterThan(20);
    expect(await faultsOf(snapshot)).toEqual([]);
    for (const [type, list] of filled) {
      const table = CSV_TABLES.find((name) => name === type)!;
      expect([type, [...toCsv(snapshot, table)].length]).toEqual([type, list.length + 1]);
    }
  });

  test('is of the published schema where parts were refused, failed, or are not there', async ({ fake, connect }) => {
    seed(fake);
    fake.fail('admin.groups.search', { status: 403 });
    fake.fail('jira.projectRoles.list', { status: 500, times: Infinity });
    fake.fail('confluence.spaces.list', { status: 403, times: Infinity });
    fake.fail('bitbucket.branchRestrictions.list', { status: 500, times: Infinity });

    const snapshots = [
      await connect({}).discover(),
      await connect({ admin: undefined }).discover(),
      await connect({ site: undefined }).discover(),
      await connect({ bitbucket: undefined, scim: undefined }).discover(),
    ];

    expect(snapshots.map(({ gaps }) => gaps.length > 0)).toEqual([true, true, true, true]);
    for (const snapshot of snapshots) expect(await faultsOf(snapshot)).toEqual([]);
  });
});

const ROSA = 'rosa@acme.com';

/** Every product, with names that text formats stumble over. */
function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA, displayName: '=1+1, "Rosa";\r\n\u2028</script>' });
  fake.addGroup({ name: '-crew; \\ \u05D0', origin: 'local', members: [ROSA] });
  fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['-crew; \\ \u05D0'] },
    { key: 'confluence', grantedBy: ['-crew; \\ \u05D0'] },
  ]);
  generateOrganization(fake, {
    people: 40,
    groups: 6,
    unsynced: 0.2,
    localGroups: 0.5,
    jiraProjects: 5,
    confluenceSpaces: 4,
    repositories: 6,
  });
  fake.addConfluenceSpace({ key: 'DOCS', anonymous: true });
  fake.addBitbucketMember(ROSA);
}
