import { PRODUCTS } from '../entities/entity-type.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';
import type { Bits, ReachIndex } from './reach-index.js';

const ACTIVE = 0;
const DOUBTFUL = 1;
const BLOCKED = 2;

/** What one person reaches: bits of levels, by number of the resource. */
export class ResourceReach {
  readonly granted: Uint8Array;
  /** As one of everybody, or of all who are signed in. */
  readonly open: Uint8Array;
  readonly administering: Uint8Array;
  /** What may be held, on top. */
  readonly possible: Uint8Array;

  constructor(size: number) {
    this.granted = new Uint8Array(size);
    this.open = new Uint8Array(size);
    this.administering = new Uint8Array(size);
    this.possible = new Uint8Array(size);
  }

  clear(): void {
    for (const bits of [this.granted, this.open, this.administering, this.possible]) bits.fill(0);
  }

  copy(other: ResourceReach): void {
    this.granted.set(other.granted);
    this.open.set(other.open);
    this.administering.set(other.administering);
    this.possible.set(other.possible);
  }

  /** What is held for certain on a resource, in whichever way. */
  certainOn(resource: number): number {
    return (this.granted[resource] ?? 0) | (this.open[resource] ?? 0) | (this.administering[resource] ?? 0);
  }

  /** On how many resources one of these levels is held for certain. */
  count(bits: number): number {
    const { granted, open, administering } = this;
    let count = 0;
    for (let resource = 0; resource < granted.length; resource += 1)
      if ((((granted[resource] ?? 0) | (open[resource] ?? 0) | (administering[resource] ?? 0)) & bits) !== 0)
        count += 1;
    return count;
  }
}

/**
 * What somebody reaches as one of everybody, of those with a licence and the like. It is most of what people reach, and the
 * same for most of them, so it is kept for the next one.
 */
export class SharedReach {
  readonly #reach: ResourceReach;
  #key = '';

  constructor(size: number) {
    this.#reach = new ResourceReach(size);
  }

  /** What is kept under a key, or what is put together now. */
  of(key: string, fill: (reach: ResourceReach) => void): ResourceReach {
    if (this.#key !== key) {
      this.#reach.clear();
      fill(this.#reach);
      this.#key = key;
    }
    return this.#reach;
  }
}

/** Makes `reach` what a person reaches. */
export function setReachOf(
  reach: ResourceReach,
  { holders, people }: Evaluation,
  { anonymous, holdings, productOf, administrators, administeredBy }: ReachIndex,
  shared: SharedReach,
  person: number,
  administration: boolean,
): void {
  const standing = Uint8Array.from(PRODUCTS, (product) => {
    if (people.blockedBecause(person, product) !== undefined) return BLOCKED;
    return people.mayBeBlocked(person, product) ? DOUBTFUL : ACTIVE;
  });
  const isActive = standing.every((one) => one === ACTIVE);
  const isBlocked = standing.every((one) => one === BLOCKED);
  const give = (to: ResourceReach, target: Uint8Array, resource: number, bits: Bits, holder: Holder): void => {
    const here = holder === anonymous ? ACTIVE : (standing[productOf[resource] ?? 0] ?? ACTIVE);
    if (here === BLOCKED) return;
    if (here === ACTIVE) target[resource] = (target[resource] ?? 0) | bits.mask;
    to.possible[resource] = (to.possible[resource] ?? 0) | (here === ACTIVE ? bits.maybe : bits.mask | bits.maybe);
  };
  const addHolder = (to: ResourceReach, holder: Holder): void => {
    if (isBlocked && holder !== anonymous) return;
    const { offsets, values, masks, maybes } = holdings;
    const target = holders.isOpen(holder) ? to.open : to.granted;
    const end = offsets[holder + 1] ?? 0;
    for (let place = offsets[holder] ?? 0; place < end; place += 1) {
      const resource = values[place] ?? 0;
      const mask = masks[place] ?? 0;
      const maybe = maybes[place] ?? 0;
      if (isActive) {
        target[resource] = (target[resource] ?? 0) | mask;
        to.possible[resource] = (to.possible[resource] ?? 0) | maybe;
      } else give(to, target, resource, { mask, maybe }, holder);
    }
  };

  const held = holders.heldBy(person);
  const isShared = (holder: Holder): boolean => holders.asOther(holder) !== undefined;
  const wildcards = held.filter(isShared);
  reach.copy(
    shared.of(`${wildcards.join()} ${standing.join()}`, (empty) => {
      for (const holder of wildcards) addHolder(empty, holder);
    }),
  );
  for (const holder of held) if (!isShared(holder)) addHolder(reach, holder);
  if (!administration) return;

  const heldAll = new Set(held);
  const edges = administrators.map((list) => list.filter(({ holder }) => heldAll.has(holder)));
  if (edges.every(({ length }) => length === 0)) return;
  for (let resource = 0; resource < productOf.length; resource += 1)
    for (const edge of edges[administeredBy[resource] ?? -1] ?? [])
      give(reach, reach.administering, resource, edge, edge.holder);
}
