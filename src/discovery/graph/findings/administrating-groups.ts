import type { GraphIndexes } from '../access-graph.js';
import { ADMIN } from '../access-level.js';
import type { PathNode } from '../access-path.js';
import type { ResourceRef } from '../resources.js';
import type { Holder } from '../holder.js';
import { pathsOfHolder } from '../paths.js';
import { type Finding, type FindingContext, withEvidence } from './finding.js';
import { counted, listed } from './wording.js';

/** Groups whose members administer something: a project, a space, a product, the organization. */
export function* administratingGroups(
  graph: GraphIndexes,
  context: FindingContext,
): Generator<Finding, void, undefined> {
  const { evaluation } = graph;
  const { holders, groups, resources } = evaluation;
  const found = new Map<number, Administered>();
  const administered = (group: number): Administered => {
    const entry = found.get(group) ?? { resources: new Set(), elsewhere: new Map(), bypass: false };
    found.set(group, entry);
    return entry;
  };
  for (const edges of [...Object.values(evaluation.grants.ofAdministrators), ...evaluation.grants.ofOwners.values()])
    for (const { holder, mask, place } of edges) {
      if ((mask & ADMIN) === 0 || place === undefined) continue;
      const resource = resources.find(place as ResourceRef);
      for (const group of groupsIn(graph, holder)) {
        const entry = administered(group);
        if (resource === undefined) entry.elsewhere.set(`${place.type} ${place.id}`, place);
        else entry.resources.add(resource);
        entry.bypass = true;
      }
    }
  let last: { readonly holder: Holder; readonly groups: readonly number[] } | undefined;
  for (const { holder, resource, mask } of graph.reach.held()) {
    if ((mask & ADMIN) === 0) continue;
    if (last?.holder !== holder) last = { holder, groups: groupsIn(graph, holder) };
    for (const group of last.groups) administered(group).resources.add(resource);
  }

  for (const [group, { resources: inside, elsewhere, bypass }] of found) {
    const node = groups.node(group);
    const members = groups.members(group).length;
    const told = groups.question(group) === undefined ? counted(members, 'member') : 'members that were not read';
    const places = [...elsewhere.values(), ...Array.from(inside, (resource) => resources.node(resource))];
    const names = places.map(({ name, id }) => name ?? id);
    const shown = [...inside].slice(0, context.evidencePerFinding);
    yield withEvidence(
      {
        id: `administrating-group:${node.type === 'bitbucket.group' ? 'bitbucket:' : ''}${node.id}`,
        kind: 'administrating-group',
        severity: bypass ? 'high' : 'low',
        subjects: [node, ...places.slice(0, context.subjectsPerFinding)],
        message: `The group ${node.name ?? node.id}, with ${told}, administers ${listed(names)}${bypass ? ' and all that is inside' : ''}`,
        certain: true,
      },
      () =>
        shown
          .flatMap((resource) => pathsOfHolder(evaluation, holders.group(group), resource, true))
          .filter(({ levels, blocked }) => blocked === undefined && levels.includes('admin')),
    );
  }
}

interface Administered {
  readonly resources: Set<number>;
  /** Places that are no resource of the snapshot, by kind and id. */
  readonly elsewhere: Map<string, PathNode>;
  bypass: boolean;
}

/** The group that a holder is, or the groups that make it up. */
function groupsIn({ evaluation: { holders } }: GraphIndexes, holder: Holder): number[] {
  const kind = holders.kindOf(holder);
  if (kind === 'group') return [holders.indexOf(holder)];
  return holders
    .partsOf(holder)
    .wide.flatMap((part) => (holders.kindOf(part.holder) === 'group' ? [holders.indexOf(part.holder)] : []));
}
