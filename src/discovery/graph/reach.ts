import type { Product } from '../entities/entity.js';
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

/** The grants that the holder of each has, the other way round. Built at the first question about a person. */
interface ByHolder {
  readonly own: ReadonlyMap<Holder, readonly { readonly resource: number; readonly edge: Edge }[]>;
  /** By number of the resource: index of the scheme of a project, or -1. */
  readonly schemeOf: Int32Array;
  readonly resourceOfProject: ReadonlyMap<string, number>;
  readonly ledBy: ReadonlyMap<Holder, readonly number[]>;
  /** What each scheme gives to a role, and to the lead of a project. */
  readonly toRole: readonly ReadonlyMap<string, Bits>[];
  readonly toLead: readonly Bits[];
}

/** Sums up whole rows and columns of the matrix of people and resources, which would be too large to keep. */
export class Reach {
  readonly #evaluation: Evaluation;
  readonly #blocked = new Map<Product, Uint8Array>();
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

    const blocked = this.#blockedIn(productOf(this.#evaluation.entity(resource).type));
    for (let person = 0; person < blocked.length; person += 1) {
      if (blocked[person] === 0) continue;
      reach.blocked[person] = (reach.granted[person] ?? 0) | (reach.administering[person] ?? 0);
      reach.granted[person] = 0;
      reach.administering[person] = 0;
      reach.possible[person] = 0;
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
    const mayUse = (holder: Holder, product: Product): boolean =>
      held.has(holder) && (holder === anonymous || people.blockedBecause(person, product) === undefined);
    const give = (resource: number, holder: Holder, { mask, maybe }: Bits): void => {
      const target = this.#isOpen(holder) ? reach.open : reach.granted;
      target[resource] = (target[resource] ?? 0) | mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | maybe;
    };

    const fromProject = new Map<number, { holder: Holder; edge: Edge }[]>();
    for (const holder of held)
      for (const { resource, edge } of index.own.get(holder) ?? []) {
        const { type } = this.#evaluation.entity(resource);
        if (!mayUse(holder, productOf(type))) continue;
        give(resource, holder, edge);
        if (type !== 'bitbucket.project' || edge.evidence.type !== 'bitbucket.grant') continue;
        const list = fromProject.get(resource);
        if (list === undefined) fromProject.set(resource, [{ holder, edge }]);
        else list.push({ holder, edge });
      }

    const ofScheme = grants.ofScheme.map((edges) => {
      const named: Bits = { mask: 0, maybe: 0 };
      const open: Bits = { mask: 0, maybe: 0 };
      for (const edge of edges) if (mayUse(edge.holder, 'jira')) join(this.#isOpen(edge.holder) ? open : named, edge);
      return { named, open };
    });
    for (let resource = 0; resource < resources.size; resource += 1) {
      const scheme = index.schemeOf[resource] ?? -1;
      const bits = scheme < 0 ? undefined : ofScheme[scheme];
      if (bits !== undefined) {
        reach.granted[resource] = (reach.granted[resource] ?? 0) | bits.named.mask;
        reach.open[resource] = (reach.open[resource] ?? 0) | bits.open.mask;
        reach.possible[resource] = (reach.possible[resource] ?? 0) | bits.named.maybe | bits.open.maybe;
      }
      const entity = this.#evaluation.entity(resource);
      if (entity.type === 'bitbucket.repository')
        for (const { holder, edge } of fromProject.get(resources.projectOf(entity.projectKey) ?? -1) ?? [])
          give(resource, holder, edge);
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
    if (administration) this.#addAdministration(reach, mayUse);
    return reach;
  }

  #addAdministration(reach: ResourceReach, mayUse: (holder: Holder, product: Product) => boolean): void {
    const cache = new Map<readonly Edge[], Bits>();
    for (let resource = 0; resource < reach.granted.length; resource += 1) {
      const entity = this.#evaluation.entity(resource);
      const product = productOf(entity.type);
      const edges = this.#evaluation.administratorsOf(entity);
      let bits = cache.get(edges);
      if (bits === undefined) {
        bits = { mask: 0, maybe: 0 };
        for (const edge of edges) if (mayUse(edge.holder, product)) join(bits, edge);
        cache.set(edges, bits);
      }
      reach.administering[resource] = (reach.administering[resource] ?? 0) | bits.mask;
      reach.possible[resource] = (reach.possible[resource] ?? 0) | bits.maybe;
    }
  }

  #isOpen(holder: Holder): boolean {
    const kind = this.#evaluation.holders.asOther(holder)?.kind;
    return kind === 'anonymous' || kind === 'authenticated';
  }

  #blockedIn(product: Product): Uint8Array {
    const known = this.#blocked.get(product);
    if (known !== undefined) return known;
    const { people } = this.#evaluation;
    const blocked = Uint8Array.from({ length: people.size }, (_, person) =>
      people.blockedBecause(person, product) === undefined ? 0 : 1,
    );
    this.#blocked.set(product, blocked);
    return blocked;
  }

  #index(): ByHolder {
    if (this.#byHolder !== undefined) return this.#byHolder;
    const { grants, holders, resources } = this.#evaluation;
    const own = new Map<Holder, { resource: number; edge: Edge }[]>();
    for (const [resource, edges] of grants.ofResource.entries())
      for (const edge of edges ?? []) listAt(own, edge.holder).push({ resource, edge });

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
    this.#byHolder = { own, schemeOf, resourceOfProject, ledBy, toRole, toLead };
    return this.#byHolder;
  }
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

function listAt<Key, Item>(map: Map<Key, Item[]>, key: Key): Item[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: Item[] = [];
  map.set(key, list);
  return list;
}
