import type { Product } from '../../entities/entity-type.js';
import { doubtAbout, type Evaluation } from '../../graph/evaluation.js';
import { nodeOf } from '../../graph/node-of.js';
import type { Holder } from '../../graph/holder.js';
import type { AppliedEdge } from '../../graph/grants-in-force.js';
import type { ResourceQuestion } from '../../graph/resource-question.js';
import { productOf } from '../../graph/resources.js';
import type { ReportData, ReportEdge, ReportQuestion, ReportResource } from './report-format.js';
import { Shared } from './shared.js';
import { labelOf, type ReportHolders } from './report-holders.js';

const KINDS = new Map<string, string>([
  ['admin.tenant', 'Organization'],
  ['jira.instance', 'Jira site'],
  ['jira.project', 'Jira project'],
  ['confluence.instance', 'Confluence site'],
  ['confluence.space', 'Confluence space'],
  ['bitbucket.workspace', 'Bitbucket workspace'],
  ['bitbucket.project', 'Bitbucket project'],
  ['bitbucket.repository', 'Bitbucket repository'],
]);

/** Every resource with all that is held on it, and with what is not known of it. */
export function reportResources(
  evaluation: Evaluation,
  holders: ReportHolders,
  texts: Shared<string>,
  products: readonly Product[],
): Pick<ReportData, 'resources' | 'edges' | 'questions' | 'audiences'> {
  const questions = new Questions(evaluation, texts);
  const sharedEdges = new Shared<ReportEdge>();
  const sharedQuestions = new Shared<ReportQuestion>();

  const resources = Array.from({ length: evaluation.resources.size }, (_, resource): ReportResource => {
    const { type, id, name = id, key = '' } = evaluation.resources.describe(resource);
    return [
      KINDS.get(type) ?? type,
      name,
      key,
      products.indexOf(productOf(type)),
      edgesOn(evaluation, resource, holders, texts).map((edge) => sharedEdges.of(edge)),
      [...new Set(questions.on(resource).map((question) => sharedQuestions.of(questions.of(question))))],
    ];
  });
  return { resources, edges: sharedEdges.all, questions: sharedQuestions.all, audiences: questions.audiences.all };
}

/** One edge for each holder and way: what it gives is put together. */
function edgesOn(
  evaluation: Evaluation,
  resource: number,
  holders: ReportHolders,
  texts: Shared<string>,
): ReportEdge[] {
  const merged = new Map<
    string,
    { readonly edge: ReportEdge; readonly names: Set<string>; mask: number; maybe: number }
  >();
  for (const applied of evaluation.edgesOn(resource)) {
    const holder = holders.of(applied.holder);
    const via = texts.of(viaOf(applied, evaluation, resource).join('\n'));
    const bypass = applied.route === 'administration' ? 1 : 0;
    const key = `${String(holder)} ${String(via)} ${String(bypass)}`;
    const entry = merged.get(key) ?? { edge: [holder, 0, 0, 0, via, bypass], names: new Set(), mask: 0, maybe: 0 };
    entry.mask |= applied.edge.mask;
    entry.maybe |= applied.edge.maybe;
    entry.names.add(applied.edge.name);
    merged.set(key, entry);
  }
  return [...merged.values()].map(({ edge: [holder, , , , via, bypass], names, mask, maybe }) => [
    holder,
    mask,
    maybe,
    texts.of([...names].join(', ')),
    via,
    bypass,
  ]);
}

/** The places between a holder and the resource. */
function viaOf({ edge, route }: AppliedEdge, evaluation: Evaluation, resource: number): string[] {
  const places = edge.by === undefined ? [] : [labelOf(edge.by)];
  if (edge.effective === true) places.push('in effect, the way is not told');
  if (route === 'scheme') places.push(labelOf(nodeOf(edge.evidence)));
  if (route === 'administration') places.push(`administers ${edge.place === undefined ? 'it' : labelOf(edge.place)}`);
  if (route === 'project') {
    const entity = evaluation.entity(resource);
    const key = entity.type === 'bitbucket.repository' ? entity.projectKey : undefined;
    places.push(`project ${key ?? ''}`.trim());
  }
  return places;
}

/** Open questions, with the people whom they concern. A question is asked for everybody once. */
class Questions {
  readonly #evaluation: Evaluation;
  readonly #texts: Shared<string>;
  readonly audiences = new Shared<readonly number[]>();
  readonly #holders = new Map<Holder, (person: number) => boolean>();
  readonly #concerned = new Map<(person: number) => boolean, number>();

  constructor(evaluation: Evaluation, texts: Shared<string>) {
    this.#evaluation = evaluation;
    this.#texts = texts;
  }

  /** What was not read, and what those who hold something hold of it without certainty. */
  on(resource: number): ResourceQuestion[] {
    const doubts = [...this.#evaluation.edgesOn(resource)].flatMap(({ edge, holder }): ResourceQuestion[] => {
      const mask = edge.maybe & ~edge.mask;
      if (mask === 0) return [];
      const whenBlocked = this.#evaluation.holders.asOther(holder)?.kind === 'anonymous';
      return [{ open: doubtAbout(edge), mask, whenBlocked, administration: false, concerns: this.#holding(holder) }];
    });
    return [...this.#evaluation.questionsOn(resource), ...doubts];
  }

  of({ open, mask, whenBlocked, concerns }: ResourceQuestion): ReportQuestion {
    return [
      this.#texts.of(open.message),
      mask,
      whenBlocked ? 1 : 0,
      concerns === undefined ? -1 : this.#whom(concerns),
    ];
  }

  /** The same function for each time, so that its people are counted once. */
  #holding(holder: Holder): (person: number) => boolean {
    const known = this.#holders.get(holder) ?? ((person: number) => this.#evaluation.holders.holds(person, holder));
    this.#holders.set(holder, known);
    return known;
  }

  #whom(concerns: (person: number) => boolean): number {
    const known = this.#concerned.get(concerns);
    if (known !== undefined) return known;
    const { size } = this.#evaluation.people;
    const people = Array.from({ length: size }, (_, person) => person).filter(concerns);
    const whom = people.length === size ? -1 : this.audiences.of(people);
    this.#concerned.set(concerns, whom);
    return whom;
  }
}
