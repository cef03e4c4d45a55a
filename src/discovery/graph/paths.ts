import { ANY, levelsOf } from './access-level.js';
import type { AccessPath, AccessRoute, EntityRef, GrantedName, PathNode, PathStep } from './access-path.js';
import { type Chain, chainsTo, countsAs, ITSELF, refOf, stepInto } from './chains.js';
import type { Evaluation } from './evaluation.js';
import type { AppliedEdge, Route } from './grants-in-force.js';
import type { Edge } from './edge.js';
import { nodeOf } from './node-of.js';
import type { Holder } from './holder.js';
import { whyOnlyRead } from './only-reading.js';
import { productOf } from './resources.js';

/** Every path from a person to a resource: one for each way of being a holder, and each place where that holder has something. */
export function pathsOfPerson(
  evaluation: Evaluation,
  person: number,
  resource: number,
  administration: boolean,
): AccessPath[] {
  const from = evaluation.holders.accountNode(person);
  const product = productOf(evaluation.entity(resource).type);
  const blocked = evaluation.people.blockedBecause(person, product);
  return pathsFrom(evaluation, resource, administration, (holder) => {
    const isEverybody = evaluation.holders.asOther(holder)?.kind === 'anonymous';
    return {
      from,
      chains: chainsTo(evaluation, person, holder),
      doubtful: !isEverybody && evaluation.people.mayBeBlocked(person, product),
      ...(blocked !== undefined && !isEverybody && { blocked }),
    };
  });
}

/** The paths of a holder itself, such as a group or everybody, whoever is in it. */
export function pathsOfHolder(
  evaluation: Evaluation,
  wanted: Holder,
  resource: number,
  administration: boolean,
): AccessPath[] {
  const { holders } = evaluation;
  return pathsFrom(evaluation, resource, administration, (holder) => {
    if (holder === wanted) return { from: holders.node(wanted), chains: [ITSELF] };
    const chains = holders
      .partsOf(holder)
      .naming(wanted)
      .map((part): Chain => stepInto(evaluation, holder, part.evidence, ITSELF));
    return { from: holders.node(wanted), chains };
  });
}

/** One way from a holder to a resource, whoever the holder is. */
export interface Way {
  readonly holder: Holder;
  readonly edges: readonly Edge[];
  readonly steps: readonly PathStep[];
  readonly through: readonly AccessRoute[];
  readonly mask: number;
  /** In the words of the product. */
  readonly names: readonly string[];
  readonly bypass: boolean;
  /** Why it is of no use to anybody. */
  readonly useless: string | undefined;
}

/** Every way to a resource, with those that are of no use. What it is made of is put together when it is asked for. */
export function* waysTo(
  evaluation: Evaluation,
  resource: number,
  administration: boolean,
): Generator<{ readonly holder: Holder; readonly way: () => Way }, void, undefined> {
  const onlyRead = whyOnlyRead(evaluation.entity(resource));
  for (const bundle of bundled(evaluation.edgesOn(resource, administration)))
    yield { holder: bundle[0].holder, way: () => wayOf(evaluation, resource, bundle) };
  for (const bundle of bundled(evaluation.inForce.withheld(resource)))
    yield { holder: bundle[0].holder, way: () => wayOf(evaluation, resource, bundle, onlyRead) };
}

function wayOf(evaluation: Evaluation, resource: number, bundle: Bundle, useless?: string): Way {
  const [{ edge, holder, route }] = bundle;
  const entity = evaluation.entity(resource);
  const edges = bundle.map((applied) => applied.edge);
  const isLead = evaluation.holders.asOther(edge.holder)?.kind === 'lead-of-project';
  const start = isLead ? countsAs(evaluation.holders.node(edge.holder), [refOf(entity)]) : ITSELF;
  const end = grantSteps(route, edge, edges, nodeOf(entity), evaluation);
  return {
    holder,
    edges,
    steps: [...start.steps, ...end.steps],
    through: [...start.through, ...end.through],
    mask: edges.reduce((sum, { mask }) => sum | mask, 0),
    names: [...new Set(edges.map(({ name }) => name))],
    bypass: route === 'administration',
    useless,
  };
}

