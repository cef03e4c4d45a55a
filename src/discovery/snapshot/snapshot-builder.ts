import type { Discovered, Entity } from '../entities/entity.js';
import { ENTITY_TYPES, type EntityType, type Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { siteIdsOf } from '../graph/product-roles.js';
import { SNAPSHOT_VERSION, type AccessSnapshot, type EntitiesByType } from './access-snapshot.js';
import { AccountFacts, withScimIds } from './account-facts.js';
import { connectionsOf } from './connections.js';
import { withPeopleInNoGroup } from './people-in-no-group.js';

/**
 * Puts what the readers yield together to a snapshot.
 *
 * What comes twice is kept once, as it came last. Lists are sorted by id, for the order in which things come differs from
 * one reading to the next.
 */
export class SnapshotBuilder {
  readonly #entities = new Map<EntityType, Map<string, Entity>>(ENTITY_TYPES.map((type) => [type, new Map()]));
  readonly #gaps = new Map<string, Gap>();

  add(found: Discovered): void {
    if (found.type === 'gap') this.#gaps.set(found.id, found);
    else this.#entities.get(found.type)?.set(found.id, found);
  }

  /** All that was added. */
  found(): readonly Discovered[] {
    return [...[...this.#entities.values()].flatMap((entities) => [...entities.values()]), ...this.#gaps.values()];
  }

  /** Joins the products by account and makes the snapshot. */
  build(about: {
    readonly startedAt: string;
    readonly completedAt: string;
    readonly products: readonly Product[];
  }): AccessSnapshot {
    const read = this.#read();
    const facts = new AccountFacts(read['admin.user'], read['scim.user'], siteIdsOf(read, 'jira'));
    const confluence = withPeopleInNoGroup(read, sorted(this.#gaps));
    const joined: EntitiesByType = {
      ...read,
      'confluence.user': confluence.users,
      'admin.group': withScimIds(read['admin.group'], read['scim.user']),
      'jira.user': read['jira.user'].map((user) => facts.withDates(user)),
      'bitbucket.user': read['bitbucket.user'].map((user) => facts.withEmail(user)),
    };
    return {
      format: 'atlassian-provisioner/access-snapshot',
      version: SNAPSHOT_VERSION,
      ...about,
      entities: { ...joined, connection: connectionsOf(joined) },
      gaps: confluence.gaps,
    };
  }

  #read(): EntitiesByType {
    const lists = ENTITY_TYPES.map((type) => [type, sorted(this.#entities.get(type) ?? new Map())]);
    // Each list holds what `add` put under its own type.
    return Object.fromEntries(lists) as EntitiesByType;
  }
}

function sorted<Found extends { readonly id: string }>(found: ReadonlyMap<string, Found>): Found[] {
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
