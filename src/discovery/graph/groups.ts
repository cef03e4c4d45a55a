import type { EntityType } from '../entities/entity-type.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { EntityRef, OpenQuestion, PathNode } from './access-path.js';
import type { GapIndex } from './gap-index.js';
import { indexIn, IntList, rowOf, type Rows, rowsOf, turned } from './int-lists.js';
import type { People } from './people.js';

/** Which kinds of entities a group has, and which of them name a member. */
const SOURCES = [
  'jira.group',
  'confluence.group',
  'bitbucket.group',
  'admin.group',
] as const satisfies readonly EntityType[];
const ADMIN = 8;

interface GroupRecord {
  readonly node: PathNode;
  /** The kinds of entities that it has, with the id there. */
  readonly entities: Map<EntityType, string>;
  /** Jira, Confluence or the organization told all members, as far as nothing says otherwise. */
  told: boolean;
  /** Bitbucket told all who are members of the workspace. */
  toldByBitbucket: boolean;
}

/** Groups by number, and who is in them. A group of Bitbucket whose slug is the id of another group is that group. */
export class Groups {
  readonly records: GroupRecord[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #people: People;
  readonly #gaps: GapIndex;
  readonly #membersFromAdmin: boolean;
  readonly #members: Rows;
  /** Beside each member: which sources name it, as bits in the order of {@link SOURCES}. */
  readonly #namedBy: Uint8Array;
  readonly #ofPerson: Rows;
  readonly #questions = new Map<number, OpenQuestion | null>();
  readonly #tellsOutsiders = new Map<number, boolean>();

  constructor({ entities, products }: AccessSnapshot, people: People, gaps: GapIndex) {
    this.#people = people;
    this.#gaps = gaps;
    const groupOf = new IntList();
    const memberOf = new IntList();
    const sourceOf = new IntList();
    const firstLists = new Map<number, { readonly memberIds: readonly string[]; readonly start: number }>();

    const add = (type: (typeof SOURCES)[number], id: string, name: string, memberIds?: readonly string[]): void => {
      const group = this.#intern(type === 'bitbucket.group' ? this.#bitbucketKey(id) : id, { type, id, name });
      const record = this.records[group];
      record?.entities.set(type, id);
      if (memberIds === undefined) return;
      if (gaps.about(type, id).length === 0 && gaps.everywhere(type).length === 0 && record !== undefined) {
        if (type === 'bitbucket.group') record.toldByBitbucket = true;
        else record.told = true;
      }
      const source = 1 << SOURCES.indexOf(type);
      const first = firstLists.get(group);
      if (first === undefined) firstLists.set(group, { memberIds, start: groupOf.length });
      for (const [index, member] of memberIds.entries()) {
        // Products mostly tell the same list: comparing two texts is quicker than looking one up.
        if (first?.memberIds[index] === member) {
          sourceOf.mark(first.start + index, source);
          continue;
        }
        groupOf.push(group);
        memberOf.push(people.intern(member));
        sourceOf.push(source);
      }
    };
    for (const { id, name } of entities['admin.group']) add('admin.group', id, name);
    for (const { id, name, memberIds } of entities['jira.group']) add('jira.group', id, name, memberIds);
    for (const { id, name, memberIds } of entities['confluence.group']) add('confluence.group', id, name, memberIds);
    for (const user of entities['admin.user']) {
      if (user.groupIds === undefined) continue;
      const person = people.intern(user.id);
      for (const id of user.groupIds) {
        groupOf.push(this.intern(id));
        memberOf.push(person);
        sourceOf.push(ADMIN);
      }
    }
    for (const { id, name, memberIds } of entities['bitbucket.group']) add('bitbucket.group', id, name, memberIds);

    const sorted = sortedRows(this.records.length, groupOf.view(), memberOf.view(), sourceOf.view());
    this.#members = sorted.rows;
    this.#namedBy = sorted.flags;
    this.#ofPerson = turned(this.#members, people.size);

    this.#membersFromAdmin =
      products.includes('admin') && [...gaps.everywhere('admin.user'), ...gaps.everywhere('admin.group')].length === 0;
    for (const { id, memberCount } of entities['admin.group']) {
      const group = this.intern(id);
      const record = this.records[group];
      // Groups can hold accounts that the organization does not list: only a count that fits shows that none is missing.
      if (record !== undefined && this.#membersFromAdmin && this.members(group).length === memberCount)
        record.told ||= gaps.about('admin.group', id).length === 0;
    }
  }

  /** Number of a group by its id, which is new where only a grant mentions it. */
  intern(id: string): number {
    return this.#intern(id, { type: 'group', id });
  }

  /** Number of a group of a Bitbucket workspace by its slug. */
  internSlug(slug: string): number {
    return this.#intern(this.#bitbucketKey(slug), { type: 'bitbucket.group', id: slug });
  }

  find(id: string): number | undefined {
    return this.#byKey.get(id);
  }

  findSlug(slug: string): number | undefined {
    return this.#byKey.get(this.#bitbucketKey(slug));
  }

  node(group: number): PathNode {
    return this.records[group]?.node ?? { type: 'group', id: '' };
  }

  /** Members that the snapshot names, by number, ascending. */
  members(group: number): Int32Array {
    return rowOf(this.#members, group);
  }

  has(group: number, person: number): boolean {
    return indexIn(this.members(group), person) >= 0;
  }

  groupsOf(person: number): Int32Array {
    return rowOf(this.#ofPerson, person);
  }

  /** The entities that name the person as a member. */
  evidence(group: number, person: number): EntityRef[] {
    const position = indexIn(this.members(group), person);
    const flags = position < 0 ? 0 : (this.#namedBy[(this.#members.offsets[group] ?? 0) + position] ?? 0);
    const entities = this.records[group]?.entities;
    return SOURCES.flatMap((type, bit): EntityRef[] => {
      if ((flags & (1 << bit)) === 0) return [];
      if (type === 'admin.group') return [{ type: 'admin.user', id: this.#people.ids[person] ?? '' }];
      const id = entities?.get(type);
      return id === undefined ? [] : [{ type, id }];
    });
  }

  /** What leaves the members open, where they are. */
  question(group: number): OpenQuestion | undefined {
    const known = this.#questions.get(group);
    if (known !== undefined) return known ?? undefined;
    const question = this.#questionOf(group);
    this.#questions.set(group, question ?? null);
    return question;
  }

  isToldByBitbucket(group: number): boolean {
    return this.records[group]?.toldByBitbucket ?? false;
  }

  /** Whether Cloud Admin told all groups of the person: then a group that is not among them is none of theirs. */
  isOutsiderOf(group: number, person: number): boolean {
    let tells = this.#tellsOutsiders.get(group);
    if (tells === undefined) {
      const id = this.records[group]?.entities.get('admin.group');
      tells = this.#membersFromAdmin && id !== undefined && this.#gaps.about('admin.group', id).length === 0;
      this.#tellsOutsiders.set(group, tells);
    }
    return tells && this.#people.admin[person]?.groupIds !== undefined && !this.has(group, person);
  }

  #questionOf(group: number): OpenQuestion | undefined {
    const record = this.records[group];
    if (record === undefined || record.told) return undefined;
    const { node, entities, toldByBitbucket } = record;
    // Its list is of the members of the workspace, who need not be all members of a group that other products have too.
    if (toldByBitbucket && entities.size === 1) return undefined;
    const gap = [...entities]
      .flatMap(([type, id]) => [...this.#gaps.about(type, id), ...this.#gaps.everywhere(type)])
      .concat(
        entities.size === 0
          ? [...this.#gaps.everywhere('jira.group'), ...this.#gaps.everywhere('confluence.group')]
          : [],
      )
      .at(0);
    return {
      kind: gap === undefined ? 'members-unread' : 'gap',
      message: `Who is in the group ${node.name ?? node.id} was not read${gap === undefined ? '' : `: ${gap.message}`}`,
      about: node,
      ...(gap !== undefined && { gap }),
    };
  }

  #bitbucketKey(slug: string): string {
    const own = `bitbucket ${slug}`;
    return !this.#byKey.has(own) && this.#byKey.has(slug) ? slug : own;
  }

  #intern(key: string, node: PathNode): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const group = this.records.length;
    this.records.push({ node, entities: new Map(), told: false, toldByBitbucket: false });
    this.#byKey.set(key, group);
    return group;
  }
}

/** Members a group, each once and ascending, with the bits of all who named it. */
function sortedRows(
  groupCount: number,
  groupOf: Int32Array,
  memberOf: Int32Array,
  sourceOf: Int32Array,
): { rows: Rows; flags: Uint8Array } {
  // Two stable groupings, by member and then by group, leave each row in order without comparing anything.
  const positions = new Int32Array(memberOf.length);
  let peopleCount = 0;
  for (let position = 0; position < positions.length; position += 1) {
    positions[position] = position;
    peopleCount = Math.max(peopleCount, (memberOf[position] ?? 0) + 1);
  }
  const byMember = rowsOf(peopleCount, memberOf, positions).values;
  const groupByMember = new Int32Array(byMember.length);
  for (let index = 0; index < byMember.length; index += 1) groupByMember[index] = groupOf[byMember[index] ?? 0] ?? 0;
  const byGroup = rowsOf(groupCount, groupByMember, byMember);

  const offsets = new Int32Array(groupCount + 1);
  const values = new Int32Array(memberOf.length);
  const flags = new Uint8Array(memberOf.length);
  let length = 0;
  for (let group = 0; group < groupCount; group += 1) {
    const start = length;
    for (const position of rowOf(byGroup, group)) {
      const member = memberOf[position] ?? 0;
      if (length === start || values[length - 1] !== member) {
        values[length] = member;
        length += 1;
      }
      flags[length - 1] = (flags[length - 1] ?? 0) | (sourceOf[position] ?? 0);
    }
    offsets[group + 1] = length;
  }
  return { rows: { offsets, values: values.slice(0, length) }, flags: flags.slice(0, length) };
}
