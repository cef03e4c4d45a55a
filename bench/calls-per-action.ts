import type { AtlassianProvisioner } from 'atlassian-provisioner';
import { loadBuild, loadFake } from './load-build.js';
import type { Ratio } from './ratio.js';

const rosa = { email: 'rosa@acme.com' };

interface Step {
  readonly name: string;
  /** The calls that no way of doing it can leave out: one read for each fact that decides, one write for each change. */
  readonly needed: readonly string[];
  readonly act: (atlassian: AtlassianProvisioner) => Promise<{ readonly outcome: string }>;
  readonly outcome: string;
}

// One person's way through, in order: each step starts from what the step before left.
const STEPS: readonly Step[] = [
  {
    name: 'syncIdentity, new person',
    needed: [
      'find the record',
      'find the account it would take over',
      'see that a new account will come of it',
      'create',
    ],
    act: (atlassian) => atlassian.syncIdentity({ ...rosa, displayName: 'Rosa Quell' }),
    outcome: 'created',
  },
  {
    name: 'syncIdentity, nothing differs',
    needed: ['find the record'],
    act: (atlassian) => atlassian.syncIdentity({ ...rosa, displayName: 'Rosa Quell' }),
    outcome: 'unchanged',
  },
  {
    name: 'syncIdentity, one attribute differs',
    needed: ['find the record', 'patch'],
    act: (atlassian) => atlassian.syncIdentity({ ...rosa, displayName: 'Rosa Q.' }),
    outcome: 'updated',
  },
  {
    name: 'manageRelationships, a synced and a local group',
    needed: [
      'find the record',
      'find the synced group in the organization',
      'find the local group in the organization',
      'find the synced group in the directory',
      'read the memberships',
      'add to the synced group',
      'add to the local group',
    ],
    act: (atlassian) => atlassian.manageRelationships({ identity: rosa, add: ['berth-crew', 'guests'] }),
    outcome: 'changed',
  },
  {
    name: 'manageRelationships, a member already',
    needed: ['find the record', 'find the groups', 'read the local memberships'],
    act: (atlassian) => atlassian.manageRelationships({ identity: rosa, add: ['berth-crew', 'guests'] }),
    outcome: 'unchanged',
  },
  {
    name: 'deprovisionIdentity, a synced and a local group',
    needed: [
      'find the record',
      'find the account',
      'read the groups',
      'deactivate',
      'remove from the synced group',
      'remove from the local group',
      'read the record back',
      'read the groups back',
    ],
    act: (atlassian) => atlassian.deprovisionIdentity(rosa),
    outcome: 'deprovisioned',
  },
  {
    name: 'deleteIdentity, the record',
    needed: ['find the record', 'read what deleting would deactivate', 'delete'],
    act: (atlassian) => atlassian.deleteIdentity(rosa, { scope: 'directory', confirm: rosa.email }),
    outcome: 'deleted',
  },
];

/** Calls of each action, counted at the fake, against the fewest that could do it. */
export async function callsPerAction(): Promise<Ratio[]> {
  const { AtlassianProvisioner: Provisioner } = await loadBuild();
  const { FakeAtlassian } = await loadFake();
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  fake.addGroup({ name: 'berth-crew' });
  fake.addGroup({ name: 'guests', origin: 'local' });
  const atlassian = new Provisioner(fake.connection());

  const ratios: Ratio[] = [];
  for (const { name, needed, act, outcome } of STEPS) {
    fake.requests.clear();
    const result = await act(atlassian);
    if (result.outcome !== outcome) throw new Error(`${name} ended as ${result.outcome}, not ${outcome}`);
    ratios.push({ name, measured: fake.requests.length, baseline: needed.length, unit: 'calls' });
  }
  return ratios;
}
