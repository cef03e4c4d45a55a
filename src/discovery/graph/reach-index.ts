import { PRODUCTS } from '../entities/entity.js';
import type { Evaluation } from './evaluation.js';
import type { Edge } from './edge.js';
import type { Holder } from './holder.js';
import { type Rows, rowsOf } from './int-lists.js';
import { productOf } from './resources.js';

/** Bits of levels that are held, and that may be. */
export interface Bits {
  mask: number;
  maybe: number;
}

/** What one holder has on resources, each once and in order: what projects give to repositories is with the repositories. */
interface Holdings {
  readonly resources: Int32Array;
  readonly masks: Uint8Array;
  readonly maybes: Uint8Array;
}

/** The grants that the holder of each has, the other way round. Built at the first question about a person. */
export interface ReachIndex {
  readonly own: ReadonlyMap<Holder, Holdings>;
  /** By number of the resource: index of the scheme of a project, or -1. */
  readonly schemeOf: Int32Array;
  /** Resources that are projects, by index of their scheme. */
  readonly projectsOf: Rows;
  /** By number of the resource: index of its product. */
  readonly productOf: Uint8Array;
  /** By number of the resource: index of its administrators in `administrators`. */
  readonly administeredBy: Int32Array;
  readonly administrators: readonly { readonly edges: readonly Edge[]; readonly product: number }[];
  readonly resourceOfProject: ReadonlyMap<string, number>;
  readonly ledBy: ReadonlyMap<Holder, readonly number[]>;
  /** The grants of each scheme that are the same in all its projects: to everybody, and to anybody else. */
  readonly toAll: readonly { readonly named: readonly Edge[]; readonly open: readonly Edge[] }[];
  /** What each scheme gives to a role, and to the lead of a project. */
  readonly toRole: readonly ReadonlyMap<string, Bits>[];
  readonly toLead: readonly Bits[];
}

/** Place of Jira among the products. */
export const JIRA = PRODUCTS.indexOf('jira');

/** Turns the grants of all resources round. */
export function reachIndexOf(evaluation: Evaluation): ReachIndex {
  const { grants, holders, inForce, resources } = evaluation;
  const found = new Map<Holder, Map<number, Bits>>();
  for (const [resource, entity] of resources.entities.entries())
    for (const edge of [...inForce.given(resource), ...inForce.inherited(entity)])
      addTo(mapAt(found, edge.holder), resource, edge);
  const own = new Map<Holder, Holdings>();
  for (const [holder, places] of found) {
    const bits = [...places.values()];
    own.set(holder, {
      resources: Int32Array.from(places.keys()),
      masks: Uint8Array.from(bits, ({ mask }) => mask),
      maybes: Uint8Array.from(bits, ({ maybe }) => maybe),
    });
  }

  const administrators: { edges: readonly Edge[]; product: number }[] = [];
  const listIndex = new Map<readonly Edge[], number>();
  const administeredBy = new Int32Array(resources.size).fill(-1);
  const products = new Uint8Array(resources.size);
  for (const [resource, entity] of resources.entities.entries()) {
    const product = PRODUCTS.indexOf(productOf(entity.type));
    products[resource] = product;
    const edges = inForce.administrators(entity);
    if (edges.length === 0) continue;
    let list = listIndex.get(edges);
    if (list === undefined) {
      list = administrators.push({ edges, product }) - 1;
      listIndex.set(edges, list);
    }
    administeredBy[resource] = list;
  }

  const schemeOf = new Int32Array(resources.size).fill(-1);
  const resourceOfProject = new Map<string, number>();
  const ledBy = new Map<Holder, number[]>();
  for (const [resource, entity] of resources.entities.entries()) {
    if (entity.type !== 'jira.project') continue;
    schemeOf[resource] = inForce.schemeOf(entity) ?? -1;
    resourceOfProject.set(entity.id, resource);
    if (entity.leadId !== undefined) listAt(ledBy, holders.account(entity.leadId)).push(resource);
  }
  const projects = Int32Array.from(resourceOfProject.values()).filter((resource) => (schemeOf[resource] ?? -1) >= 0);
  const schemes = projects.map((resource) => schemeOf[resource] ?? 0);
  const toAll = grants.ofScheme.map((edges) => ({
    named: edges.filter(({ holder }) => !holders.isOpen(holder)),
    open: edges.filter(({ holder }) => holders.isOpen(holder)),
  }));
  const toLead: Bits[] = [];
  const toRole = grants.ofScheme.map((edges) => {
    const roles = new Map<string, Bits>();
    const lead: Bits = { mask: 0, maybe: 0 };
    for (const edge of edges) {
      const other = holders.asOther(edge.holder);
      if (other?.kind === 'role-of-project') addTo(roles, other.roleId, edge);
      if (other?.kind === 'lead-of-project') join(lead, edge);
    }
    toLead.push(lead);
    return roles;
  });
  return {
    own,
    schemeOf,
    projectsOf: rowsOf(grants.ofScheme.length, schemes, projects),
    toAll,
    productOf: products,
    administeredBy,
    administrators,
    resourceOfProject,
    ledBy,
    toRole,
    toLead,
  };
}

/** Adds bits to bits. */
export function join(bits: Bits, { mask, maybe }: Bits | Edge): void {
  bits.mask |= mask;
  bits.maybe |= maybe;
}

/** Adds bits to those of a key. */
export function addTo<Key>(map: Map<Key, Bits>, key: Key, edge: Bits | Edge): void {
  const bits = map.get(key);
  if (bits === undefined) map.set(key, { mask: edge.mask, maybe: edge.maybe });
  else join(bits, edge);
}

function mapAt<Key, Inner, Value>(map: Map<Key, Map<Inner, Value>>, key: Key): Map<Inner, Value> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const inner = new Map<Inner, Value>();
  map.set(key, inner);
  return inner;
}

function listAt<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: Item[] = [];
  map.set(key, list);
  return list;
}
