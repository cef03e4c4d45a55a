import { PRODUCTS, type Product } from '../entities/entity-type.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';
import { IntList } from './int-lists.js';
import { type Blocked, type Held, PeopleReach } from './people-reach.js';
import type { People } from './people.js';
import { type Bits, bitsByHolder, type ReachIndex, reachIndexOf } from './reach-index.js';
import { ResourceReach, setReachOf, SharedReach } from './resource-reach.js';
import { productOf } from './resources.js';
import { Scratch } from './scratch.js';

const NOBODY: Blocked = { blocked: new Int32Array(0), doubtful: new Int32Array(0) };

/** Grants on one resource that take long to sum up. */
const MANY = 10_000;

/** What a holder has on a resource. */
interface HeldOn extends Readonly<Bits> {
  readonly holder: Holder;
  readonly resource: number;
}

/** Sums up whole rows and columns of the matrix of people and resources, which would be too large to keep. */
export class Reach {
  readonly #evaluation: Evaluation;
  readonly #index: ReachIndex;
  readonly #blocked: ReadonlyMap<Product, Blocked>;
  readonly #scratch = new Scratch();
  readonly #glance: ResourceReach;
  readonly #shared: SharedReach;
  /** Of a site, which everybody may have been given in person. */
  readonly #kept = new Map<number, PeopleReach>();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
    this.#index = reachIndexOf(evaluation);
    this.#glance = new ResourceReach(evaluation.resources.size);
    this.#shared = new SharedReach(evaluation.resources.size);
    evaluation.prepare();
    this.#blocked = new Map(PRODUCTS.map((product) => [product, blockedIn(evaluation.people, product)]));
  }

  /** Who reaches a resource. */
  ofResource(resource: number, administration: boolean): PeopleReach {
    const key = resource * 2 + Number(administration);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const { people, holders, resources } = this.#evaluation;
    const edges = [...this.#evaluation.edgesOn(resource, administration)];
    const heldBy = (bypass: boolean): Held[] => {
      const listsOf = new Map<number, Int32Array[]>();
      const held = bitsByHolder(edges.filter(({ route }) => (route === 'administration') === bypass));
      for (const [holder, { mask }] of held) {
        const lists = listsOf.get(mask) ?? [];
        lists.push(...holders.memberLists(holder));
        listsOf.set(mask, lists);
      }
      return [...listsOf].map(([mask, lists]) => ({ lists: withOneOfSingles(lists), mask, bypass }));
    };
    const found = new PeopleReach(
      [...heldBy(false), ...heldBy(true)],
      this.#blocked.get(productOf(resources.entity(resource).type)) ?? NOBODY,
      people.size,
      this.#scratch,
    );
    if (edges.length > MANY) this.#kept.set(key, found);
    return found;
  }

  /** What a person reaches. */
  ofPerson(person: number, administration: boolean): ResourceReach {
    const reach = new ResourceReach(this.#evaluation.resources.size);
    setReachOf(reach, this.#evaluation, this.#index, this.#shared, person, administration);
    return reach;
  }

  /** The same for a glance: it is good until the next one. */
  glanceOf(person: number, administration: boolean): ResourceReach {
    setReachOf(this.#glance, this.#evaluation, this.#index, this.#shared, person, administration);
    return this.#glance;
  }

  /** By number of the resource: index of its product in `PRODUCTS`. */
  get products(): Uint8Array {
    return this.#index.productOf;
  }

  /** Everything that is held without administration, by holder and resource. */
  *held(): Generator<HeldOn, void, undefined> {
    const { offsets, values, masks, maybes } = this.#index.holdings;
    for (let holder = 0; holder + 1 < offsets.length; holder += 1)
      for (let place = offsets[holder] ?? 0; place < (offsets[holder + 1] ?? 0); place += 1)
        yield { holder, resource: values[place] ?? 0, mask: masks[place] ?? 0, maybe: maybes[place] ?? 0 };
  }
}

/** The same people, with all who are in a list of their own in one. */
function withOneOfSingles(lists: readonly Int32Array[]): readonly Int32Array[] {
  const singles = lists.filter(({ length }) => length === 1);
  if (singles.length < 2) return lists;
  return [...lists.filter(({ length }) => length !== 1), Int32Array.from(singles, ([person = 0]) => person)];
}

function blockedIn(people: People, product: Product): Blocked {
  const blocked = new IntList();
  const doubtful = new IntList();
  for (let person = 0; person < people.size; person += 1) {
    if (people.blockedBecause(person, product) !== undefined) blocked.push(person);
    else if (people.mayBeBlocked(person, product)) doubtful.push(person);
  }
  return { blocked: blocked.view(), doubtful: doubtful.view() };
}
