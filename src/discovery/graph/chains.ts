import type { Entity } from '../entities/entity.js';
import type { AccessRoute, EntityRef, PathNode, PathStep } from './access-path.js';
import type { Evaluation } from './evaluation.js';
import type { Holder } from './holder.js';

/** A way from a person, or from a group, to being a holder. */
export interface Chain {
  readonly steps: readonly PathStep[];
  readonly through: readonly AccessRoute[];
}

/** Nothing is between. */
export const ITSELF: Chain = { steps: [], through: [] };

/** The ways in which a person is a holder. None where the person is not known to be. */
export function chainsTo(evaluation: Evaluation, person: number, holder: Holder): Chain[] {
  const { holders, groups, people } = evaluation;
  const index = holders.indexOf(holder);
  switch (holders.kindOf(holder)) {
    case 'account':
      return index === person ? [ITSELF] : [];
    case 'group': {
      if (!groups.has(index, person)) return [];
      const step: PathStep = { relation: 'member', to: groups.node(index), evidence: groups.evidence(index, person) };
      return [{ steps: [step], through: ['group'] }];
    }
    case 'role':
    case 'other': {
      const other = holders.asOther(holder);
      if (other?.kind === 'anonymous') return [countsAs(holders.node(holder), [])];
      if (other?.kind === 'authenticated') {
        if (!people.isKnownIn(person, other.product)) return [];
        const id = people.ids[person] ?? '';
        return [countsAs(holders.node(holder), [{ type: holders.accountNode(person).type as EntityRef['type'], id }])];
      }
      return holders
        .partsFor(person, holder)
        .flatMap((part) =>
          chainsTo(evaluation, person, part.holder).map((chain) => stepInto(evaluation, holder, part.evidence, chain)),
        );
    }
  }
}

/** From being a part of a holder to being the holder: an actor of a role, somebody with a licence. */
export function stepInto(evaluation: Evaluation, holder: Holder, evidence: Entity, chain: Chain): Chain {
  const isRole = evaluation.holders.kindOf(holder) === 'role';
  const step: PathStep = {
    relation: isRole ? 'actor' : 'counts-as',
    to: evaluation.holders.node(holder),
    evidence: [refOf(evidence)],
  };
  const isDerived =
    evidence.type === 'admin.roleAssignment' && evidence.obtained.length > 0 && !evidence.obtained.includes('direct');
  const routes: readonly AccessRoute[] = [isRole ? 'role' : 'wildcard', ...(isDerived ? (['effective'] as const) : [])];
  return { steps: [...chain.steps, step], through: [...chain.through, ...routes] };
}

/** Counting as one of those who are meant without being named. */
export function countsAs(to: PathNode, evidence: readonly EntityRef[]): Chain {
  return { steps: [{ relation: 'counts-as', to, evidence }], through: ['wildcard'] };
}

/** An entity, as evidence names it. */
export function refOf({ type, id }: Entity): EntityRef {
  return { type, id };
}
