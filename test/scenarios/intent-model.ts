import type { RestorePoint } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { GROUPS, PEOPLE, type Act, type GroupName, type Person } from './random-actions.js';

/** How a person is meant to be. */
interface Intent {
  record: { active: boolean; jobTitle: string | undefined } | undefined;
  account: 'none' | 'active' | 'inactive' | 'for-deletion';
  suspended: boolean;
  groups: Set<GroupName>;
}

const SYNCED: ReadonlySet<GroupName> = new Set(['crew', 'deck']);
const LOCAL: ReadonlySet<GroupName> = new Set(['club', 'guild']);

/** What each action means, in a few lines and without the SDK: the oracle of the properties. */
export class IntentModel {
  readonly #people = new Map<Person, Intent>([
    [PEOPLE[0], person({ active: true, jobTitle: undefined }, 'active', ['crew', 'club'])],
    [PEOPLE[1], person(undefined, 'active', ['club'])],
    [PEOPLE[2], person(undefined, 'none', [])],
  ]);

  /** Makes of a person what the action means. `restore` is what a reactivation is to give back. */
  carryOut(act: Act, restore: RestorePoint | undefined): void {
    const of = this.#people.get(act.who);
    if (of === undefined) return;
    switch (act.do) {
      case 'sync':
        sync(of, act);
        return;
      case 'relate':
        for (const name of act.remove) of.groups.delete(name);
        for (const name of act.add) if (canJoin(of, name)) of.groups.add(name);
        return;
      case 'deprovision':
        if (of.record !== undefined) of.record.active = false;
        if (of.account === 'active') of.account = 'inactive';
        of.groups.clear();
        return;
      case 'reactivate':
        if (of.account === 'for-deletion' || of.account === 'none') return;
        if (restore === undefined || restore.deactivated.length > 0) activate(of);
        for (const { name } of restore?.groups ?? [])
          if (canJoin(of, name as GroupName)) of.groups.add(name as GroupName);
        return;
      case 'delete':
        if (act.scope === 'directory' && of.record === undefined) return;
        if (of.account === 'none') return;
        of.record = undefined;
        for (const name of SYNCED) of.groups.delete(name);
        if (act.scope === 'account') of.account = 'for-deletion';
        else if (of.account === 'active') of.account = 'inactive';
        return;
      case 'suspend':
      case 'restore':
        if (of.account !== 'none') of.suspended = act.do === 'suspend';
        return;
      case 'cancelDeletion':
        // A record that was made since locks the account.
        if (of.account === 'for-deletion' && of.record === undefined) of.account = 'active';
    }
  }

  /** Everybody as they are meant to be, to be compared with {@link stateOf}. */
  get people(): unknown {
    return Object.fromEntries(
      [...this.#people].map(([email, { groups, ...rest }]) => [email, { ...rest, groups: [...groups].sort() }]),
    );
  }
}

/** Everybody as they are in the fake. */
export function stateOf(fake: FakeAtlassian): unknown {
  const groups = GROUPS.map((name) => fake.group(name));
  return Object.fromEntries(
    PEOPLE.map((email) => {
      const user = fake.user(email);
      const account = fake.account(email);
      const status = account?.forDeletionAt === undefined ? account?.status : 'for-deletion';
      return [
        email,
        {
          record: user && { active: user.active, jobTitle: textOf(user.attributes.title) },
          account: status ?? 'none',
          suspended: account?.membership === 'suspended',
          groups: groups.flatMap((group) => (group?.members.includes(email) === true ? [group.name] : [])).sort(),
        },
      ];
    }),
  );
}

/** Atlassian keeps an attribute that was cleared as an empty text. */
export function textOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function person(record: Intent['record'], account: Intent['account'], groups: GroupName[]): Intent {
  return { record, account, suspended: false, groups: new Set(groups) };
}

function activate(of: Intent): void {
  if (of.record !== undefined) of.record.active = true;
  of.account = 'active';
}

function sync(of: Intent, { jobTitle, reactivate }: Extract<Act, { do: 'sync' }>): void {
  // A record would lock the account, and nobody could cancel the deletion: refused, unless it is to be taken back.
  if (of.account === 'for-deletion' && of.record === undefined && !reactivate) return;
  const title = jobTitle === undefined ? of.record?.jobTitle : (jobTitle ?? undefined);
  const deactivated = of.account === 'inactive' || of.account === 'for-deletion';
  const activates = reactivate || (of.record === undefined && !deactivated);
  of.record = { active: activates || of.record?.active === true, jobTitle: title };
  if (activates) of.account = 'active';
}

function canJoin({ record, account }: Intent, name: GroupName): boolean {
  if (SYNCED.has(name)) return record !== undefined;
  return LOCAL.has(name) && account === 'active'; // Atlassian adds no deactivated account
}
