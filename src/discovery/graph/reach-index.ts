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

/** Resources by holder, with what the holder has there: what projects give to repositories is with the repositories. */
interface Holdings extends Rows {
  readonly masks: Uint8Array;
  readonly maybes: Uint8Array;
}

/** What a holder has in every project of a scheme. */
interface OfScheme extends Readonly<Bits> {
  readonly scheme: number;
}

/** The grants of all resources the other way round: by holder. */
export interface ReachIndex {
  readonly anonymous: Holder;
  readonly own: Holdings;
  /** By number of the resource: index of its product. */
  readonly productOf: Uint8Array;
  /** By number of the resource: index of its administrators in `administrators`, or -1. */
  readonly administeredBy: Int32Array;
  readonly administrators: readonly (readonly Edge[])[];
  /** By number of the resource: index of the scheme of a project, or -1. */
  readonly schemeOf: Int32Array;
  /** Resources that are projects, by index of their scheme. */
  readonly projectsOf: Rows;
  readonly resourceOfProject: ReadonlyMap<string, number>;
  readonly ledBy: ReadonlyMap<Holder, readonly number[]>;
  /** What schemes give to a holder that is the same in all their projects. */
  readonly ofSchemes: ReadonlyMap<Holder, readonly OfScheme[]>;
  /** What each scheme gives to a role, and to the lead of a project. */
  readonly toRole: readonly ReadonlyMap<string, Bits>[];
  readonly toLead: readonly Bits[];
}

/** Turns the grants of all resources round. */
export function reachIndexOf(evaluation: Evaluation): ReachIndex {
  const { holders, resources } = evaluation;
  return {
    anonymous: holders.other({ kind: 'anonymous' }),
    own: holdingsOf(evaluation),
    productOf: Uint8Array.from(resources.entities, ({ type }) => PRODUCTS.indexOf(productOf(type))),
    ...administrationOf(evaluation),
    ...projectsOf(evaluation),
    ...schemesOf(evaluation),
  };
}

function holdingsOf({ inForce, resources }: Evaluation): Holdings {
  const holderOf = new IntList();
  const resourceOf = new IntList();
  const maskOf = new IntList();
  const maybeOf = new IntList();
  let holderCount = 0;
  for (const [resource, entity] of resources.entities.entries())
    for (const edges of [inForce.given(resource), inForce.inherited(entity)])
      for (const { holder, mask, maybe } of edges) {
        holderOf.push(holder);
        resourceOf.push(resource);
        maskOf.push(mask);
        maybeOf.push(maybe);
        holderCount = Math.max(holderCount, holder + 1);
      }
  const rows = rowsOf(
    holderCount,
    holderOf.view(),
    Int32Array.from(holderOf.view(), (_, place) => place),
  );
  return {
    offsets: rows.offsets,
    values: rows.values.map((place) => resourceOf.at(place)),
    masks: Uint8Array.from(rows.values, (place) => maskOf.at(place)),
    maybes: Uint8Array.from(rows.values, (place) => maybeOf.at(place)),
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

function projectsOf({
  grants,
  holders,
  inForce,
  resources,
}: Evaluation): Pick<ReachIndex, 'schemeOf' | 'projectsOf' | 'resourceOfProject' | 'ledBy'> {
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
  return { schemeOf, projectsOf: rowsOf(grants.ofScheme.length, schemes, projects), resourceOfProject, ledBy };
}

function schemesOf({ grants, holders }: Evaluation): Pick<ReachIndex, 'ofSchemes' | 'toRole' | 'toLead'> {
  const ofSchemes = new Map<Holder, OfScheme[]>();
  const toRole: Map<string, Bits>[] = [];
  const toLead: Bits[] = [];
  for (const [scheme, edges] of grants.ofScheme.entries()) {
    const toHolder = new Map<Holder, Bits>();
    const roles = new Map<string, Bits>();
    const lead: Bits = { mask: 0, maybe: 0 };
    for (const edge of edges) {
      const other = holders.asOther(edge.holder);
      if (other?.kind === 'role-of-project') addTo(roles, other.roleId, edge);
      else if (other?.kind === 'lead-of-project') join(lead, edge);
      else addTo(toHolder, edge.holder, edge);
    }
    for (const [holder, bits] of toHolder) listAt(ofSchemes, holder).push({ scheme, ...bits });
    toRole.push(roles);
    toLead.push(lead);
  }
  return { ofSchemes, toRole, toLead };
}

/** Adds bits to bits. */
function join(bits: Bits, { mask, maybe }: Edge): void {
  bits.mask |= mask;
  bits.maybe |= maybe;
}

/** Adds bits to those of a key. */
export function addTo<Key>(map: Map<Key, Bits>, key: Key, edge: Edge): void {
  const bits = map.get(key);
  if (bits === undefined) map.set(key, { mask: edge.mask, maybe: edge.maybe });
  else join(bits, edge);
}

function listAt<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: Item[] = [];
  map.set(key, list);
  return list;
}
