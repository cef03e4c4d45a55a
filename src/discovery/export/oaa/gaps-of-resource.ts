import type { EntityType, Product } from '../../entities/entity-type.js';
import type { Gap } from '../../entities/gap.js';
import { hiddenBy } from '../../graph/gap-index.js';
import type { AccessSnapshot } from '../../snapshot/access-snapshot.js';

/** What the application of a product takes from the organization, besides what the product itself tells. */
const DRAWN: Readonly<Record<Product, readonly EntityType[]>> = {
  admin: [],
  // Emails and SCIM ids of people and groups; the roles tell who else may use the product.
  jira: ['admin.user', 'scim.user', 'admin.group', 'admin.roleAssignment'],
  confluence: ['admin.user', 'scim.user', 'admin.group', 'admin.roleAssignment'],
  bitbucket: ['admin.user', 'scim.user', 'admin.group'],
};
/** Parts of the organization that some applications have nothing of. */
const NOT_DRAWN: Readonly<Record<Product, readonly string[]>> = {
  admin: [],
  jira: ['managed accounts'],
  confluence: ['managed accounts', 'deactivations'],
  bitbucket: ['managed accounts', 'deactivations'],
};

/** The gaps that leave something of the application of one product open, and those that are about one resource. */
export class ProductGaps {
  /** In a sentence each. */
  readonly all: readonly string[];
  readonly #about = new Map<string, string[]>();

  constructor({ gaps, products }: Pick<AccessSnapshot, 'gaps' | 'products'>, product: Product) {
    const own = gaps.filter((gap) => gap.product === product);
    const drawn = gaps.filter(
      (gap) =>
        gap.product === 'admin' &&
        product !== 'admin' &&
        !NOT_DRAWN[product].includes(gap.part) &&
        hiddenBy(gap).some((type) => DRAWN[product].includes(type)),
    );
    const isUntold = !products.includes('admin') && drawn.length === 0;
    this.all = [
      ...own.map(gapText),
      ...drawn.map((gap) => `organization: ${gapText(gap)}`),
      ...(isUntold ? ['organization: skipped (it is not in the snapshot)'] : []),
    ];
    for (const gap of own) {
      if (gap.resource === undefined) continue;
      const key = `${gap.resource.type} ${gap.resource.id}`;
      this.#about.set(key, [...(this.#about.get(key) ?? []), gapText(gap)]);
    }
  }

  /** Sentences for the property `gaps` of a resource. */
  about(type: EntityType, id: string): readonly string[] {
    return this.#about.get(`${type} ${id}`) ?? [];
  }
}

/** A gap in one sentence. */
function gapText({ part, reason, resource, message }: Gap): string {
  const about = resource === undefined ? '' : ` of ${resource.name ?? resource.id}`;
  return `${part}${about}: ${reason} (${message})`;
}
