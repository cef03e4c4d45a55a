import { PRODUCTS, type Product } from '../entities/entity.js';
import type { Evaluation } from './evaluation.js';
import type { Edge } from './edge.js';
import type { Holder } from './holder.js';
import { rowOf } from './int-lists.js';
import { givable } from './only-reading.js';
import { addTo, type Bits, JIRA, join, type ReachIndex, reachIndexOf } from './reach-index.js';
import { productOf } from './resources.js';

/** Who reaches one resource: bits of levels, by number of the person. An array of which all would be 0 may be empty. */
export interface PeopleReach {
  readonly granted: Uint8Array;
  readonly administering: Uint8Array;
  /** What may be held, on top. */
  readonly possible: Uint8Array;
  /** What inactive people would have, in the order of `blockedPeople`. */
  readonly blocked: Uint8Array;
  /** Their numbers. */
  readonly blockedPeople: readonly number[];
}

/** What one person reaches: bits of levels, by number of the resource. An array of which all would be 0 may be empty. */
export interface ResourceReach {
  readonly granted: Uint8Array;
  /** As one of everybody, or of all who are signed in. */
  readonly open: Uint8Array;
  readonly administering: Uint8Array;
  readonly possible: Uint8Array;
}

interface Blocked {
  readonly blocked: readonly number[];
  readonly doubtful: readonly number[];
}

const NOTHING = new Uint8Array(0);

/** Sums up whole rows and columns of the matrix of people and resources, which would be too large to keep. */
export class Reach {
  readonly #evaluation: Evaluation;
  readonly #blocked = new Map<Product, Blocked>();
  #byHolder: ReachIndex | undefined;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** Everybody and every signed-in person are left out: they are no list of people. */
  ofResource(resource: number, administration: boolean): PeopleReach {
    const { people, holders } = this.#evaluation;
    const granted = new Map<Holder, Bits>();
    const administering = new Map<Holder, Bits>();
    for (const { edge, holder, route } of this.#evaluation.edgesOn(resource, administration))
      addTo(route === 'administration' ? administering : granted, holder, edge);

    const all = [...granted.values(), ...administering.values()];
    const { blocked, doubtful } = this.#blockedIn(productOf(this.#evaluation.entity(resource).type));
    const reach: PeopleReach = {
      granted: new Uint8Array(people.size),
      administering: administering.size === 0 ? NOTHING : new Uint8Array(people.size),
      possible: doubtful.length === 0 && all.every(({ maybe }) => maybe === 0) ? NOTHING : new Uint8Array(people.size),
      blocked: new Uint8Array(blocked.length),
      blockedPeople: blocked,
    };
    for (const [bits, target] of [
      [granted, reach.granted],
      [administering, reach.administering],
    ] as const)
      for (const [holder, { mask, maybe }] of bits) {
        const members = holders.membersOf(holder);
        mark(target, members, mask);
        if (maybe !== 0) mark(reach.possible, members, maybe);
      }

    // What is written beyond the end of an empty array is dropped.
    for (const [index, person] of blocked.entries()) {
      reach.blocked[index] = (reach.granted[person] ?? 0) | (reach.administering[person] ?? 0);
      reach.granted[person] = 0;
      reach.administering[person] = 0;
      reach.possible[person] = 0;
    }
    for (const person of doubtful) {
      reach.possible[person] =
        (reach.possible[person] ?? 0) | (reach.granted[person] ?? 0) | (reach.administering[person] ?? 0);
      reach.granted[person] = 0;
      reach.administering[person] = 0;
    }
    return reach;
  }

  ofPerson(person: number, administration: boolean): ResourceReach {
    const { resources, holders, people } = this.#evaluation;
    const index = this.#index();
    const held = new Set(holders.heldBy(person));
    const anonymous = holders.other({ kind: 'anonymous' });
    const isBlocked = PRODUCTS.map((product) => people.blockedBecause(person, product) !== undefined);
    const mayBeBlocked = PRODUCTS.map((product) => people.mayBeBlocked(person, product));
    const bitsOf = (edges: readonly Edge[], product: number): Bits => {
      const bits: Bits = { mask: 0, maybe: 0 };
      for (const edge of edges)
        if (held.has(edge.holder) && (edge.holder === anonymous || isBlocked[product] === false)) join(bits, edge);
      if (mayBeBlocked[product] === true) return { mask: 0, maybe: bits.mask | bits.maybe };
      return bits;
    };

    const ofList = administration ? index.administrators.map(({ edges, product }) => bitsOf(edges, product)) : [];
    const administers = ofList.some(({ mask, maybe }) => (mask | maybe) !== 0);
    const reach: ResourceReach = {
      granted: new Uint8Array(resources.size),
      open: new Uint8Array(resources.size),
      administering: administers ? new Uint8Array(resources.size) : NOTHING,
      possible: new Uint8Array(resources.size),
    };
    for (const holder of held) {
      const holdings = index.own.get(holder);
      if (holdings === undefined) continue;
      const target = holders.isOpen(holder) ? reach.open : reach.granted;
      for (let place = 0; place < holdings.resources.length; place += 1) {
        const resource = holdings.resources[place] ?? 0;
        if (holder !== anonymous && isBlocked[index.productOf[resource] ?? 0] === true) continue;
        if (holder !== anonymous && mayBeBlocked[index.productOf[resource] ?? 0] === true) {
          reach.possible[resource] = (reach.possible[resource] ?? 0) | (holdings.masks[place] ?? 0);
          reach.possible[resource] = (reach.possible[resource] ?? 0) | (holdings.maybes[place] ?? 0);
          continue;
        }
        target[resource] = (target[resource] ?? 0) | (holdings.masks[place] ?? 0);
        reach.possible[resource] = (reach.possible[resource] ?? 0) | (holdings.maybes[place] ?? 0);
      }
    }
    for (const [scheme, { named, open }] of index.toAll.entries()) {
      const toNamed = bitsOf(named, JIRA);
      const toOpen = bitsOf(open, JIRA);
      const maybe = toNamed.maybe | toOpen.maybe;
      if ((toNamed.mask | toOpen.mask | maybe) === 0) continue;
      for (const resource of rowOf(index.projectsOf, scheme)) {
        reach.granted[resource] = (reach.granted[resource] ?? 0) | toNamed.mask;
        reach.open[resource] = (reach.open[resource] ?? 0) | toOpen.mask;
        reach.possible[resource] = (reach.possible[resource] ?? 0) | maybe;
      }
    }
    if (isBlocked[JIRA] === false) this.#addInPerson(reach, held, holders.account(people.ids[person] ?? ''));
    if (!administers) return reach;

    for (let resource = 0; resource < resources.size; resource += 1) {
      const list = index.administeredBy[resource] ?? -1;
      const bits = list < 0 ? undefined : ofList[list];
      if (bits === undefined) continue;
      reach.administering[resource] = bits.mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | bits.maybe;
    }
    return reach;
  }

  /** What the schemes of projects give to the roles of a person there, and to their lead. */
  #addInPerson({ granted, possible }: ResourceReach, held: ReadonlySet<Holder>, account: Holder): void {
    const { resources } = this.#evaluation;
    const index = this.#index();
    const give = (resource: number, bits: Bits | undefined): void => {
      if (bits === undefined) return;
      granted[resource] = (granted[resource] ?? 0) | bits.mask;
      possible[resource] = (possible[resource] ?? 0) | bits.maybe;
    };
    for (const holder of held) {
      const role = this.#evaluation.holders.asRole(holder);
      const resource = role === undefined ? undefined : index.resourceOfProject.get(role.projectId);
      if (role === undefined || resource === undefined) continue;
      const scheme = index.schemeOf[resource] ?? -1;
      give(
        resource,
        scheme < 0 ? { mask: 0, maybe: givable(resources.entity(resource)) } : index.toRole[scheme]?.get(role.roleId),
      );
    }
    for (const resource of index.ledBy.get(account) ?? []) {
      const scheme = index.schemeOf[resource] ?? -1;
      if (scheme >= 0) give(resource, index.toLead[scheme]);
    }
  }

