import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { bitOf, levelsOf } from './access-level.js';
import type { AccessPath, OpenQuestion, Verdict } from './access-path.js';
import {
  type AccessOfIdentity,
  type AccessQuestion,
  type Explanation,
  type HolderWithAccess,
  identityOfRecord,
  lazily,
  missingResource,
  nothing,
  onlyMatch,
  type ReachedResource,
  verdictOf,
  type WhoCanAccess,
} from './answers.js';
import { Evaluation } from './evaluation.js';
import { holdersOn } from './holders-on.js';
import { pathsOfHolder, pathsOfPerson } from './paths.js';
import type { Identity, IdentityRef } from './people.js';
import { Reach, together } from './reach.js';
import { isOpenFor } from './resource-question.js';
import { productOf, type Resource, type ResourceRef } from './resources.js';

/** What a graph answers from, for what is built on it. */
export interface GraphIndexes {
  readonly snapshot: AccessSnapshot;
  readonly evaluation: Evaluation;
  readonly reach: Reach;
}

let read: (graph: AccessGraph) => GraphIndexes;

/** The indexes of a graph, which are no part of what it promises. */
export function indexesOf(graph: AccessGraph): GraphIndexes {
  return read(graph);
}

/**
 * Who reaches what, from one snapshot and without a call.
 *
 * An answer is `yes`, `no` or `unknown`. It is `no` only where everything was read that could make it a yes; what is
 * missing is told in `open`. Access is what grants give: a grant to somebody without a licence of the product counts as
 * access here, and {@link AccessGraph.explain} tells whether there is a licence.
 *
 * Making one reads the snapshot once, which takes seconds for 100,000 people; the snapshot must not change afterwards.
 */
export class AccessGraph {
  readonly snapshot: AccessSnapshot;
  readonly #evaluation: Evaluation;
  readonly #reach: Reach;

