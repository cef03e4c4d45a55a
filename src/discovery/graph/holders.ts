import type { Product } from '../entities/entity-type.js';
import type { JiraProjectRole } from '../entities/jira-entities.js';
import type { Principal } from '../entities/principal.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { PathNode } from './access-path.js';
import type { Groups } from './groups.js';
import { ACCOUNT, encoded, GROUP, type Holder, KINDS, nodeOfOther, OTHER, type OtherHolder, ROLE } from './holder.js';
import { type HolderPart, HolderParts } from './holder-parts.js';
import { indexIn, unionOf } from './int-lists.js';
import { Parts } from './parts.js';
import type { People } from './people.js';
import { countUnmarked, Scratch } from './scratch.js';

const NOBODY = new Int32Array(0);
const KIND_NAMES = ['account', 'group', 'role', 'other'] as const;

/** Whoever can hold something, and who that is in terms of people. */
export class Holders {
  readonly people: People;
  readonly groups: Groups;
  readonly roles: readonly JiraProjectRole[];
  readonly #others: OtherHolder[] = [];
  readonly #otherByKey = new Map<string, number>();
  readonly #roleByKey = new Map<string, number>();
  readonly #actors: (readonly Holder[])[];
  readonly parts: HolderParts;
  readonly #partCache = new Map<Holder, Parts>();
  readonly #memberCache = new Map<Holder, Int32Array>();
  readonly #scratch = new Scratch();
  readonly #rolesByActor: ReadonlyMap<Holder, readonly number[]>;

  constructor(snapshot: AccessSnapshot, people: People, groups: Groups) {
    this.people = people;
    this.groups = groups;
    this.parts = new HolderParts(snapshot, (principal, product) => this.of(principal, product));
    this.roles = snapshot.entities['jira.projectRole'];
    for (const [index, role] of this.roles.entries()) this.#roleByKey.set(`${role.projectId}/${role.roleId}`, index);
    this.#actors = this.roles.map(({ actors = [] }) => actors.map(({ principal }) => this.of(principal, 'jira')));
    this.#rolesByActor = rolesByActor(this.#actors);
  }

  /** Number of a principal of a product. */
  of(principal: Principal, product: Product): Holder {
    switch (principal.type) {
      case 'account':
        return this.account(principal.id);
      case 'group':
        return encoded(GROUP, this.groups.intern(principal.id));
      case 'bitbucket.group':
        return encoded(GROUP, this.groups.internSlug(principal.id));
      case 'jira.projectRole':
        return this.other({ kind: 'role-of-project', roleId: principal.id });
      case 'jira.applicationRole':
        return this.other({ kind: 'application-role', id: principal.id });
      case 'anonymous':
        return this.other({ kind: 'anonymous' });
      case 'authenticated':
      case 'licensed':
      case 'product-admins':
        return this.other({ kind: principal.type, product });
      case 'conditional':
        if (principal.id === 'projectLead') return this.other({ kind: 'lead-of-project' });
        return this.other({
          kind: 'conditional',
          id: principal.id,
          ...(principal.parameter !== undefined && { parameter: principal.parameter }),
        });
      case 'unknown':
        return this.other({
          kind: 'unknown',
          name: principal.kind,
          ...(principal.id !== undefined && { id: principal.id }),
        });
      default:
        // A snapshot of a later release may hold what this one does not know.
        return this.other({ kind: 'unknown', name: (principal as { type: string }).type });
    }
  }

  account(accountId: string): Holder {
    return encoded(ACCOUNT, this.people.intern(accountId));
  }

  group(group: number): Holder {
    return encoded(GROUP, group);
  }

  other(holder: OtherHolder): Holder {
    const key = JSON.stringify(Object.values(holder));
    const known = this.#otherByKey.get(key);
    if (known !== undefined) return encoded(OTHER, known);
    const index = this.#others.length;
    this.#others.push(holder);
    this.#otherByKey.set(key, index);
    return encoded(OTHER, index);
  }

  /** The role of one project, or nothing where the snapshot does not have it. */
  roleOf(projectId: string, roleId: string): Holder | undefined {
    const index = this.#roleByKey.get(`${projectId}/${roleId}`);
    return index === undefined ? undefined : encoded(ROLE, index);
  }

  accountAt(person: number): Holder {
    return encoded(ACCOUNT, person);
  }

  roleAt(index: number): Holder {
    return encoded(ROLE, index);
  }

  kindOf(holder: Holder): 'account' | 'group' | 'role' | 'other' {
    return KIND_NAMES[holder % KINDS] ?? 'other';
  }

  indexOf(holder: Holder): number {
    return Math.floor(holder / KINDS);
  }

  asOther(holder: Holder): OtherHolder | undefined {
    return holder % KINDS === OTHER ? this.#others[this.indexOf(holder)] : undefined;
  }

  /** Everybody, or all who are signed in. */
  isOpen(holder: Holder): boolean {
    const kind = this.asOther(holder)?.kind;
    return kind === 'anonymous' || kind === 'authenticated';
  }

  asRole(holder: Holder): JiraProjectRole | undefined {
    return holder % KINDS === ROLE ? this.roles[this.indexOf(holder)] : undefined;
  }

  actorsOf(role: number): readonly Holder[] {
    return this.#actors[role] ?? [];
  }