  /** Who reaches nothing in a product, and of whom that is not known. */
  #blockedIn(product: Product): Blocked {
    const known = this.#blocked.get(product);
    if (known !== undefined) return known;
    const { people } = this.#evaluation;
    const blocked: number[] = [];
    const doubtful: number[] = [];
    for (let person = 0; person < people.size; person += 1) {
      if (people.blockedBecause(person, product) !== undefined) blocked.push(person);
      else if (people.mayBeBlocked(person, product)) doubtful.push(person);
    }
    const found = { blocked, doubtful };
    this.#blocked.set(product, found);
    return found;
  }

  /** By number of the resource: index of its product in `PRODUCTS`. */
  get products(): Uint8Array {
    return this.#index().productOf;
  }

  #index(): ReachIndex {
    this.#byHolder ??= reachIndexOf(this.#evaluation);
    return this.#byHolder;
  }
}

/** The bits of several arrays of one length, together. Those that are empty add nothing. */
export function together(first: Uint8Array, ...others: readonly Uint8Array[]): Uint8Array {
  const filled = others.filter(({ length }) => length > 0);
  if (filled.length === 0) return first;
  const all = first.slice();
  for (const other of filled)
    for (let index = 0; index < all.length; index += 1) all[index] = (all[index] ?? 0) | (other[index] ?? 0);
  return all;
}

/** Sets bits in many places. Without an iterator, which makes an object for each of 100,000 members until it is optimized. */
function mark(target: Uint8Array, places: Int32Array, bits: number): void {
  places.forEach((place) => {
    target[place] = (target[place] ?? 0) | bits;
  });
}
