import { ENTITY_TYPES, PRODUCTS } from '../../entities/entity-type.js';
import { indexesOf, type AccessGraph } from '../../graph/access-graph.js';
import { type Evaluation, STANDING_UNREAD } from '../../graph/evaluation.js';
import type { Finding, FindingOptions } from '../../graph/findings/finding.js';
import { findings } from '../../graph/findings/findings.js';
import { licensedHolder, mayBeLicensed } from '../../graph/licence.js';
import { RESOURCE_TYPES } from '../../graph/resources.js';
import { ReportAudiences } from './report-audiences.js';
import { reportHolders } from './report-holders.js';
import type { ReportData, ReportFinding, ReportPerson } from './report-format.js';
import { nameOr } from './report-nodes.js';
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
    ...accessOf(graph, texts),
    findings: findings(graph, { evidencePerFinding: 0, ...options }).map((finding) => findingOf(evaluation, finding)),
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

function accessOf(graph: AccessGraph, texts: Shared<string>) {
  const { evaluation } = indexesOf(graph);
  const holders = reportHolders(evaluation, texts);
  const audiences = new ReportAudiences(evaluation.people.size);
  const onResources = reportResources(graph, holders, audiences, texts);
  const licences = PRODUCTS.map((product) => {
    const licensed = licensedHolder(evaluation, product);
    if (licensed === undefined) return null;
    const whom = audiences.of((person) => mayBeLicensed(evaluation, licensed, person));
    return [holders.of(licensed), whom] as const;
  });
  return {
    ...onResources,
    licences,
    standingDoubt: texts.of(STANDING_UNREAD.message),
    // Holders and audiences are numbered as the others name them.
    holders: holders.all(),
    audiences: audiences.all,
  };
}

function people({ people: known }: Evaluation, texts: Shared<string>): ReportPerson[] {
  return Array.from({ length: known.size }, (_, person): ReportPerson => {
    const { accountId = '', name, email = '', accountType = '', external, knownIn, blocked } = known.describe(person);
    const outside = external === true ? 'yes' : 'no';
    return [
      nameOr(accountId, name, email),
      email,
      accountId,
      accountType,
      external === undefined ? 'not known' : outside,
      bitsOf((product) => knownIn.includes(product)),
      blocked.map(({ product, because }) => [PRODUCTS.indexOf(product), texts.of(because)] as const),
      bitsOf((product) => known.mayBeBlocked(person, product)),
    ];
  });
}

function bitsOf(holds: (product: (typeof PRODUCTS)[number]) => boolean): number {
  return PRODUCTS.reduce((bits, product, index) => (holds(product) ? bits | (1 << index) : bits), 0);
}

function findingOf(evaluation: Evaluation, { severity, kind, message, certain, subjects }: Finding): ReportFinding {
  const find = (look: (subject: Finding['subjects'][number]) => number | undefined): number => {
    for (const subject of subjects) {
      const found = look(subject);
      if (found !== undefined) return found;
    }
    return -1;
  };
  const person = find(({ type, id }) =>
    type === 'account' || type.endsWith('.user') ? evaluation.people.find(id) : undefined,
  );
  const resource = find(({ type: wanted, id }) => {
    const type = RESOURCE_TYPES.find((candidate) => candidate === wanted);
    return type === undefined ? undefined : evaluation.resources.find({ type, id });
  });
  return [SEVERITIES.indexOf(severity), kind, message, certain ? 1 : 0, person, resource];
}
