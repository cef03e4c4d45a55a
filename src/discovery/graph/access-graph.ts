import { once } from '../../model/once.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import { levelsOf } from './access-level.js';
import type { AccessPath, Verdict } from './access-path.js';
import { blockedPeople, peopleWithAccess, reachedResources, undecidedResources } from './answer-lists.js';
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
  type WhoCanAccess,
} from './answers.js';
import { asked, askedIdentity, askedResource, askedSnapshot } from './asked.js';
import { Evaluation } from './evaluation.js';
import { holdersOn } from './holders-on.js';
import { licenceOf } from './licence.js';
import { openOn } from './open-on.js';
import { pathsOfHolder, pathsOfPerson } from './paths.js';
import type { Identity, IdentityRef } from './people.js';
import { Reach } from './reach.js';
import type { Resource, ResourceRef } from './resources.js';
import { verdictOn } from './weighing.js';

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

/** The graph of a snapshot, or the graph that was given. Throws `request_invalid` for anything else. */
export function graphOf(source: AccessSnapshot | AccessGraph): AccessGraph {
  if (source instanceof AccessGraph) return source;
  // A graph of another installed copy is taken by its snapshot.
  const given: unknown = source;
  const isGraph = typeof given === 'object' && given !== null && 'snapshot' in given;
  return AccessGraph.from(isGraph ? (given.snapshot as AccessSnapshot) : source);
}

/**
 * Who reaches what, from one snapshot and without a call.
 *
 * An answer is `yes`, `no` or `unknown`. It is `no` only where everything was read that could make it a yes; what is
 * missing is told in `open`. A question that names no level or kind that there is throws `request_invalid`. Access is what grants give: a grant to somebody without a licence of the product counts as
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

  /** Builds the graph of a snapshot. Throws `request_invalid` for what is none. */
  static from(snapshot: AccessSnapshot): AccessGraph {
    askedSnapshot(snapshot);
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
      .match(askedIdentity(ref))
      .map((found) => (typeof found === 'number' ? people.describe(found) : identityOfRecord(found)));
  }

  /** The resource that a reference means. */
  findResource(ref: ResourceRef): Resource | undefined {
    const found = this.#evaluation.resources.find(askedResource(ref));
    return found === undefined ? undefined : this.#evaluation.resources.describe(found);
  }

  /** Everybody who reaches a resource, or has one level on it. */
  whoCanAccess(ref: ResourceRef, question: AccessQuestion = {}): WhoCanAccess {
    const { bit, administrators } = asked(question);
    const evaluation = this.#evaluation;
    const verdict = (identity: IdentityRef): Verdict => this.verdict(identity, ref, question);
    const resource = evaluation.resources.find(askedResource(ref));
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

    const reach = this.#reach.ofResource(resource, administrators);
    const holders = once(() =>
      holdersOn(evaluation, resource, administrators).filter(({ mask }) => (mask & bit) !== 0),
    );
    const open = openOn(evaluation, resource, reach, bit, administrators);
    return {
      resource: evaluation.resources.describe(resource),
      people: lazily(
        () => reach.count(bit),
        () => peopleWithAccess(evaluation, reach, bit),
      ),
      blocked: lazily(
        () => reach.countBlocked(bit),
        () => blockedPeople(evaluation, reach, bit),
      ),
      // A product can have as many holders as people: they are put together when they are asked for.
      get holders() {
        return holders().map(({ told }): HolderWithAccess => told);
      },
      get openTo() {
        return holders()
          .filter(({ isOpen }) => isOpen)
          .map(({ told }) => told);
      },
      complete: open.length === 0,
      open,
      verdict,
    };
  }

  /** Everything that a person reaches, or has one level on. */
  accessOf(ref: IdentityRef, question: AccessQuestion = {}): AccessOfIdentity {
    const { bit, administrators } = asked(question);
    const { resources, people } = this.#evaluation;
    const match = onlyMatch(ref, people.match(askedIdentity(ref)));
    if (match.person === undefined) {
      return {
        ...(match.record !== undefined && { identity: identityOfRecord(match.record) }),
        resources: nothing(),
        undecided: lazily(
          () => resources.size,
          () => this.resources(),
        ),
        open: [match.problem],
      };
    }

    const { person } = match;
    const undecided = (): number[] => {
      const reach = this.#reach.glanceOf(person, administrators);
      return undecidedResources(this.#evaluation, this.#reach.products, person, reach, bit, administrators);
    };
    return {
      identity: people.describe(person),
      resources: lazily(
        () => this.#reach.glanceOf(person, administrators).count(bit),
        () => reachedResources(this.#evaluation, this.#reach.ofPerson(person, administrators), bit),
      ),
      undecided: lazily(
        () => undecided().length,
        () => undecided().map((resource) => resources.describe(resource)),
      ),
      open: [],
    };
  }

  /** Whether a person reaches a resource, by every path, and what leaves it open. */
  explain(identity: IdentityRef, ref: ResourceRef, question: AccessQuestion = {}): Explanation {
    const { level, bit, administrators } = asked(question);
    const evaluation = this.#evaluation;
    const match = onlyMatch(identity, evaluation.people.match(askedIdentity(identity)));
    const resource = evaluation.resources.find(askedResource(ref));
    const told = {
      ...(match.person !== undefined && { identity: evaluation.people.describe(match.person) }),
      ...(match.record !== undefined && { identity: identityOfRecord(match.record) }),
      ...(resource !== undefined && { resource: evaluation.resources.describe(resource) }),
    };
    const problems = [...(match.problem === undefined ? [] : [match.problem])];
    if (resource === undefined)
      return { ...told, verdict: 'unknown', levels: [], paths: [], open: [...problems, missingResource(ref)] };

    const bits = evaluation.evaluate(match.person, resource, administrators);
    const paths = this.#pathsOf(match.person, resource, administrators);
    const licence = match.person === undefined ? undefined : licenceOf(evaluation, match.person, resource);
    return {
      ...told,
      verdict: verdictOn(match.person === undefined ? { ...bits, possible: bit } : bits, bit),
      levels: levelsOf(bits.certain),
      paths: level === undefined ? paths : paths.filter((path) => !path.certain || path.levels.includes(level)),
      open: [...problems, ...bits.open],
      ...(licence !== undefined && { licence }),
    };
  }

  /** The answer of {@link AccessGraph.explain} alone, without the paths. */
  verdict(identity: IdentityRef, ref: ResourceRef, question: AccessQuestion = {}): Verdict {
    const { bit, administrators } = asked(question);
    const { person } = onlyMatch(identity, this.#evaluation.people.match(askedIdentity(identity)));
    const resource = this.#evaluation.resources.find(askedResource(ref));
    if (resource === undefined) return 'unknown';
    const bits = this.#evaluation.evaluate(person, resource, administrators);
    return verdictOn(person === undefined ? { ...bits, possible: bit } : bits, bit);
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
}
