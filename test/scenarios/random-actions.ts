import fc from 'fast-check';
import {
  AtlassianProvisioner,
  MemorySink,
  isProvisionerError,
  type ActionOptions,
  type ActionResult,
  type AtlassianProvisionerOptions,
  type ProvisionerSettings,
  type ErrorCode,
  type RestorePoint,
} from '../../src/index.js';
import { FakeAtlassian, type LoggedRequest } from '../../src/testing/index.js';

/** Somebody with a record, somebody with an account alone, and somebody who is not there yet. */
export const PEOPLE = ['ana@acme.com', 'ben@acme.com', 'cleo@acme.com'] as const;
/** Two that SCIM writes, two that the organization writes, and one that nobody here does. */
export const GROUPS = ['crew', 'deck', 'club', 'guild', 'sealed'] as const;

export type Person = (typeof PEOPLE)[number];
export type GroupName = (typeof GROUPS)[number];

/** A call of one action, as data. */
export type Act =
  | { readonly do: 'sync'; readonly who: Person; readonly jobTitle?: string | null; readonly reactivate: boolean }
  | { readonly do: 'relate'; readonly who: Person; readonly add: GroupName[]; readonly remove: GroupName[] }
  | { readonly do: 'reactivate'; readonly who: Person; readonly restore: boolean }
  | { readonly do: 'delete'; readonly who: Person; readonly scope: 'directory' | 'account' }
  | { readonly do: 'deprovision' | 'suspend' | 'restore' | 'cancelDeletion'; readonly who: Person };

const who = fc.constantFrom(...PEOPLE);

/** Any call: groups in any mix, but none in both lists. */
export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record(
    {
      do: fc.constant('sync' as const),
      who,
      jobTitle: fc.constantFrom('Planner', 'Mate', null),
      reactivate: fc.boolean(),
    },
    { requiredKeys: ['do', 'who', 'reactivate'] },
  ),
  fc
    .record({ who, wishes: fc.array(fc.constantFrom(...GROUPS)), split: fc.nat(5) })
    .map(({ who: person, wishes, split }): Act => {
      const groups = [...new Set(wishes)];
      return { do: 'relate', who: person, add: groups.slice(0, split), remove: groups.slice(split) };
    }),
  fc.record({ do: fc.constant('reactivate' as const), who, restore: fc.boolean() }),
  fc.record({ do: fc.constant('delete' as const), who, scope: fc.constantFrom('directory' as const, 'account') }),
  fc.record({ do: fc.constantFrom('deprovision' as const, 'suspend', 'restore', 'cancelDeletion'), who }),
);

/** A small organization, a provisioner on it, and the records of what they did. */
export interface World {
  readonly fake: FakeAtlassian;
  readonly atlassian: AtlassianProvisioner;
  readonly audit: MemorySink;
  /** What the last deprovisioning of each person took away. */
  readonly removed: Map<Person, RestorePoint>;
}

/** Seeds the people and groups: Ana is in a group of each kind. */
export function newWorld(options: ProvisionerSettings = {}): World {
  const fake = new FakeAtlassian();
  fake.addDomain('acme.com');
  const [ana, ben] = PEOPLE;
  fake.addUser({ email: ana });
  fake.addAccount({ email: ben });
  fake.addGroup({ name: 'crew', origin: 'synced', members: [ana] });
  fake.addGroup({ name: 'deck', origin: 'synced' });
  fake.addGroup({ name: 'club', origin: 'local', members: [ana, ben] });
  fake.addGroup({ name: 'guild', origin: 'local' });
  fake.addGroup({ name: 'sealed', origin: 'foreign' });
  const audit = new MemorySink();
  const atlassian = new AtlassianProvisioner({
    ...fake.connection(),
    audit: { sink: audit },
    ...options,
  } as AtlassianProvisionerOptions);
  return { fake, atlassian, audit, removed: new Map() };
}

/** Calls the action. The restore point of a deprovisioning is kept in the world. */
async function perform({ atlassian, removed }: World, act: Act, options: ActionOptions = {}): Promise<ActionResult> {
  const identity = { email: act.who };
  switch (act.do) {
    case 'sync': {
      const { who: email, jobTitle, reactivate } = act;
      return atlassian.syncIdentity({ email, jobTitle, reactivate }, options);
    }
    case 'relate':
      return atlassian.manageRelationships({ identity, add: act.add, remove: act.remove }, options);
    case 'deprovision': {
      const result = await atlassian.deprovisionIdentity(identity, options);
      if (result.outcome === 'deprovisioned') removed.set(act.who, result.removed);
      return result;
    }
    case 'reactivate': {
      const restore = act.restore ? removed.get(act.who) : undefined;
      return atlassian.reactivateIdentity(identity, { restore, ...options });
    }
    case 'delete':
      return atlassian.deleteIdentity(identity, { scope: act.scope, confirm: act.who, ...options });
    case 'suspend':
      return atlassian.suspendAccess(identity, options);
    case 'restore':
      return atlassian.restoreAccess(identity, options);
    case 'cancelDeletion':
      return atlassian.cancelDeletion(identity, options);
  }
}

/** The result, or the code of the error where the action refused to begin. */
export async function attempt(world: World, act: Act, options?: ActionOptions): Promise<ActionResult | ErrorCode> {
  try {
    return await perform(world, act, options);
  } catch (error) {
    if (isProvisionerError(error)) return error.code;
    throw error;
  }
}

/** The request that makes each kind of write. */
const REQUEST_OF: Readonly<Record<string, string>> = {
  'scim.user.create': 'scim.users.create',
  'scim.user.update': 'scim.users.patch',
  'scim.user.deactivate': 'scim.users.patch',
  'scim.user.activate': 'scim.users.patch',
  'scim.user.delete': 'scim.users.delete',
  'scim.group.addMember': 'scim.groups.patch',
  'scim.group.removeMember': 'scim.groups.patch',
  'org.group.addMember': 'admin.groups.addMember',
  'org.group.removeMember': 'admin.groups.removeMember',
  'org.user.suspend': 'admin.users.suspend',
  'org.user.restore': 'admin.users.restore',
  'account.disable': 'admin.managedAccounts.disable',
  'account.enable': 'admin.managedAccounts.enable',
  'account.scheduleDeletion': 'admin.managedAccounts.scheduleDeletion',
  'account.cancelDeletion': 'admin.managedAccounts.cancelDeletion',
};

/** The name of the request that makes a write of this kind. */
export function requestOf(kind: string): string {
  return REQUEST_OF[kind] ?? `no request is known for ${kind}`;
}

/** Writes that went the wrong way: a synced group through the organization, or a local one through SCIM. */
export function misroutedWrites({ fake }: World): LoggedRequest[] {
  const groups = GROUPS.flatMap((name) => fake.group(name) ?? []);
  const byOrganization = new Set(groups.filter(({ origin }) => origin === 'local').map(({ orgGroupId }) => orgGroupId));
  const byScim = new Set(groups.filter(({ origin }) => origin === 'synced').map(({ scimGroupId }) => scimGroupId));
  return fake.requests.writes().filter(({ operation, path }) => {
    const ids: readonly string[] = path.split('/');
    if (operation.startsWith('scim.groups.')) return ![...byScim].some((id) => id !== undefined && ids.includes(id));
    if (!operation.startsWith('admin.groups.')) return false;
    return ![...byOrganization].some((id) => id !== undefined && ids.includes(id));
  });
}
