import { READ, ANY } from '../access-level.js';
import type { GraphIndexes } from '../access-graph.js';
import { holdersOn } from '../holders-on.js';
import { pathsOfHolder } from '../paths.js';
import { listed } from './wording.js';
import { type Finding, withEvidence } from './finding.js';

/** Resources that are open to everybody, or to everybody who signs in. */
export function* exposures(graph: GraphIndexes): Generator<Finding, void, undefined> {
  const { evaluation } = graph;
  const [instance] = graph.snapshot.entities['confluence.instance'];
  const exposed = new Set<number>();
  for (const { holder, resource } of graph.reach.held()) if (evaluation.holders.isOpen(holder)) exposed.add(resource);
  for (const resource of exposed) {
    const node = evaluation.resources.node(resource);
    for (const { holder, told, isOpen, mask } of holdersOn(evaluation, resource, false)) {
      if (!isOpen) continue;
      const isPublic = told.holder.type === 'anonymous';
      const changes = (mask & ~(READ | ANY)) !== 0;
      // Confluence has a switch for the whole site, which hardly any answer tells.
      const certain = !isPublic || node.type !== 'confluence.space' || instance?.anonymousAccess === true;
      const who = isPublic ? 'everybody, without signing in' : 'everybody who signs in';
      const proviso = certain ? '' : ', if the site lets people in without signing in, which is not known';
      const kind = isPublic ? 'public-access' : 'signed-in-access';
      yield withEvidence(
        {
          id: `${kind}:${node.type}:${node.id}`,
          kind,
          severity: severityOf(isPublic, changes),
          subjects: [node],
          message: `${node.name ?? node.id} is open to ${who} (${listed(told.names)})${proviso}`,
          certain,
        },
        () => pathsOfHolder(evaluation, holder, resource, false).filter(({ blocked }) => blocked === undefined),
      );
    }
  }
}

function severityOf(isPublic: boolean, changes: boolean): Finding['severity'] {
  if (isPublic) return changes ? 'critical' : 'high';
  return changes ? 'high' : 'medium';
}
