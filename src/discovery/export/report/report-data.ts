import { ENTITY_TYPES, PRODUCTS } from '../../entities/entity-type.js';
import { indexesOf, type AccessGraph } from '../../graph/access-graph.js';
import type { FindingOptions } from '../../graph/findings/finding.js';
import { findings } from '../../graph/findings/findings.js';
import type { Evaluation } from '../../graph/evaluation.js';
import { reportHolders } from './report-holders.js';
import type { ReportData, ReportPerson } from './report-format.js';
import { reportResources } from './report-resources.js';
import { Shared } from './shared.js';

const SEVERITIES = ['critical', 'high', 'medium', 'low'];

/** Everything that a report shows, from a graph. */
export function reportData(graph: AccessGraph, title: string, options: FindingOptions): ReportData {
  const { snapshot, evaluation } = indexesOf(graph);
  const texts = new Shared<string>();

  return {
    title,
    readFrom: snapshot.startedAt,
    readUntil: snapshot.completedAt,
    products: PRODUCTS,
    people: people(evaluation, texts),
    ...resourcesOf(evaluation, texts),
    findings: findings(graph, { evidencePerFinding: 0, ...options }).map(({ severity, kind, message, certain }) => [
      SEVERITIES.indexOf(severity),
      kind,
      message,
      certain ? 1 : 0,
    ]),
    gaps: snapshot.gaps.map(({ product, part, resource, reason, message, advice = '' }) => [
      product,
      resource === undefined ? part : `${part} of ${resource.name ?? resource.id}`,
      reason,
      message,
      advice,
    ]),
    counts: ENTITY_TYPES.map((type) => [type, snapshot.entities[type].length]),
    texts: texts.all,
  };
}

function resourcesOf(evaluation: Evaluation, texts: Shared<string>) {
  const holders = reportHolders(evaluation, texts);
  const onResources = reportResources(evaluation, holders, texts, PRODUCTS);
  // Holders are numbered as resources name them.
  return { ...onResources, holders: holders.all() };
}

function people(evaluation: Evaluation, texts: Shared<string>): ReportPerson[] {
  return Array.from({ length: evaluation.people.size }, (_, person): ReportPerson => {
    const {
      accountId = '',
      name,
      email = '',
      accountType = '',
      external,
      knownIn,
      blocked,
    } = evaluation.people.describe(person);
    const outside = external === true ? 'yes' : 'no';
    return [
      name ?? (email === '' ? accountId : email),
      email,
      accountId,
      accountType,
      external === undefined ? 'not known' : outside,
      knownIn.reduce((bits, product) => bits | (1 << PRODUCTS.indexOf(product)), 0),
      blocked.map(({ product, because }) => [PRODUCTS.indexOf(product), texts.of(because)] as const),
    ];
  });
}
