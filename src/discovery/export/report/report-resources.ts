import { PRODUCTS } from '../../entities/entity-type.js';
import { ANY } from '../../graph/access-level.js';
import { indexesOf, type AccessGraph } from '../../graph/access-graph.js';
import { doubtAbout, type Evaluation } from '../../graph/evaluation.js';
import { openOn } from '../../graph/open-on.js';
import { waysTo, type Way } from '../../graph/paths.js';
import { whyOnlyRead } from '../../graph/only-reading.js';
import { productOf } from '../../graph/resources.js';
import type { ReportAudiences } from './report-audiences.js';
import type { ReportData, ReportEdge, ReportQuestion, ReportResource } from './report-format.js';
import type { ReportHolders } from './report-holders.js';
import { kindOf, nameOr, nodeText } from './report-nodes.js';
import { Shared } from './shared.js';

/** Every resource with all that is held on it, and with what is not known of it. */
export function reportResources(
  graph: AccessGraph,
  holders: ReportHolders,
  audiences: ReportAudiences,
  texts: Shared<string>,
): Pick<ReportData, 'resources' | 'edges' | 'steps' | 'questions' | 'open'> {
  const { evaluation, reach } = indexesOf(graph);
  const edges = new Shared<ReportEdge>();
  const steps = new Shared<readonly number[]>();
  const questions = new Shared<ReportQuestion>();
  const open = new Shared<readonly number[]>();

  const resources = Array.from({ length: evaluation.resources.size }, (_, resource): ReportResource => {
    const { type, id, name, key = '' } = evaluation.resources.describe(resource);
    const asked = evaluation
      .questionsOn(resource)
      .map(({ open: { message }, mask, whenBlocked, concerns }) =>
        questions.of([texts.of(message), mask, whenBlocked ? 1 : 0, audiences.of(concerns)]),
      );
    const left = openOn(evaluation, resource, reach.ofResource(resource, true), ANY, true);
    return [
      kindOf(type),
      nameOr(id, name, key),
      key,
      PRODUCTS.indexOf(productOf(type)),
      waysOn(evaluation, resource).map((way) => edges.of(edgeOf(way, holders, steps, texts))),
      [...new Set(asked)],
      open.of([...new Set(left.map(({ message }) => texts.of(message)))]),
      textOr(whyOnlyRead(evaluation.entity(resource)), texts),
    ];
  });
  return { resources, edges: edges.all, steps: steps.all, questions: questions.all, open: open.all };
}

function waysOn(evaluation: Evaluation, resource: number): Way[] {
  return [...waysTo(evaluation, resource, true)].map(({ way }) => way());
}

function edgeOf(
  { holder, edges, steps, mask, names, bypass, useless }: Way,
  holders: ReportHolders,
  shared: Shared<readonly number[]>,
  texts: Shared<string>,
): ReportEdge {
  const doubts = edges.filter(({ maybe }) => maybe !== 0).map((edge) => texts.of(doubtAbout(edge).message));
  const places = steps.flatMap(({ relation, to }) => [texts.of(relation.replace('-', ' ')), texts.of(nodeText(to))]);
  return [
    holders.of(holder),
    mask,
    edges.reduce((sum, { maybe }) => sum | maybe, 0),
    names.map((name) => texts.of(name)),
    shared.of(places.slice(0, -1)),
    bypass ? 1 : 0,
    [...new Set(doubts)],
    textOr(useless, texts),
  ];
}

function textOr(text: string | undefined, texts: Shared<string>): number {
  return text === undefined ? -1 : texts.of(text);
}
