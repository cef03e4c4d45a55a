import { describe, expect } from 'vitest';
import type { AtlassianProvisioner, Discovered, ReadCheckpoint } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const BEN = 'ben@acme.com';
const GUEST = 'guest@partner.example';

describe('a reading that is taken up reads anew what was read without something that failed', () => {
  test.for([
    ['admin', 'admin.users.listManaged'],
    ['jira', 'jira.permissionSchemes.list'],
    ['jira', 'jira.instance.getMyPermissions'],
    ['jira', 'jira.groups.list'],
    ['confluence', 'confluence.users.search'],
    ['confluence', 'confluence.groups.list'],
    ['confluence', 'confluence.spaceRoles.getMode'],
    ['confluence', 'confluence.spaceRoles.list'],
    ['confluence', 'confluence.spaces.list'],
    ['bitbucket', 'bitbucket.groups.list'],
    ['bitbucket', 'bitbucket.workspaces.listPermissions'],
  ] as const)('%s: %s', async ([product, operation], { fake, connect }) => {
    seed(fake);
    const atlassian = connect({});
    const whole = await everything(atlassian, product);
    const fault = fake.fail(operation, { status: 500, times: Infinity });

    const broken = await everything(atlassian, product);
    fault.cancel();
    const rest = await everything(atlassian, product, broken.checkpoint);

    expect(broken.found).not.toEqual(whole.found);
    const { gaps = [], kinds = [] } = broken.checkpoint.outdated ?? {};
    const kept = [...broken.found.values()].filter(
      (one) =>
        !(one.type === 'gap' ? gaps : (kinds as readonly string[])).includes(one.type === 'gap' ? one.id : one.type),
    );
    expect(byId([...kept, ...rest.found.values()])).toEqual(whole.found);
  });

  test('but what a missing right hides stays a gap, and is no reason to read the rest twice', async ({
    fake,
    connect,
  }) => {
    seed(fake);
    const atlassian = connect({});
    fake.fail('admin.users.listManaged', { status: 403, times: Infinity });

    const { found, checkpoint } = await everything(atlassian, 'admin');
    const gaps = [...found.values()].filter((one) => one.type === 'gap');
    const rest = await everything(atlassian, 'admin', checkpoint);

    expect(checkpoint.outdated).toBeUndefined();
    expect(fake.requests.of('admin.users.search')).toHaveLength(1);
    expect(gaps.map(({ part, reason }) => [part, reason])).toEqual([['managed accounts', 'forbidden']]);
    expect(rest.found.size).toBe(0);
  });
});

async function everything(
  atlassian: AtlassianProvisioner,
  product: 'admin' | 'jira' | 'confluence' | 'bitbucket',
  resumeFrom?: ReadCheckpoint,
): Promise<{ found: ReadonlyMap<string, Discovered>; checkpoint: ReadCheckpoint }> {
  let checkpoint = resumeFrom;
  const found: Discovered[] = [];
  const stream: AsyncIterable<Discovered> = atlassian.discovery[product].read({
    resumeFrom,
    onCheckpoint: (one) => {
      checkpoint = JSON.parse(JSON.stringify(one)) as ReadCheckpoint;
    },
  });
  for await (const one of stream) found.push(one);
  if (checkpoint === undefined) throw new Error('No checkpoint was told');
  return { found: byId(found), checkpoint };
}

/** What comes twice counts as it came last. */
function byId(found: readonly Discovered[]): ReadonlyMap<string, Discovered> {
  return new Map(found.map((one) => [`${one.type} ${one.id}`, one]));
}

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA, displayName: 'Rosa Quell' });
  fake.addUser({ email: BEN, displayName: 'Ben Ito', active: false });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA, BEN] });
  const [, confluence] = fake.addSite('acme', [
    { key: 'jira-software', grantedBy: ['planners'] },
    { key: 'confluence', grantedBy: ['planners'] },
  ]);
  fake.addAccount({ email: GUEST });
  if (confluence !== undefined) fake.addRole(GUEST, confluence.ari, 'atlassian/guest');
  fake.addJiraProject({ key: 'FIN', name: 'Finance', roles: { Member: ['group:planners'] } });
  fake.addConfluenceSpace({ key: 'DOCS', anonymous: true, roles: { Viewer: ['planners'] } });
  fake.addBitbucketMember(ROSA);
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' } });
}
