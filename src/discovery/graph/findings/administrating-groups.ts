import type { GraphIndexes } from '../access-graph.js';
import { ADMIN } from '../access-level.js';
import type { PathNode } from '../access-path.js';
import type { ResourceRef } from '../resources.js';
import { nodeOf } from '../grants.js';
import type { Holder } from '../holder.js';
import { pathsOfHolder } from '../paths.js';
import type { Finding, FindingContext } from './finding.js';
import { counted, listed } from './wording.js';

/** Groups whose members administer something: a project, a space, a product, the organization. */
export function* administratingGroups(
  graph: GraphIndexes,
  context: FindingContext,
): Generator<Finding, void, undefined> {
  const { evaluation } = graph;
  const { holders, groups } = evaluation;
  const found = new Map<number, Administered>();
  const note = (holder: Holder, place: PathNode, resource: number | undefined, bypass: boolean): void => {
    for (const group of groupsIn(graph, holder)) {
      const entry = found.get(group) ?? {
        places: new Map<string, PathNode>(),
        resources: new Set<number>(),
        bypass: false,
      };
      entry.places.set(`${place.type} ${place.id}`, place);
      if (resource !== undefined) entry.resources.add(resource);
      entry.bypass ||= bypass;
      found.set(group, entry);
    }
  };
  for (const edges of [...Object.values(evaluation.grants.ofAdministrators), ...evaluation.grants.ofOwners.values()])
    for (const { holder, mask, place } of edges)
      if ((mask & ADMIN) !== 0 && place !== undefined)
        note(holder, place, evaluation.resources.find(place as ResourceRef), true);
  for (let resource = 0; resource < evaluation.resources.size; resource += 1)
    for (const { edge, holder } of evaluation.edgesOn(resource, false))
      if ((edge.mask & ADMIN) !== 0) note(holder, nodeOf(evaluation.entity(resource)), resource, false);

  for (const [group, { places, resources, bypass }] of found) {
    const node = groups.node(group);
    const members = groups.members(group).length;
    const told = groups.question(group) === undefined ? counted(members, 'member') : 'members that were not read';
    const names = [...places.values()].map(({ name, id }) => name ?? id);
    yield {
      id: `administrating-group:${node.type === 'bitbucket.group' ? 'bitbucket:' : ''}${node.id}`,
      kind: 'administrating-group',
      severity: bypass ? 'high' : 'low',
      subjects: [node, ...[...places.values()].slice(0, context.subjectsPerFinding)],
      message: `The group ${node.name ?? node.id}, with ${told}, administers ${listed(names)}${bypass ? ' and all that is inside' : ''}`,
      evidence: [...resources]
        .slice(0, context.evidencePerFinding)
        .flatMap((resource) => pathsOfHolder(evaluation, holders.group(group), resource, true))
        .filter(({ levels, blocked }) => blocked === undefined && levels.includes('admin')),
      certain: true,
    };
  }
}

interface Administered {
  /** Each once, by kind and id. */
  readonly places: Map<string, PathNode>;
  readonly resources: Set<number>;
  bypass: boolean;
}

/** The group that a holder is, or the groups that make it up. */
function groupsIn({ evaluation: { holders } }: GraphIndexes, holder: Holder): number[] {
  const kind = holders.kindOf(holder);
  if (kind === 'group') return [holders.indexOf(holder)];
  return holders
    .partsOf(holder)
    .flatMap((part) => (holders.kindOf(part.holder) === 'group' ? [holders.indexOf(part.holder)] : []));
}
