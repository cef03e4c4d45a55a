import { History, type HistoryWindow } from './history.js';
import { SetMap, type SetMapSnapshot } from './set-map.js';

/** A copy of a {@link Relation} that later writes do not reach. */
export interface RelationSnapshot {
  readonly members: SetMapSnapshot;
  readonly groups: SetMapSnapshot;
}

/** A group and members of it. */
export interface GroupMembers {
  readonly group: string;
  readonly members: readonly string[];
}

/** A member and groups of theirs. */
export interface MemberGroups {
  readonly member: string;
  readonly groups: readonly string[];
}

/** Which members are in which groups, readable from both sides. */
export class Relation {
  readonly #members = new SetMap();
  readonly #groups = new SetMap();
  readonly #history: History<boolean>;
  #version = 0;

  constructor(window: HistoryWindow) {
    this.#history = new History(window);
  }

  /** Goes up with every change: what was computed from the members holds while it stays the same. */
  get version(): number {
    return this.#version;
  }

  has(group: string, member: string): boolean {
    return this.#members.has(group, member);
  }

  membersOf(group: string): ReadonlySet<string> {
    return this.#members.get(group);
  }

  groupsOf(member: string): ReadonlySet<string> {
    return this.#groups.get(member);
  }

  memberCount(group: string): number {
    return this.#members.count(group);
  }

  /** Returns whether the member was new. */
  add(group: string, member: string): boolean {
    if (!this.#members.add(group, member)) return false;
    this.#groups.add(member, group);
    this.#version += 1;
    if (this.#history.isKept) this.#history.record(pair(group, member), false);
    return true;
  }

  /**
   * Adds the members of many groups at once: both sides of the same memberships, each of them new. Keeps no history. For
   * the generator.
   */
  load(membersOfGroup: Iterable<GroupMembers>, groupsOfMember: Iterable<MemberGroups>): void {
    for (const { group, members } of membersOfGroup) this.#members.load(group, members);
    for (const { member, groups } of groupsOfMember) this.#groups.load(member, groups);
    this.#version += 1;
  }

  /** Returns whether the member was there. */
  remove(group: string, member: string): boolean {
    if (!this.#members.delete(group, member)) return false;
    this.#groups.delete(member, group);
    this.#version += 1;
    if (this.#history.isKept) this.#history.record(pair(group, member), true);
    return true;
  }

  /** Takes every member out of a group. */
  dropGroup(group: string): void {
    for (const member of [...this.#members.get(group)]) this.remove(group, member);
  }

  /** Takes a member out of every group. */
  dropMember(member: string): void {
    for (const group of [...this.#groups.get(member)]) this.remove(group, member);
  }

  /** The members of a group as they were at an earlier instant. */
  membersAt(group: string, instant: number): ReadonlySet<string> {
    return this.#rewind(this.#members.get(group), instant, ([itsGroup, member]) =>
      itsGroup === group ? member : undefined,
    );
  }

  /** The groups of a member as they were at an earlier instant. */
  groupsAt(member: string, instant: number): ReadonlySet<string> {
    return this.#rewind(this.#groups.get(member), instant, ([group, itsMember]) =>
      itsMember === member ? group : undefined,
    );
  }

  snapshot(): RelationSnapshot {
    return { members: this.#members.snapshot(), groups: this.#groups.snapshot() };
  }

  restore(snapshot: RelationSnapshot): void {
    this.#version += 1;
    this.#members.restore(snapshot.members);
    this.#groups.restore(snapshot.groups);
    this.#history.clear();
  }

  #rewind(
    current: ReadonlySet<string>,
    instant: number,
    pick: (ids: readonly [group: string, member: string]) => string | undefined,
  ): ReadonlySet<string> {
    const changes = this.#history.since(instant);
    if (changes.size === 0) return current;
    const earlier = new Set(current);
    for (const [key, wasThere] of changes) {
      const [group = '', member = ''] = key.split('\n');
      const id = pick([group, member]);
      if (id === undefined) continue;
      if (wasThere) earlier.add(id);
      else earlier.delete(id);
    }
    return earlier;
  }
}

function pair(group: string, member: string): string {
  return `${group}\n${member}`;
}
