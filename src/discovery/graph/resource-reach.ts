import { PRODUCTS } from '../entities/entity-type.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';
import type { ReachIndex } from './reach-index.js';

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

/** Adds what a person reaches to `reach`. */
export function addReachOf(
  reach: ResourceReach,
  { holders, people }: Evaluation,
  { anonymous, holdings, productOf, administrators, administeredBy }: ReachIndex,
  person: number,
  administration: boolean,
): void {
  const { granted, open, administering, possible } = reach;
  const standing = Uint8Array.from(PRODUCTS, (product) => {
    if (people.blockedBecause(person, product) !== undefined) return BLOCKED;
    return people.mayBeBlocked(person, product) ? DOUBTFUL : ACTIVE;
  });
  const give = (target: Uint8Array, resource: number, mask: number, maybe: number, holder: Holder): void => {
    const here = holder === anonymous ? ACTIVE : (standing[productOf[resource] ?? 0] ?? ACTIVE);
    if (here === BLOCKED) return;
    if (here === ACTIVE) target[resource] = (target[resource] ?? 0) | mask;
    possible[resource] = (possible[resource] ?? 0) | (here === ACTIVE ? maybe : mask | maybe);
  };

  const held = holders.heldBy(person);
  const { offsets, values, masks, maybes } = holdings;
  const isActive = standing.every((one) => one === ACTIVE);
  for (const holder of held) {
    const target = holders.isOpen(holder) ? open : granted;
    const end = offsets[holder + 1] ?? 0;
    for (let place = offsets[holder] ?? 0; place < end; place += 1) {
      const resource = values[place] ?? 0;
      const mask = masks[place] ?? 0;
      const maybe = maybes[place] ?? 0;
      if (isActive) {
        target[resource] = (target[resource] ?? 0) | mask;
        possible[resource] = (possible[resource] ?? 0) | maybe;
      } else give(target, resource, mask, maybe, holder);
    }
  }
  if (!administration) return;

  const heldAll = new Set(held);
  const edges = administrators.map((list) => list.filter(({ holder }) => heldAll.has(holder)));
  if (edges.every(({ length }) => length === 0)) return;
  for (let resource = 0; resource < productOf.length; resource += 1)
    for (const { mask, maybe, holder } of edges[administeredBy[resource] ?? -1] ?? [])
      give(administering, resource, mask, maybe, holder);
}
