import type { AccessSnapshot } from '../snapshot/access-snapshot.js';
import type { OpenQuestion } from './access-path.js';
import { GapIndex } from './gap-index.js';
import type { Edge } from './edge.js';
import { Grants } from './grants.js';
import { nodeOf } from './node-of.js';
import { type AppliedEdge, GrantsInForce, NAMES_ITS_ADMINISTRATORS } from './grants-in-force.js';
import { Groups } from './groups.js';
import type { Holder } from './holder.js';
import { HolderQuestions } from './holder-questions.js';
import { Holders } from './holders.js';
import { People } from './people.js';
import { isOpenFor, type ResourceQuestion } from './resource-question.js';
import { ResourceQuestions } from './resource-questions.js';
import { productOf, type ResourceEntity, Resources } from './resources.js';
import type { Sources } from './sources.js';
import { addGrant, addQuestion, type Tally } from './weighing.js';

/** What leaves open whether somebody whom no answer has as active reaches anything. */
export const STANDING_UNREAD: OpenQuestion = {
  kind: 'identity-unknown',
  message:
    'Whether the person is active here was not established: the account may be deactivated, or its membership suspended',
};

/** Everything a question about a snapshot is answered from. Nothing in it changes once it is made, but for caches. */
export class Evaluation implements Sources {
  readonly snapshot: AccessSnapshot;
  readonly gaps: GapIndex;
  readonly people: People;
  readonly groups: Groups;
  readonly holders: Holders;
  readonly holderQuestions: HolderQuestions;
  readonly resources: Resources;
  readonly grants: Grants;
  readonly inForce: GrantsInForce;
  readonly #anonymous: Holder;
  readonly #questions: ResourceQuestions;
  readonly #doubtful = new Map<number, readonly Edge[]>();

  constructor(snapshot: AccessSnapshot) {
    this.snapshot = snapshot;
    this.gaps = new GapIndex(snapshot);
    this.people = new People(snapshot);
    this.groups = new Groups(snapshot, this.people, this.gaps);
    this.holders = new Holders(snapshot, this.people, this.groups);
    this.holderQuestions = new HolderQuestions(snapshot, this.holders, this.gaps);
    this.resources = new Resources(snapshot);
    this.grants = new Grants(snapshot, this.holders, this.resources);
    this.inForce = new GrantsInForce(this.grants, this.holders, this.resources);
    this.#anonymous = this.holders.other({ kind: 'anonymous' });
    this.#questions = new ResourceQuestions(this);
    // A project's lead may be in no list of users.
    for (const { leadId } of snapshot.entities['jira.project']) if (leadId !== undefined) this.people.intern(leadId);
  }

  /** Puts together what many questions need, so that the first of them does not wait for it. */
  prepare(): void {
    this.holders.prepare();
    this.#questions.prepare();
  }

  entity(resource: number): ResourceEntity {
    return this.resources.entity(resource);
  }

  /** Everything that is in force on a resource. */
  edgesOn(resource: number, administration = true): Iterable<AppliedEdge> {
    return this.inForce.on(resource, administration);
  }

  /** What is in force on a resource and may give more than is certain. Kept of sites, which have as many grants as people. */
  doubtfulOn(resource: number, administration: boolean): readonly Edge[] {
    const key = resource * 2 + Number(administration);
    const known = this.#doubtful.get(key);
    if (known !== undefined) return known;
    const doubtful: Edge[] = [];
    for (const { edge } of this.edgesOn(resource, administration))
      if ((edge.maybe & ~edge.mask) !== 0) doubtful.push(edge);
    if (NAMES_ITS_ADMINISTRATORS.has(this.entity(resource).type)) this.#doubtful.set(key, doubtful);
    return doubtful;
  }

  /** What leaves open who reaches a resource. */
  questionsOn(resource: number): readonly ResourceQuestion[] {
    return this.#questions.on(resource);
  }

  /** What one person has on one resource. Anybody may be asked about: without a number, nothing is held in person. */
  evaluate(person: number | undefined, resource: number, administration: boolean): Tally<OpenQuestion> {
    const tally: Tally<OpenQuestion> = { certain: 0, possible: 0, open: [] };
    const product = productOf(this.entity(resource).type);
    const standing = person === undefined ? 'active' : this.people.standingIn(person, product);
    for (const { edge, holder } of this.edgesOn(resource, administration)) {
      const isEverybody = holder === this.#anonymous;
      if (!isEverybody && (person === undefined || !this.holders.holds(person, holder))) continue;
      addGrant(tally, edge, isEverybody ? 'active' : standing, () => [doubtAbout(edge)], STANDING_UNREAD);
    }
    for (const question of this.questionsOn(resource)) {
      if (isOpenFor(question, person, standing === 'blocked', administration))
        addQuestion(tally, question.mask, question.open);
    }
    return tally;
  }
}

/** Why something that is held only may give levels. */
export function doubtAbout({ doubt, name, by, evidence }: Edge): OpenQuestion {
  return doubt ?? { kind: 'unmapped', message: `What "${name}" allows is not known`, about: by ?? nodeOf(evidence) };
}
