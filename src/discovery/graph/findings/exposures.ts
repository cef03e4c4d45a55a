import { ALL, ANY, READ } from '../access-level.js';
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
    for (const { holder, told, isOpen, mask, maybe } of holdersOn(evaluation, resource, false)) {
      // What shows more of what can be read already opens nothing by itself.
      if (!isOpen || (mask & ALL) === 0) continue;
      const isPublic = told.holder.type === 'anonymous';
      // Confluence has a switch for the whole site, which hardly any answer tells.
      const isLetIn = !isPublic || node.type !== 'confluence.space' || instance?.anonymousAccess === true;
      const isMapped = told.levels.length > 0 || !isLetIn;
      const held = told.levels.length > 0 ? mask & ~maybe : mask;
      const who = isPublic ? 'everybody, without signing in' : 'everybody who signs in';
      const proviso = isLetIn ? '' : ', if the site lets people in without signing in, which is not known';
      const doubt = isMapped ? '' : ', of which it is not known what it allows';
      const kind = isPublic ? 'public-access' : 'signed-in-access';
      yield withEvidence(
        {
          id: `${kind}:${node.type}:${node.id}`,
          kind,
          severity: severityOf(isPublic, (held & ~(READ | ANY)) !== 0),
          subjects: [node],
          message: `${node.name ?? node.id} ${isMapped ? 'is' : 'may be'} open to ${who} (${listed(told.names)})${proviso}${doubt}`,
          certain: isLetIn && isMapped,
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
