import { PRODUCTS } from '../entities/entity-type.js';
import type { Edge } from './edge.js';
import type { Evaluation } from './evaluation.js';
import type { AppliedEdge } from './grants-in-force.js';
import type { Holder } from './holder.js';
import { IntList, type Rows, rowsOf } from './int-lists.js';
import { productOf, type ResourceEntity } from './resources.js';

/** Bits of levels that are held, and that may be. */
export interface Bits {
  mask: number;
  maybe: number;
}

/** Resources by holder, each once and ascending, with what the holder has there. */
interface Holdings extends Rows {
  readonly masks: Uint8Array;
  readonly maybes: Uint8Array;
}

/** The grants of all resources the other way round: by holder. */
export interface ReachIndex {
  readonly anonymous: Holder;
  readonly holdings: Holdings;
  /** By number of the resource: index of its product in `PRODUCTS`. */
  readonly productOf: Uint8Array;
  /** By number of the resource: index of its administrators in `administrators`, or -1. */
  readonly administeredBy: Int32Array;
  readonly administrators: readonly (readonly Edge[])[];
}

/** Turns the grants of all resources round. */
export function reachIndexOf(evaluation: Evaluation): ReachIndex {
  const { holders, resources } = evaluation;
  return {
    anonymous: holders.other({ kind: 'anonymous' }),
    holdings: holdingsOf(evaluation),
    productOf: Uint8Array.from(resources.entities, ({ type }) => PRODUCTS.indexOf(productOf(type))),
    ...administrationOf(evaluation),
  };
}

function holdingsOf({ grants, inForce, resources }: Evaluation): Holdings {
  const holderOf = new IntList();
  const resourceOf = new IntList();
  const bitsOf = new IntList();
  // Many projects share a scheme, which gives a dozen permissions to each of its holders.
  const schemes = grants.ofScheme.map((edges) => bitsByHolder(edges.map((edge) => ({ edge, holder: edge.holder }))));
  const heldOn = (resource: number, entity: ResourceEntity): Map<Holder, Bits> => {
    const scheme = entity.type === 'jira.project' ? inForce.schemeOf(entity) : undefined;
    if (entity.type !== 'jira.project' || scheme === undefined) return bitsByHolder(inForce.on(resource, false));
    const held = new Map<Holder, Bits>();
    for (const [holder, bits] of schemes[scheme] ?? []) {
      const here = inForce.inProject(holder, entity);
      if (here !== undefined) addTo(held, here, bits);
    }
    return held;
  };
  let holderCount = 0;
  for (const [resource, entity] of resources.entities.entries())
    for (const [holder, { mask, maybe }] of heldOn(resource, entity)) {
      holderOf.push(holder);
      resourceOf.push(resource);
      bitsOf.push((maybe << 8) | mask);
      holderCount = Math.max(holderCount, holder + 1);
    }

  const { offsets, values } = rowsOf(
    holderCount,
    holderOf.view(),
    holderOf.view().map((_, place) => place),
  );
  return {
    offsets,
    values: values.map((place) => resourceOf.at(place)),
    masks: Uint8Array.from(values, (place) => bitsOf.at(place) & 0xff),
    maybes: Uint8Array.from(values, (place) => bitsOf.at(place) >> 8),
  };
}

function administrationOf({ inForce, resources }: Evaluation): Pick<ReachIndex, 'administrators' | 'administeredBy'> {
  const lists = new Map<readonly Edge[], number>();
  const administeredBy = Int32Array.from(resources.entities, (entity) => {
    const edges = inForce.administrators(entity);
    if (edges.length === 0) return -1;
    const list = lists.get(edges) ?? lists.size;
    lists.set(edges, list);
    return list;
  });
  return { administrators: [...lists.keys()], administeredBy };
}

/** What each holder has by some grants, all together. */
export function bitsByHolder(grants: Iterable<Pick<AppliedEdge, 'edge' | 'holder'>>): Map<Holder, Bits> {
  const held = new Map<Holder, Bits>();
  for (const { edge, holder } of grants) addTo(held, holder, edge);
  return held;
}

function addTo(held: Map<Holder, Bits>, holder: Holder, { mask, maybe }: Readonly<Bits>): void {
  const bits = held.get(holder);
  if (bits === undefined) held.set(holder, { mask, maybe });
  else {
    bits.mask |= mask;
    bits.maybe |= maybe;
  }
}
