import type { Product } from '../entities/entity-type.js';
import type { Verdict } from './access-path.js';
import type { Evaluation } from './evaluation.js';
import { productOf } from './resources.js';

/** Whoever has a licence of a product, where the product has licences. */
export function licensedHolder({ holders }: Evaluation, product: Product): number | undefined {
  return product === 'jira' || product === 'confluence' ? holders.other({ kind: 'licensed', product }) : undefined;
}

/** Whether it is open that a person has the licence, though it is not known. */
export function mayBeLicensed({ holderQuestions }: Evaluation, licensed: number, person: number): boolean {
  return holderQuestions.of(licensed).some(({ concerns }) => concerns?.(person) ?? true);
}

/** Whether a person has a licence of the product of a resource. Nothing where the product has no licences. */
export function licenceOf(evaluation: Evaluation, person: number, resource: number): Verdict | undefined {
  const product = productOf(evaluation.entity(resource).type);
  const licensed = licensedHolder(evaluation, product);
  if (licensed === undefined) return undefined;
  if (evaluation.people.blockedBecause(person, product) !== undefined) return 'no';
  if (evaluation.holders.holds(person, licensed)) return 'yes';
  return mayBeLicensed(evaluation, licensed, person) ? 'unknown' : 'no';
}
