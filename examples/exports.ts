/**
 * Writes a snapshot as JSON with its schema, as NDJSON, as CSV, as Open Authorization API payloads, and as a report.
 *
 *     npx tsx examples/exports.ts
 */
import assert from 'node:assert/strict';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AtlassianProvisioner,
  CSV_TABLES,
  discoveredToNdjson,
  parseSnapshot,
  snapshotFromNdjson,
  snapshotJsonSchema,
  toCsv,
  toHtmlReport,
  toJson,
  toNdjson,
  toOaa,
} from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';

const fake = new FakeAtlassian();
fake.addDomain('acme.com');
fake.addUser({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });
fake.addGroup({ name: 'berth-crew', members: ['rosa@acme.com'] });
fake.addSite('acme', ['jira-software', 'confluence']);
fake.addJiraProject({ key: 'DOCK', roles: { Administrators: ['group:berth-crew'] } });
fake.addConfluenceSpace({ key: 'TIDES', roles: { Viewer: ['berth-crew'] } });
fake.addRepository({ project: 'OPS', name: 'berth-api', grants: { 'berth-crew': 'write' } });

const atlassian = new AtlassianProvisioner(fake.connection());
const snapshot = await atlassian.discover();
const folder = await mkdtemp(join(tmpdir(), 'access-'));
const file = (name: string): string => join(folder, name);

// #region json
await writeFile(file('snapshot.json'), toJson(snapshot));
await writeFile(file('snapshot.schema.json'), JSON.stringify(snapshotJsonSchema()));

const again = parseSnapshot(await readFile(file('snapshot.json'), 'utf8')); // checks all of it, or throws
// #endregion
assert.deepEqual(again, snapshot);

// #region ndjson
await pipeline(Readable.from(toNdjson(snapshot)), createWriteStream(file('snapshot.ndjson')));

const back = await snapshotFromNdjson(createReadStream(file('snapshot.ndjson'))); // refuses one that was cut off
// #endregion
assert.deepEqual(back, snapshot);

// #region ndjson-stream
// One product straight to a file, without a snapshot in memory.
const lines = discoveredToNdjson(atlassian.discovery.jira.read(), {
  startedAt: new Date().toISOString(),
  products: ['jira'],
  completedAt: () => new Date().toISOString(),
});
await pipeline(Readable.from(lines), createWriteStream(file('jira.ndjson')));
// #endregion
const jira = await snapshotFromNdjson(createReadStream(file('jira.ndjson')));
assert.deepEqual(
  jira.entities['jira.project'].map(({ key }) => key),
  ['DOCK'],
);

// #region csv
for (const table of CSV_TABLES) await writeFile(file(`${table}.csv`), toCsv(snapshot, table));
// #endregion
assert.match(await readFile(file('bitbucket.repository.csv'), 'utf8'), /berth-api/u);

// #region oaa
for (const { name, product, payload } of toOaa(snapshot)) {
  console.log(`${product}: application "${name}"`);
  await writeFile(file(`oaa-${product}.json`), JSON.stringify(payload)); // `json_data` of a push
}
// #endregion

// #region report
await writeFile(file('report.html'), toHtmlReport(snapshot, { title: 'Access at Acme' }));
// #endregion
const report = await readFile(file('report.html'), 'utf8');
assert.match(report, /Access at Acme/u);
assert.match(report, /default-src 'none'/u);

console.log(`${String((await readdir(folder)).length)} files`);
await rm(folder, { recursive: true });
await atlassian.close();
