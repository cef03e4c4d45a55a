import type { AuditEvent } from '../../../audit/audit-event.js';
import type { AtlassianAccountId } from '../../../model/ids.js';
import type { GraphIndexes } from '../access-graph.js';
import type { AuditTrail } from './audit-trail.js';
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
  const gained = changesFrom(after, before);
  const lost = changesFrom(before, after);
  const changes: MembershipChange[] = [];
  let undetermined = 0;
  for (const { group, accountId, told } of gained)
    changes.push(changeOf('added', after, group, accountId, told !== 'unknown', trail));
  for (const { group, accountId, told } of lost) {
    if (told === 'unknown') undetermined += 1;
    else changes.push(changeOf('removed', before, group, accountId, true, trail));
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
  trail: AuditTrail | undefined,
): MembershipChange {
  const { node } = graph.evaluation.groups.records[group] ?? { node: { type: 'group', id: '' } as const };
  const event: AuditEvent | undefined = trail?.membership(change, accountId, node);
  return {
    change,
    accountId,
    group: node,
    origin: trail === undefined ? 'unknown' : originOf(event),
    ...(event !== undefined && { auditEventId: event.id }),
    certain,
  };
}

function originOf(event: AuditEvent | undefined): MembershipChange['origin'] {
  if (event === undefined) return 'elsewhere';
  return event.outcome === 'unknown' ? 'unknown' : 'sdk';
}
