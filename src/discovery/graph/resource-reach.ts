import { PRODUCTS } from '../entities/entity.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';
import { rowOf } from './int-lists.js';
import { givable } from './only-reading.js';
import type { ReachIndex } from './reach-index.js';

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
  { evaluation, index }: { readonly evaluation: Evaluation; readonly index: ReachIndex },
  person: number,
  administration: boolean,
): void {
  const { resources, holders, people } = evaluation;
  const { granted, open, administering, possible } = reach;
  const held = holders.heldBy(person);
  const isBlocked = PRODUCTS.map((product) => people.blockedBecause(person, product) !== undefined);
  const mayBeBlocked = PRODUCTS.map((product) => people.mayBeBlocked(person, product));

  const give = (target: Uint8Array, resource: number, mask: number, maybe: number, holder: Holder): void => {
    const product = index.productOf[resource] ?? 0;
    const isDoubtful = holder !== index.anonymous && mayBeBlocked[product] === true;
    if (holder !== index.anonymous && isBlocked[product] === true) return;
    if (!isDoubtful) target[resource] = (target[resource] ?? 0) | mask;
    possible[resource] = (possible[resource] ?? 0) | maybe | (isDoubtful ? mask : 0);
  };

  for (const holder of held) {
    const target = holders.isOpen(holder) ? open : granted;
    const { offsets, values, masks, maybes } = index.own;
    for (let place = offsets[holder] ?? 0; place < (offsets[holder + 1] ?? 0); place += 1)
      give(target, values[place] ?? 0, masks[place] ?? 0, maybes[place] ?? 0, holder);

    for (const { scheme, mask, maybe } of index.ofSchemes.get(holder) ?? [])
      for (const resource of rowOf(index.projectsOf, scheme)) give(target, resource, mask, maybe, holder);

    const role = holders.asRole(holder);
    const project = role === undefined ? undefined : index.resourceOfProject.get(role.projectId);
    if (role === undefined || project === undefined) continue;
    const scheme = index.schemeOf[project] ?? -1;
    const unknown = { mask: 0, maybe: givable(resources.entity(project)) };
    const bits = scheme < 0 ? unknown : index.toRole[scheme]?.get(role.roleId);
    // A role that a snapshot has twice is in force once.
    const isInForce = scheme < 0 || holders.roleOf(role.projectId, role.roleId) === holder;
    if (bits !== undefined && isInForce) give(granted, project, bits.mask, bits.maybe, holder);
  }
  const account = holders.accountAt(person);
  for (const project of index.ledBy.get(account) ?? []) {
    const bits = index.toLead[index.schemeOf[project] ?? -1];
    if (bits !== undefined) give(granted, project, bits.mask, bits.maybe, account);
  }
  if (!administration) return;

  const heldAll = new Set(held);
  const administers = index.administrators.map((edges) => edges.filter(({ holder }) => heldAll.has(holder)));
  if (administers.every(({ length }) => length === 0)) return;
  for (let resource = 0; resource < resources.size; resource += 1)
    for (const { mask, maybe, holder } of administers[index.administeredBy[resource] ?? -1] ?? [])
      give(administering, resource, mask, maybe, holder);
}
