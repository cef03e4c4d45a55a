import { PRODUCTS } from '../entities/entity.js';
import type { Edge } from './edge.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';
import { IntList, type Rows, rowsOf } from './int-lists.js';
import { productOf } from './resources.js';

/** Bits of levels that are held, and that may be. */
export interface Bits {
  mask: number;
  maybe: number;
}

/** Resources by holder, with what the holder has there: a resource may be in a row more than once. */
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
  let holderCount = 0;
  const add = (resource: number, holder: Holder | undefined, { mask, maybe }: Readonly<Bits>): void => {
    if (holder === undefined) return;
    holderOf.push(holder);
    resourceOf.push(resource);
    bitsOf.push((maybe << 8) | mask);
    holderCount = Math.max(holderCount, holder + 1);
  };
  // Many projects share a scheme, which gives a dozen permissions to each of its holders.
  const schemes = grants.ofScheme.map((edges) => bitsByHolder(edges));
  for (const [resource, entity] of resources.entities.entries()) {
    const scheme = entity.type === 'jira.project' ? inForce.schemeOf(entity) : undefined;
    if (entity.type === 'jira.project' && scheme !== undefined)
      for (const [holder, bits] of schemes[scheme] ?? []) add(resource, inForce.inProject(holder, entity), bits);
    else for (const { holder, edge } of inForce.on(resource, false)) add(resource, holder, edge);
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

function bitsByHolder(edges: readonly Edge[]): ReadonlyMap<Holder, Readonly<Bits>> {
  const byHolder = new Map<Holder, Bits>();
  for (const edge of edges) addTo(byHolder, edge.holder, edge);
  return byHolder;
}

/** Adds bits to those of a key. */
export function addTo<Key>(map: Map<Key, Bits>, key: Key, { mask, maybe }: Edge): void {
  const bits = map.get(key);
  if (bits === undefined) map.set(key, { mask, maybe });
  else {
    bits.mask |= mask;
    bits.maybe |= maybe;
  }
}