function pathsFrom(
  evaluation: Evaluation,
  resource: number,
  administration: boolean,
  start: (holder: Holder) => { from: PathNode; chains: readonly Chain[]; blocked?: string; doubtful?: boolean },
): AccessPath[] {
  const paths: AccessPath[] = [];
  for (const { holder, way } of waysTo(evaluation, resource, administration)) {
    const { from, chains, blocked, doubtful = false } = start(holder);
    if (chains.length === 0) continue;
    const { steps, through: routes, mask, names, bypass, useless } = way();
    const because = blocked ?? useless;
    for (const chain of chains) {
      const through = [...chain.through, ...routes];
      paths.push({
        from,
        steps: [...chain.steps, ...steps],
        levels: levelsOf(mask),
        names,
        direct: through.length === 0,
        through,
        bypass,
        certain: !doubtful && (mask & ANY) !== 0,
        ...(because !== undefined && { blocked: because }),
      });
    }
  }
  return paths;
}

type Bundle = [AppliedEdge, ...AppliedEdge[]];

/** Edges of one holder by one route from one entity are one way, with several names. */
function bundled(edges: Iterable<AppliedEdge>): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const applied of edges) {
    const { edge, holder, route } = applied;
    const isPermission = edge.evidence.type === 'confluence.grant' && edge.by === undefined;
    const key = [
      holder,
      edge.holder,
      route,
      isPermission ? 'permissions' : `${edge.evidence.type} ${edge.evidence.id}`,
      edge.by?.id ?? '',
    ].join(' ');
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, [applied]);
    else bundle.push(applied);
  }
  return [...bundles.values()];
}

function grantSteps(
  route: Route,
  edge: Edge,
  edges: readonly Edge[],
  resource: PathNode,
  evaluation: Evaluation,
): Chain {
  const names = edges.map(grantedName);
  const evidence = unique(edges.map(({ evidence: entity }) => refOf(entity)));
  const effective: readonly AccessRoute[] = edge.effective === true ? ['effective'] : [];
  switch (route) {
    case 'own':
      if (edge.by === undefined)
        return { steps: [{ relation: 'granted', to: resource, evidence, names }], through: effective };
      return {
        steps: [
          { relation: 'granted', to: edge.by, evidence, names },
          { relation: 'applies-to', to: resource, evidence },
        ],
        through: ['role', ...effective],
      };
    case 'role':
      return { steps: [{ relation: 'applies-to', to: resource, evidence }], through: [] };
    case 'scheme':
      return {
        steps: [
          { relation: 'granted', to: nodeOf(edge.evidence), evidence, names },
          { relation: 'applies-to', to: resource, evidence: [{ type: 'jira.project', id: resource.id }] },
        ],
        through: ['scheme'],
      };
    case 'project': {
      const { evidence: grant } = edge;
      const key = grant.type === 'bitbucket.grant' ? grant.projectKey : undefined;
      const found =
        grant.type === 'bitbucket.grant'
          ? evaluation.resources.find({ type: 'bitbucket.project', id: grant.resourceId })
          : undefined;
      const project = found ?? evaluation.resources.projectOf(key);
      const node: PathNode =
        project === undefined ? { type: 'bitbucket.project', id: key ?? '' } : nodeOf(evaluation.entity(project));
      return {
        steps: [
          { relation: 'granted', to: node, evidence, names },
          { relation: 'inherited', to: resource, evidence: [{ type: 'bitbucket.repository', id: resource.id }] },
        ],
        through: ['project', ...effective],
      };
    }
    case 'administration':
      return {
        steps: [
          { relation: 'granted', to: edge.place ?? nodeOf(edge.evidence), evidence, names },
          { relation: 'administers', to: resource, evidence: [] },
        ],
        through: ['administration', ...effective],
      };
  }
}

function grantedName({ name, mask, grantId }: Edge): GrantedName {
  return { name, levels: levelsOf(mask), ...(grantId !== undefined && { grantId }) };
}

function unique(refs: readonly EntityRef[]): EntityRef[] {
  return [...new Map(refs.map((ref) => [`${ref.type} ${ref.id}`, ref])).values()];
}
