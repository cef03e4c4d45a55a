import { expect } from 'vitest';
import { diffSnapshots, type AccessSnapshot, type SnapshotDiff } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';

test.for([
  ['the organization', /^(admin|scim)\./, ['admin', 'jira', 'confluence', 'bitbucket']],
  ['Jira', /^jira\./, ['admin', 'jira']],
  ['Confluence', /^confluence\./, ['admin', 'confluence']],
  ['Bitbucket', /^bitbucket\./, ['admin', 'bitbucket']],
] as const)(
  'a part of %s that cannot be read is no change, whichever it is and whichever of two snapshots lacks it',
  async ([, ofProduct, products], { fake, connect }) => {
    seed(fake);
    const discover = (): Promise<AccessSnapshot> =>
      connect({ http: { retry: { maxAttempts: 1 } } }).discover({ products });
    fake.requests.clear();
    const whole = await discover();
    const operations = new Set(
      [...fake.requests].map(({ operation }) => operation).filter((one) => ofProduct.test(one)),
    );

    const told: Record<string, Record<string, number>> = {};
    for (const operation of operations) {
      const fault = fake.fail(operation, { status: 500, times: Infinity });
      const lacking = await discover();
      fault.cancel();
      told[operation] = {
        ...claimsOf('later', diffSnapshots(whole, lacking)),
        // Nothing has changed: the first reading is what a third one would tell.
        ...claimsOf('earlier', diffSnapshots(lacking, { ...whole, startedAt: lacking.completedAt })),
      };
    }

    expect(operations.size).toBeGreaterThan(3);
    expect(Object.entries(told).filter(([, claims]) => Object.keys(claims).length > 0)).toEqual([]);
  },
);

/** How many changes a comparison is sure of, by kind. */
function claimsOf(lacking: string, diff: SnapshotDiff): Record<string, number> {
  const sure = (changes: readonly { readonly certain: boolean }[]) => changes.filter(({ certain }) => certain).length;
  const counts = {
    added: sure(diff.added),
    removed: diff.removed.length,
    changed: diff.changed.length,
    memberships: sure(diff.memberships),
    provisioning: sure(diff.provisioning),
    access: sure(diff.access),
  };
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, count]) =>
      count === 0 ? [] : [[`${kind}, lacking in the ${lacking}`, count]],
    ),
  );
}

/** Something of every kind that is read. */
function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addUser({ email: 'ben@acme.com', active: false });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addGroup({ name: 'former', origin: 'synced', members: ['ben@acme.com'] });
  const [jira] = fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  fake.addRole(ROSA, jira!.ari);
  fake.addJiraProject({ key: 'FIN', name: 'Finance', roles: { Member: ['group:planners'] } });
  fake.addConfluenceSpace({ key: 'DOCS', roles: { Viewer: ['planners'] } });
  fake.addBitbucketMember(ROSA, { role: 'owner' });
  fake.addBitbucketGroup({ name: 'crew', members: [ROSA] });
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments', grants: { crew: 'write' } });
  fake.addRepository({
    project: 'PAY',
    name: 'Ledger',
    grants: { [ROSA]: 'write', crew: 'admin' },
    branchRestrictions: [
      { kind: 'push', pattern: 'ma*' },
      { kind: 'force', branchType: 'development' },
    ],
  });
}
