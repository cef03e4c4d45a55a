import type { AtlassianAccountId } from '../../model/ids.js';
import type { Product } from '../entities/entity-type.js';
import type { Gap } from '../entities/gap.js';
import { gap, type Part } from './gap-of-error.js';

/** Whether an id names one account. A broken record has `unknown` (documented by Jira), and several may have it. */
export function namesAnAccount(id: string | undefined): id is AtlassianAccountId {
  return id !== undefined && id !== '' && id !== 'unknown';
}

/** Tells people of a list apart; empty for those whom nothing tells apart. */
export function keyOfAccount(id: string | undefined): string {
  return namesAnAccount(id) ? id : '';
}

/** Counts people whom a list has without an id that is theirs alone: none is dropped without a word, nor taken for another. */
export class Unidentified {
  readonly #product: Product;
  readonly #part: Part;
  readonly #resource: Gap['resource'];
  #count = 0;

  constructor(product: Product, part: Part, resource?: Gap['resource']) {
    this.#product = product;
    this.#part = part;
    this.#resource = resource;
  }

  /** One more. */
  add(): void {
    this.#count += 1;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** One gap for all that were counted by now, in the place of the one before; none while there is nobody. */
  gaps(): Gap[] {
    if (this.#count === 0) return [];
    const where = this.#resource === undefined ? '' : ` of ${this.#resource.name ?? this.#resource.id}`;
    const found = gap(this.#product, this.#part, {
      reason: 'truncated',
      message: `The ${this.#part.name}${where} have ${String(this.#count)} without an account id of their own, who cannot be told from others`,
      ...(this.#resource !== undefined && { resource: this.#resource }),
    });
    return [found];
  }
}
