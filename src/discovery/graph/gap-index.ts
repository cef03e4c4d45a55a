import { ENTITY_TYPES, type EntityType, type Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import type { AccessSnapshot } from '../snapshot/access-snapshot.js';

/** Kinds of things a gap can be about without leaving the rest of its part open. */
const ONE_THING = new Set<EntityType>([
  'admin.user',
  'admin.group',
  'jira.user',
  'jira.group',
  'jira.project',
  'jira.projectRole',
  'jira.permissionScheme',
  'jira.applicationRole',
  'confluence.user',
  'confluence.group',
  'confluence.space',
  'confluence.spaceRole',
  'bitbucket.user',
  'bitbucket.group',
  'bitbucket.project',
  'bitbucket.repository',
]);

/** Parts of Cloud Admin that tell no access, and nobody who is not in the list of users: billing, and since when. */
const OF_ATTRIBUTES = new Set(['managed accounts', 'deactivations']);

/** Whether a gap may hide that somebody reaches something, or who there is. */
export function mayHideAccess({ product, part }: Gap): boolean {
  return product !== 'admin' || !OF_ATTRIBUTES.has(part);
}

/** The gaps of a snapshot, by what they hide and by what they are about. */
export class GapIndex {
  /** Without those that hide no access. */
  readonly all: readonly Gap[];
  readonly #everywhere = new Map<EntityType, Gap[]>();
  readonly #about = new Map<string, Gap[]>();
  readonly #products: ReadonlySet<Product>;

  constructor({ gaps, products, entities }: AccessSnapshot) {
    this.all = gaps.filter(mayHideAccess);
    this.#products = new Set(products);
    for (const gap of this.all) {
      const { resource } = gap;
      if (resource !== undefined && isOneThing(resource, entities))
        push(this.#about, keyOf(resource.type, resource.id), gap);
      else for (const type of hiddenBy(gap)) push(this.#everywhere, type, gap);
    }
  }

  /** Whether the product was asked for at all. */
  covers(product: Product): boolean {
    return this.#products.has(product);
  }

  /** Gaps that hide this kind, whatever it belongs to. */
  everywhere(type: EntityType): readonly Gap[] {
    return this.#everywhere.get(type) ?? [];
  }

  /** Gaps about one thing, or those of them that hide one of these kinds. */
  about(type: EntityType, id: string, hides?: readonly EntityType[]): readonly Gap[] {
    const gaps = this.#about.get(keyOf(type, id)) ?? [];
    return hides === undefined ? gaps : gaps.filter((gap) => hiddenBy(gap).some((hidden) => hides.includes(hidden)));
  }
}

/** A group or application that nothing else names could be part of any other: it is no one thing then. */
function isOneThing({ type, id }: NonNullable<Gap['resource']>, entities: AccessSnapshot['entities']): boolean {
  if (!ONE_THING.has(type)) return false;
  if (!type.endsWith('.group') && type !== 'jira.applicationRole') return true;
  return entities[type].some((entity) => entity.id === id);
}

/** What a gap hides. One that names nothing hides everything of its product. */
export function hiddenBy({ hides, product }: Gap): readonly EntityType[] {
  if (hides.length > 0) return hides;
  return ENTITY_TYPES.filter((type) => type.startsWith(`${product}.`) || (product === 'admin' && type === 'scim.user'));
}

function keyOf(type: EntityType, id: string): string {
  return `${type} ${id}`;
}

function push<Key>(map: Map<Key, Gap[]>, key: Key, gap: Gap): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [gap]);
  else list.push(gap);
}
