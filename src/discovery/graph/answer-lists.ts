import { PRODUCTS } from '../entities/entity-type.js';
import { levelsOf } from './access-level.js';
import type { PersonWithAccess, ReachedResource } from './answers.js';
import type { Evaluation } from './evaluation.js';
import type { PeopleReach } from './people-reach.js';
import { isOpenFor } from './resource-question.js';
import type { ResourceReach } from './resource-reach.js';

/** Everybody who has one of these levels for certain. */
export function* peopleWithAccess(
  { people }: Evaluation,
  reach: PeopleReach,
  bits: number,
): Generator<PersonWithAccess, void, undefined> {
  const { all, granted } = reach.certain();
  for (let person = 0; person < all.length; person += 1) {
    const mask = all[person] ?? 0;
    if ((mask & bits) === 0) continue;
    const onlyByAdministration = ((granted[person] ?? 0) & bits) === 0;
    yield { identity: people.describe(person), levels: levelsOf(mask), onlyByAdministration };
  }
}

/** Inactive people who would have one of these levels. */
export function* blockedPeople(
  { people }: Evaluation,
  reach: PeopleReach,
  bits: number,
): Generator<PersonWithAccess, void, undefined> {
  const { all, granted } = reach.ifActive();
  for (const person of reach.blockedPeople) {
    const mask = all[person] ?? 0;
    if ((mask & bits) === 0) continue;
    const onlyByAdministration = ((granted[person] ?? 0) & bits) === 0;
    yield { identity: people.describe(person), levels: levelsOf(mask), onlyByAdministration };
  }
}

/** Resources on which a person has one of these levels for certain. */
export function* reachedResources(
  { resources }: Evaluation,
  reach: ResourceReach,
  bits: number,
): Generator<ReachedResource, void, undefined> {
  const { granted, open, administering } = reach;
  for (let resource = 0; resource < granted.length; resource += 1) {
    const mask = reach.certainOn(resource);
    if ((mask & bits) === 0) continue;
    yield {
      resource: resources.describe(resource),
      levels: levelsOf(mask),
      granted: ((granted[resource] ?? 0) & bits) !== 0,
      open: ((open[resource] ?? 0) & bits) !== 0,
      administering: ((administering[resource] ?? 0) & bits) !== 0,
    };
  }
}

/** Resources on which a person does not hold a level for certain, and something leaves it open. */
export function undecidedResources(
  evaluation: Evaluation,
  products: Uint8Array,
  person: number,
  reach: ResourceReach,
  bits: number,
  administrators: boolean,
): number[] {
  const { people } = evaluation;
  const blocked = PRODUCTS.map((product) => people.blockedBecause(person, product) !== undefined);
  const undecided: number[] = [];
  for (let resource = 0; resource < reach.granted.length; resource += 1) {
    if ((reach.certainOn(resource) & bits) !== 0) continue;
    const isBlocked = blocked[products[resource] ?? 0] === true;
    const isOpen =
      ((reach.possible[resource] ?? 0) & bits) !== 0 ||
      evaluation
        .questionsOn(resource)
        .some((question) => (question.mask & bits) !== 0 && isOpenFor(question, person, isBlocked, administrators));
    if (isOpen) undecided.push(resource);
  }
  return undecided;
}
