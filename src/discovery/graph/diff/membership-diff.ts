import type { AtlassianAccountId } from '../../../model/ids.js';
import type { GraphIndexes } from '../access-graph.js';
import type { PathNode } from '../access-path.js';
import type { Attribution, AuditTrail } from './audit-trail.js';
import { memberAdded, memberRemoved, type NamedGroup } from './change-causes.js';
import type { MembershipChange } from './snapshot-diff.js';

/** Memberships that came or went, and how many may have gone. */
export interface MembershipsDiff {
  readonly changes: MembershipChange[];
  readonly undetermined: number;
}

/** Compares who is in which group, over all products that tell it. */
export function diffMemberships(
  before: GraphIndexes,
  after: GraphIndexes,
  trail: AuditTrail | undefined,
): MembershipsDiff {
  const attribution = trail && attributing(trail, [before, after]);
  const gained = changesFrom(after, before);
  const lost = changesFrom(before, after);
  const changes: MembershipChange[] = [];
  let undetermined = 0;
  for (const { group, accountId, told } of gained)
    changes.push(changeOf('added', after, group, accountId, told !== 'unknown', attribution));
  for (const { group, accountId, told } of lost) {
    if (told === 'unknown') undetermined += 1;
    else changes.push(changeOf('removed', before, group, accountId, true, attribution));
  }
  return { changes, undetermined };
}

/** Members that `graph` names and `other` does not, with whether `other` is sure of that. */
function* changesFrom(
  graph: GraphIndexes,
  other: GraphIndexes,
): Generator<{ group: number; accountId: AtlassianAccountId; told: 'no' | 'unknown' }, void, undefined> {
  const { groups, people } = graph.evaluation;
  for (const [group, record] of groups.records.entries()) {
    const there = keyOfGroup(other, record.node.type, record.node.id);
    for (const person of groups.members(group)) {
      const accountId = people.ids[person];
      if (accountId === undefined) continue;
      const same = other.evaluation.people.find(accountId);
      if (there !== undefined && same !== undefined && other.evaluation.groups.has(there, same)) continue;
      yield { group, accountId, told: isSure(other, there, same, graph, group) ? 'no' : 'unknown' };
    }
  }
}

function isSure(
  other: GraphIndexes,
  group: number | undefined,
  person: number | undefined,
  graph: GraphIndexes,
  original: number,
): boolean {
  const { groups, gaps } = other.evaluation;
  if (group !== undefined && groups.question(group) === undefined) return true;
  if (group !== undefined && person !== undefined) return groups.isOutsiderOf(group, person);
  if (group !== undefined) return false;
  // The group itself is gone: nobody is in it, unless whole kinds of groups were not read.
  const types = [...(graph.evaluation.groups.records[original]?.entities.keys() ?? [])];
  return (
    types.length > 0 &&
    types.every((type) => gaps.covers(type.split('.')[0] as 'admin') && gaps.everywhere(type).length === 0)
  );
}

function keyOfGroup({ evaluation: { groups } }: GraphIndexes, type: string, id: string): number | undefined {
  return type === 'bitbucket.group' ? groups.findSlug(id) : groups.find(id);
}

function changeOf(
  change: 'added' | 'removed',
  graph: GraphIndexes,
  group: number,
  accountId: AtlassianAccountId,
  certain: boolean,
  attribution: Attribute | undefined,
): MembershipChange {
  const { node } = graph.evaluation.groups.records[group] ?? { node: { type: 'group', id: '' } as const };
  return {
    change,
    accountId,
    group: node,
    ...(attribution?.(change, accountId, node) ?? { origin: 'unknown' }),
    certain,
  };
}

type Attribute = (change: 'added' | 'removed', accountId: string, group: PathNode) => Attribution;

/** Asks the trail about a group by all its ids and names, which the directory and the organization have of their own. */
function attributing(trail: AuditTrail, graphs: readonly GraphIndexes[]): Attribute {
  const known = new Map<string, { scimIds: Set<string>; names: Set<string> }>();
  const sharing = new Map<string, Set<string>>();
  for (const { snapshot } of graphs)
    for (const { id, name, scimGroupId } of snapshot.entities['admin.group']) {
      const group = known.get(id) ?? { scimIds: new Set(), names: new Set() };
      known.set(id, group);
      group.names.add(name.toLowerCase());
      if (scimGroupId !== undefined) group.scimIds.add(scimGroupId);
      sharing.set(name.toLowerCase(), (sharing.get(name.toLowerCase()) ?? new Set()).add(id));
    }
  return (change, accountId, { type, id, name }) => {
    const names = new Set([...(name === undefined ? [] : [name.toLowerCase()]), ...(known.get(id)?.names ?? [])]);
    const group: NamedGroup = {
      // A group of Bitbucket has no id of the organization; whether it is the group of that name there is not known.
      ids: new Set(type === 'bitbucket.group' ? [] : [id]),
      scimIds: known.get(id)?.scimIds ?? new Set(),
      names,
      isOnlyOne: type !== 'bitbucket.group' && [...names].every((one) => (sharing.get(one)?.size ?? 0) <= 1),
    };
    return trail.originOf({ accountId }, change === 'added' ? memberAdded(group) : memberRemoved(group));
  };
}
