import { PRODUCTS, type Product } from '../entities/entity.js';
import { ALL, ANY } from './access-level.js';
import type { Evaluation } from './evaluation.js';
import type { Edge } from './grants.js';
import type { Holder } from './holders.js';
import { productOf } from './resources.js';

/** Who reaches one resource: bits of levels, by number of the person. */
export interface PeopleReach {
  readonly granted: Uint8Array;
  readonly administering: Uint8Array;
  /** What may be held, on top. */
  readonly possible: Uint8Array;
  /** What inactive people would have. */
  readonly blocked: Uint8Array;
}

/** What one person reaches: bits of levels, by number of the resource. */
export interface ResourceReach {
  readonly granted: Uint8Array;
  /** As one of everybody, or of all who are signed in. */
  readonly open: Uint8Array;
  readonly administering: Uint8Array;
  readonly possible: Uint8Array;
}

interface Bits {
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
interface ByHolder {
  readonly own: ReadonlyMap<Holder, Holdings>;
  /** By number of the resource: index of the scheme of a project, or -1. */
  readonly schemeOf: Int32Array;
  /** By number of the resource: index of its product. */
  readonly productOf: Uint8Array;
  /** By number of the resource: index of its administrators in `administrators`. */
  readonly administeredBy: Int32Array;
  readonly administrators: readonly { readonly edges: readonly Edge[]; readonly product: Product }[];
  readonly resourceOfProject: ReadonlyMap<string, number>;
  readonly ledBy: ReadonlyMap<Holder, readonly number[]>;
  /** What each scheme gives to a role, and to the lead of a project. */
  readonly toRole: readonly ReadonlyMap<string, Bits>[];
  readonly toLead: readonly Bits[];
}

/** Sums up whole rows and columns of the matrix of people and resources, which would be too large to keep. */
export class Reach {
  readonly #evaluation: Evaluation;
  readonly #blocked = new Map<Product, readonly number[]>();
  #byHolder: ByHolder | undefined;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** Everybody and every signed-in person are left out: they are no list of people. */
  ofResource(resource: number, administration: boolean): PeopleReach {
    const { people, holders } = this.#evaluation;
    const reach: PeopleReach = {
      granted: new Uint8Array(people.size),
      administering: new Uint8Array(people.size),
      possible: new Uint8Array(people.size),
      blocked: new Uint8Array(people.size),
    };
    const granted = new Map<Holder, Bits>();
    const administering = new Map<Holder, Bits>();
    for (const { edge, holder, route } of this.#evaluation.edgesOn(resource, administration))
      addTo(route === 'administration' ? administering : granted, holder, edge);
    for (const [bits, target] of [
      [granted, reach.granted],
      [administering, reach.administering],
    ] as const)
      for (const [holder, { mask, maybe }] of bits)
        for (const person of holders.membersOf(holder)) {
          target[person] = (target[person] ?? 0) | mask;
          if (maybe !== 0) reach.possible[person] = (reach.possible[person] ?? 0) | maybe;
        }

    for (const person of this.#blockedIn(productOf(this.#evaluation.entity(resource).type))) {
      reach.blocked[person] = (reach.granted[person] ?? 0) | (reach.administering[person] ?? 0);
      reach.granted[person] = 0;
      reach.administering[person] = 0;
      reach.possible[person] = 0;
    }
    for (let person = 0; person < people.size; person += 1) {
      if (!people.mayBeBlocked(person, productOf(this.#evaluation.entity(resource).type))) continue;
      const held = (reach.granted[person] ?? 0) | (reach.administering[person] ?? 0);
      reach.possible[person] = (reach.possible[person] ?? 0) | held;
      reach.granted[person] = 0;
      reach.administering[person] = 0;
    }
    return reach;
  }

  ofPerson(person: number, administration: boolean): ResourceReach {
    const { resources, holders, people, grants } = this.#evaluation;
    const reach: ResourceReach = {
      granted: new Uint8Array(resources.size),
      open: new Uint8Array(resources.size),
      administering: new Uint8Array(resources.size),
      possible: new Uint8Array(resources.size),
    };
    const index = this.#index();
    const held = new Set(holders.heldBy(person));
    const anonymous = holders.other({ kind: 'anonymous' });
    const isBlocked = PRODUCTS.map((product) => people.blockedBecause(person, product) !== undefined);
    const mayBeBlocked = PRODUCTS.map((product) => people.mayBeBlocked(person, product));
    const mayUse = (holder: Holder, product: Product): boolean =>
      held.has(holder) && (holder === anonymous || isBlocked[PRODUCTS.indexOf(product)] === false);
    const give = (resource: number, holder: Holder, { mask, maybe }: Bits): void => {
      const target = this.#isOpen(holder) ? reach.open : reach.granted;
      target[resource] = (target[resource] ?? 0) | mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | maybe;
    };

    for (const holder of held) {
      const holdings = index.own.get(holder);
      if (holdings === undefined) continue;
      const target = this.#isOpen(holder) ? reach.open : reach.granted;
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

    const ofScheme = grants.ofScheme.map((edges) => {
      const named: Bits = { mask: 0, maybe: 0 };
      const open: Bits = { mask: 0, maybe: 0 };
      for (const edge of edges) if (mayUse(edge.holder, 'jira')) join(this.#isOpen(edge.holder) ? open : named, edge);
      return { named, open };
    });
    for (let resource = 0; resource < resources.size; resource += 1) {
      const bits = ofScheme[index.schemeOf[resource] ?? -1];
      if (bits === undefined) continue;
      reach.granted[resource] = (reach.granted[resource] ?? 0) | bits.named.mask;
      reach.open[resource] = (reach.open[resource] ?? 0) | bits.open.mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | bits.named.maybe | bits.open.maybe;
    }

    for (const holder of held) {
      const role = holders.asRole(holder);
      const resource = role === undefined ? undefined : index.resourceOfProject.get(role.projectId);
      if (role === undefined || resource === undefined || !mayUse(holder, 'jira')) continue;
      const scheme = index.schemeOf[resource] ?? -1;
      const bits = scheme < 0 ? { mask: 0, maybe: ALL | ANY } : index.toRole[scheme]?.get(role.roleId);
      if (bits !== undefined) give(resource, holder, bits);
    }
    const account = holders.account(people.ids[person] ?? '');
    if (mayUse(account, 'jira'))
      for (const resource of index.ledBy.get(account) ?? []) {
        const bits = index.toLead[index.schemeOf[resource] ?? -1];
        if (bits !== undefined) give(resource, account, bits);
      }
    if (!administration) return reach;

    const ofList = index.administrators.map(({ edges, product }) => {
      const bits: Bits = { mask: 0, maybe: 0 };
      for (const edge of edges) if (mayUse(edge.holder, product)) join(bits, edge);
      return people.mayBeBlocked(person, product) ? { mask: 0, maybe: bits.mask | bits.maybe } : bits;
    });
    for (let resource = 0; resource < resources.size; resource += 1) {
      const bits = ofList[index.administeredBy[resource] ?? -1];
      if (bits === undefined) continue;
      reach.administering[resource] = bits.mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | bits.maybe;
    }
    return reach;
  }

  #isOpen(holder: Holder): boolean {
    const kind = this.#evaluation.holders.asOther(holder)?.kind;
    return kind === 'anonymous' || kind === 'authenticated';
  }

  #blockedIn(product: Product): readonly number[] {
    const known = this.#blocked.get(product);
    if (known !== undefined) return known;
    const { people } = this.#evaluation;
    const blocked: number[] = [];
    for (let person = 0; person < people.size; person += 1)
      if (people.blockedBecause(person, product) !== undefined) blocked.push(person);
    this.#blocked.set(product, blocked);
    return blocked;
  }

  #index(): ByHolder {
    if (this.#byHolder !== undefined) return this.#byHolder;
    const { grants, holders, resources } = this.#evaluation;
    const found = new Map<Holder, Map<number, Bits>>();
    for (const resource of resources.entities.keys())
      for (const { edge, holder, route } of this.#evaluation.grantsOn(resource))
        if (route === 'own' || route === 'project') addTo(mapAt(found, holder), resource, edge);
    const own = new Map<Holder, Holdings>();
    for (const [holder, places] of found) {
      const bits = [...places.values()];
      own.set(holder, {
        resources: Int32Array.from(places.keys()),
        masks: Uint8Array.from(bits, ({ mask }) => mask),
        maybes: Uint8Array.from(bits, ({ maybe }) => maybe),
      });
    }

    const administrators: { edges: readonly Edge[]; product: Product }[] = [];
    const listIndex = new Map<readonly Edge[], number>();
    const administeredBy = new Int32Array(resources.size).fill(-1);
    const products = new Uint8Array(resources.size);
    for (const [resource, entity] of resources.entities.entries()) {
      const product = productOf(entity.type);
      products[resource] = PRODUCTS.indexOf(product);
      const edges = this.#evaluation.administratorsOf(entity);
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
      schemeOf[resource] = this.#evaluation.schemeOf(entity.permissionSchemeId) ?? -1;
      resourceOfProject.set(entity.id, resource);
      if (entity.leadId !== undefined) listAt(ledBy, holders.account(entity.leadId)).push(resource);
    }
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
    this.#byHolder = {
      own,
      schemeOf,
      productOf: products,
      administeredBy,
      administrators,
      resourceOfProject,
      ledBy,
      toRole,
      toLead,
    };
    return this.#byHolder;
  }
}

/** The bits of several arrays of one length, together. */
export function together(first: Uint8Array, ...others: readonly Uint8Array[]): Uint8Array {
  const all = first.slice();
  for (const other of others)
    for (let index = 0; index < all.length; index += 1) all[index] = (all[index] ?? 0) | (other[index] ?? 0);
  return all;
}

function join(bits: Bits, { mask, maybe }: Bits | Edge): void {
  bits.mask |= mask;
  bits.maybe |= maybe;
}

function addTo<Key>(map: Map<Key, Bits>, key: Key, edge: Bits | Edge): void {
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
