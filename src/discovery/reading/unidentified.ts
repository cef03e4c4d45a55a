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

/** Says how many people a list has without an id that is theirs alone: none is dropped without a word, nor taken for another. */
export function unidentified(product: Product, part: Part, count: number, resource?: Gap['resource']): Gap {
  const where = resource === undefined ? '' : ` of ${resource.name ?? resource.id}`;
  return gap(product, part, {
    what: 'unidentified',
    reason: 'truncated',
    message: `The ${part.name}${where} have ${String(count)} without an account id of their own, who cannot be told from others`,
    ...(resource !== undefined && { resource }),
  });
}

/** Counts such people of one group. */
export class Unidentified {
  readonly #product: Product;
  readonly #part: Part;
  readonly #resource: NonNullable<Gap['resource']>;
  #count = 0;

  constructor(product: Product, part: Part, resource: NonNullable<Gap['resource']>) {
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

  /** One gap for all that were counted; none where there is nobody. */
  gaps(): Gap[] {
    return this.#count === 0 ? [] : [unidentified(this.#product, this.#part, this.#count, this.#resource)];
  }
}