  static {
    read = (graph) => ({ snapshot: graph.snapshot, evaluation: graph.#evaluation, reach: graph.#reach });
  }

  private constructor(snapshot: AccessSnapshot) {
    this.snapshot = snapshot;
    this.#evaluation = new Evaluation(snapshot);
    this.#reach = new Reach(this.#evaluation);
  }

  /** Builds the graph of a snapshot. */
  static from(snapshot: AccessSnapshot): AccessGraph {
    return new AccessGraph(snapshot);
  }

  /** Every resource that can be asked about. */
  *resources(): Generator<Resource, void, undefined> {
    for (let resource = 0; resource < this.#evaluation.resources.size; resource += 1)
      yield this.#evaluation.resources.describe(resource);
  }

  /** Everybody whom the snapshot mentions. */
  *identities(): Generator<Identity, void, undefined> {
    for (let person = 0; person < this.#evaluation.people.size; person += 1)
      yield this.#evaluation.people.describe(person);
  }

  /** All who match a reference: several where people share an address, and SCIM records without an account too. */
  findIdentities(ref: IdentityRef): Identity[] {
    const { people } = this.#evaluation;
    return people
      .match(ref)
      .map((found) => (typeof found === 'number' ? people.describe(found) : identityOfRecord(found)));
  }

  /** The resource that a reference means. */
  findResource(ref: ResourceRef): Resource | undefined {
    const found = this.#evaluation.resources.find(ref);
    return found === undefined ? undefined : this.#evaluation.resources.describe(found);
  }

  /** Everybody who reaches a resource, or has one level on it. */
  whoCanAccess(ref: ResourceRef, question: AccessQuestion = {}): WhoCanAccess {
    const { level, administrators = true } = question;
    const evaluation = this.#evaluation;
    const verdict = (identity: IdentityRef): Verdict => this.verdict(identity, ref, question);
    const resource = evaluation.resources.find(ref);
    if (resource === undefined)
      return {
        people: nothing(),
        blocked: nothing(),
        holders: [],
        openTo: [],
        complete: false,
        open: [missingResource(ref)],
        verdict,
      };

    const bit = bitOf(level);
    const { granted, administering, blocked, blockedPeople } = this.#reach.ofResource(resource, administrators);
    const all = together(granted, administering);
    const holders = holdersOn(evaluation, resource, administrators).filter(({ mask }) => (mask & bit) !== 0);
    const open = this.#openOn(resource, bit, administrators);
    return {
      resource: evaluation.resources.describe(resource),
      people: lazily(all, bit, (person) => ({
        identity: evaluation.people.describe(person),
        levels: levelsOf(all[person] ?? 0),
        onlyByAdministration: ((granted[person] ?? 0) & bit) === 0,
      })),
      blocked: lazily(blocked, bit, (index) => ({
        identity: evaluation.people.describe(blockedPeople[index] ?? -1),
        levels: levelsOf(blocked[index] ?? 0),
        onlyByAdministration: false,
      })),
      holders: holders.map(({ told }): HolderWithAccess => told),
      openTo: holders.filter(({ isOpen }) => isOpen).map(({ told }) => told),
      complete: open.length === 0,
      open,
      verdict,
    };
  }

  /** Everything that a person reaches, or has one level on. */
  accessOf(ref: IdentityRef, question: AccessQuestion = {}): AccessOfIdentity {
    const { level, administrators = true } = question;
    const { resources, people } = this.#evaluation;
    const match = onlyMatch(ref, people.match(ref));
    const bit = bitOf(level);
    if (match.person === undefined) {
      const everything = new Uint8Array(resources.size).fill(bit);
      return {
        ...(match.record !== undefined && { identity: identityOfRecord(match.record) }),
        resources: nothing(),
        undecided: lazily(everything, bit, (resource) => resources.describe(resource)),
        open: [match.problem],
      };
    }

    const { person } = match;
    const { granted, open, administering, possible } = this.#reach.ofPerson(person, administrators);
    const all = together(granted, open, administering);
    return {
      identity: people.describe(person),
      resources: lazily(all, bit, (resource): ReachedResource => ({
        resource: resources.describe(resource),
        levels: levelsOf(all[resource] ?? 0),
        granted: ((granted[resource] ?? 0) & bit) !== 0,
        open: ((open[resource] ?? 0) & bit) !== 0,
        administering: ((administering[resource] ?? 0) & bit) !== 0,
      })),
      undecided: this.#undecided(person, all, possible, bit, administrators),
      open: [],
    };
  }

  /** Whether a person reaches a resource, by every path, and what leaves it open. */
  explain(identity: IdentityRef, ref: ResourceRef, question: AccessQuestion = {}): Explanation {
    const { level, administrators = true } = question;
    const evaluation = this.#evaluation;
    const match = onlyMatch(identity, evaluation.people.match(identity));
    const resource = evaluation.resources.find(ref);
    const told = {
      ...(match.person !== undefined && { identity: evaluation.people.describe(match.person) }),
      ...(match.record !== undefined && { identity: identityOfRecord(match.record) }),
      ...(resource !== undefined && { resource: evaluation.resources.describe(resource) }),
    };
    const problems = [...(match.problem === undefined ? [] : [match.problem])];
    if (resource === undefined)
      return { ...told, verdict: 'unknown', levels: [], paths: [], open: [...problems, missingResource(ref)] };

    const bit = bitOf(level);
    const bits = evaluation.evaluate(match.person, resource, administrators);
    const paths = this.#pathsOf(match.person, resource, administrators);
    const licence = match.person === undefined ? undefined : this.#licence(match.person, resource);
    return {
      ...told,
      verdict: verdictOf(level, bits.certain, match.person === undefined ? bit : bits.possible),
      levels: levelsOf(bits.certain),
      paths: level === undefined ? paths : paths.filter((path) => !path.certain || path.levels.includes(level)),
      open: [...problems, ...bits.open],
      ...(licence !== undefined && { licence }),
    };
  }

  /** The answer of {@link AccessGraph.explain} alone, without the paths. */
  verdict(identity: IdentityRef, ref: ResourceRef, { level, administrators = true }: AccessQuestion = {}): Verdict {
    const { person } = onlyMatch(identity, this.#evaluation.people.match(identity));
    const resource = this.#evaluation.resources.find(ref);
    if (resource === undefined) return 'unknown';
    const { certain, possible } = this.#evaluation.evaluate(person, resource, administrators);
    return verdictOf(level, certain, person === undefined ? bitOf(level) : possible);
  }

  #pathsOf(person: number | undefined, resource: number, administrators: boolean): AccessPath[] {
    if (person !== undefined) return pathsOfPerson(this.#evaluation, person, resource, administrators);
    return pathsOfHolder(
      this.#evaluation,
      this.#evaluation.holders.other({ kind: 'anonymous' }),
      resource,
      administrators,
    );
  }

  #openOn(resource: number, bit: number, administrators: boolean): OpenQuestion[] {
    const evaluation = this.#evaluation;
    const asked = evaluation
      .questionsOn(resource)
      .filter(({ mask, administration }) => (mask & bit) !== 0 && (administrators || !administration))
      .map(({ open }) => open);
    const doubts = [...evaluation.edgesOn(resource, administrators)].flatMap(({ edge: { maybe, doubt } }) =>
      doubt === undefined || (maybe & bit) === 0 ? [] : [doubt],
    );
    return [...new Set([...asked, ...doubts])];
  }

  #undecided(
    person: number,
    certain: Uint8Array,
    possible: Uint8Array,
    bit: number,
    administrators: boolean,
  ): AccessOfIdentity['undecided'] {
    const evaluation = this.#evaluation;
    let found: Uint8Array | undefined;
    const marked = (): Uint8Array => {
      found ??= certain.map((mask, resource) => {
        if ((mask & bit) !== 0) return 0;
        if (((possible[resource] ?? 0) & bit) !== 0) return bit;
        const product = productOf(evaluation.entity(resource).type);
        const blocked = evaluation.people.blockedBecause(person, product) !== undefined;
        const isOpen = evaluation
          .questionsOn(resource)
          .some((question) => (question.mask & bit) !== 0 && isOpenFor(question, person, blocked, administrators));
        return isOpen ? bit : 0;
      });
      return found;
    };
    const list = (): AccessOfIdentity['undecided'] =>
      lazily(marked(), bit, (resource) => evaluation.resources.describe(resource));
    return {
      get size() {
        return list().size;
      },
      [Symbol.iterator]: () => list()[Symbol.iterator](),
    };
  }

  #licence(person: number, resource: number): Verdict | undefined {
    const { holders, people } = this.#evaluation;
    const product = productOf(this.#evaluation.entity(resource).type);
    if (product !== 'jira' && product !== 'confluence') return undefined;
    if (people.blockedBecause(person, product) !== undefined) return 'no';
    const licensed = holders.other({ kind: 'licensed', product });
    if (holders.holds(person, licensed)) return 'yes';
    return this.#evaluation.holderQuestions.of(licensed).some(({ concerns }) => concerns?.(person) ?? true)
      ? 'unknown'
      : 'no';
  }
}
