import { READ, ANY } from '../access-level.js';
import type { GraphIndexes } from '../access-graph.js';
import { nodeOf } from '../grants.js';
import { holdersOn } from '../holders-on.js';
import { pathsOfHolder } from '../paths.js';
import { listed } from './wording.js';
import type { Finding } from './finding.js';

/** Resources that are open to everybody, or to everybody who signs in. */
export function* exposures(graph: GraphIndexes): Generator<Finding, void, undefined> {
  const { evaluation } = graph;
  const [instance] = graph.snapshot.entities['confluence.instance'];
  for (let resource = 0; resource < evaluation.resources.size; resource += 1) {
    const entity = evaluation.entity(resource);
    const node = nodeOf(entity);
    for (const { holder, told, isOpen, mask } of holdersOn(evaluation, resource, false)) {
      if (!isOpen) continue;
      const isPublic = told.holder.type === 'anonymous';
      const changes = (mask & ~(READ | ANY)) !== 0;
      // Confluence has a switch for the whole site, which hardly any answer tells.
      const certain = !isPublic || entity.type !== 'confluence.space' || instance?.anonymousAccess === true;
      const who = isPublic ? 'everybody, without signing in' : 'everybody who signs in';
      const proviso = certain ? '' : ', if the site lets people in without signing in, which is not known';
      const kind = isPublic ? 'public-access' : 'signed-in-access';
      yield {
        id: `${kind}:${node.type}:${node.id}`,
        kind,
        severity: severityOf(isPublic, changes),
        subjects: [node],
        message: `${node.name ?? node.id} is open to ${who} (${listed(told.names)})${proviso}`,
        evidence: pathsOfHolder(evaluation, holder, resource, false).filter(({ blocked }) => blocked === undefined),
        certain,
      };
    }
  }
}

function severityOf(isPublic: boolean, changes: boolean): Finding['severity'] {
  if (isPublic) return changes ? 'critical' : 'high';
  return changes ? 'high' : 'medium';
}
