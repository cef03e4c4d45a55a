import type { EntityType, Product } from '../../entities/entity-type.js';
import type { Gap } from '../../entities/gap.js';

/** The gaps of one product, and those that are about one resource. */
export class ProductGaps {
  readonly all: readonly Gap[];
  readonly #about = new Map<string, string[]>();

  constructor(gaps: readonly Gap[], product: Product) {
    this.all = gaps.filter((gap) => gap.product === product);
    for (const gap of this.all) {
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
export function gapText({ part, reason, resource, message }: Gap): string {
  const about = resource === undefined ? '' : ` of ${resource.name ?? resource.id}`;
  return `${part}${about}: ${reason} (${message})`;
}