  /** Holders that a holder is made of. None for accounts and groups. */
  partsOf(holder: Holder): Parts {
    const role = this.asRole(holder);
    if (role !== undefined)
      return new Parts(this.actorsOf(this.indexOf(holder)).map((part) => ({ holder: part, evidence: role })));
    const cached = this.#partCache.get(holder);
    if (cached !== undefined) return cached;
    const parts = new Parts(this.parts.of(this.asOther(holder)));
    this.#partCache.set(holder, parts);
    return parts;
  }

  /** Of what a holder is made of, all that one person may be: without the accounts of everybody else. */
  partsFor(person: number, holder: Holder): readonly HolderPart[] {
    const parts = this.partsOf(holder);
    return [...parts.wide, ...parts.naming(encoded(ACCOUNT, person))];
  }

  /** Puts together who the few large holders are, such as everybody with a licence, so that no question waits for it. */
  prepare(): void {
    for (const [index] of this.#others.entries()) this.membersOf(encoded(OTHER, index));
  }

  /** The same people as of {@link Holders.membersOf}, in several lists, in which somebody may be more than once. */
  memberLists(holder: Holder): readonly Int32Array[] {
    if (holder % KINDS === ROLE) return this.actorsOf(this.indexOf(holder)).flatMap((actor) => this.memberLists(actor));
    return [this.membersOf(holder)];
  }

  /** How many people are known to be the holder. */
  memberCountOf(holder: Holder): number {
    const lists = this.memberLists(holder);
    const [only = NOBODY] = lists;
    if (lists.length <= 1) return only.length;
    const seen = this.#scratch.cleared(this.people.size);
    return lists.reduce((count, list) => count + countUnmarked(seen, list), 0);
  }

  /** People who are known to be the holder. Empty for everybody, and for conditions. */
  membersOf(holder: Holder): Int32Array {
    const kind = holder % KINDS;
    if (kind === GROUP) return this.groups.members(this.indexOf(holder));
    if (kind === ACCOUNT) return Int32Array.of(this.indexOf(holder));
    const cached = this.#memberCache.get(holder);
    if (cached !== undefined) return cached;
    const { people, wide } = this.partsOf(holder);
    const lists = [people, ...wide.map((part) => this.membersOf(part.holder))].filter(({ length }) => length > 0);
    const members = unionOf(lists);
    // Roles are many and small; the others are few and large.
    if (kind === OTHER) this.#memberCache.set(holder, members);
    return members;
  }

  /** Whether the person is known to be the holder, signed in. */
  holds(person: number, holder: Holder): boolean {
    const kind = holder % KINDS;
    if (kind === ACCOUNT) return this.indexOf(holder) === person;
    if (kind === GROUP) return this.groups.has(this.indexOf(holder), person);
    if (kind === ROLE) return this.actorsOf(this.indexOf(holder)).some((actor) => this.holds(person, actor));
    const other = this.asOther(holder);
    if (other?.kind === 'anonymous') return true;
    if (other?.kind === 'authenticated') return this.people.isKnownIn(person, other.product);
    return indexIn(this.membersOf(holder), person) >= 0;
  }

  /** Every holder that the person is known to be, roles included. */
  heldBy(person: number): Holder[] {
    const named: Holder[] = [encoded(ACCOUNT, person)];
    for (const group of this.groups.groupsOf(person)) named.push(encoded(GROUP, group));
    for (const [index] of this.#others.entries()) {
      const holder = encoded(OTHER, index);
      if (this.holds(person, holder)) named.push(holder);
    }
    const roles = new Set(named.flatMap((holder) => this.#rolesByActor.get(holder) ?? []));
    return [...named, ...[...roles].map((role) => encoded(ROLE, role))];
  }

  /** Whether it is a group of which Bitbucket told all members. */
  isToldByBitbucket(holder: Holder): boolean {
    return holder % KINDS === GROUP && this.groups.isToldByBitbucket(this.indexOf(holder));
  }

  node(holder: Holder): PathNode {
    const index = this.indexOf(holder);
    switch (this.kindOf(holder)) {
      case 'account':
        return this.accountNode(index);
      case 'group':
        return this.groups.node(index);
      case 'role': {
        const role = this.roles[index];
        return { type: 'jira.projectRole', id: role?.id ?? '', ...(role !== undefined && { name: role.name }) };
      }
      case 'other': {
        const node = nodeOfOther(this.asOther(holder));
        const name = node.name ?? this.parts.nameOf(node);
        return { ...node, ...(name !== undefined && { name }) };
      }
    }
  }

  accountNode(person: number): PathNode {
    const id = this.people.ids[person] ?? '';
    const { admin, jira, confluence, bitbucket } = this.people;
    const name =
      admin[person]?.name ??
      jira[person]?.displayName ??
      confluence[person]?.displayName ??
      bitbucket[person]?.displayName;
    const type =
      admin[person]?.type ?? jira[person]?.type ?? confluence[person]?.type ?? bitbucket[person]?.type ?? 'account';
    return { type, id, ...(name !== undefined && { name }) };
  }
}

/** Roles by the holders that are actors of them. */
function rolesByActor(actors: readonly (readonly Holder[])[]): ReadonlyMap<Holder, readonly number[]> {
  const roles = new Map<Holder, number[]>();
  for (const [role, holders] of actors.entries())
    for (const actor of holders) {
      const known = roles.get(actor);
      if (known === undefined) roles.set(actor, [role]);
      else known.push(role);
    }
  return roles;
}
