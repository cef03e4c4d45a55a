import { PRODUCTS } from '../../entities/entity-type.js';
import type { Evaluation } from '../../graph/evaluation.js';
import type { Holder } from '../../graph/holder.js';
import type { ReportHolder } from './report-format.js';
import { nodeText } from './report-nodes.js';
import type { Shared } from './shared.js';

/** Holders that grants name, numbered as they come, each with what it is made of. */
export interface ReportHolders {
  readonly of: (holder: Holder) => number;
  readonly all: () => readonly ReportHolder[];
}

/** Starts without any holder. */
export function reportHolders({ holders }: Evaluation, texts: Shared<string>): ReportHolders {
  const numbers = new Map<Holder, number>();
  const made: (ReportHolder | undefined)[] = [];

  const of = (holder: Holder): number => {
    const known = numbers.get(holder);
    if (known !== undefined) return known;
    const number = made.push(undefined) - 1;
    numbers.set(holder, number);
    made[number] = make(holder);
    return number;
  };
  const make = (holder: Holder): ReportHolder => {
    const kind = holders.kindOf(holder);
    if (kind === 'account') return [0, holders.indexOf(holder)];
    const node = texts.of(nodeText(holders.node(holder)));
    const countsAs = texts.of('counts as');
    const other = holders.asOther(holder);
    switch (other?.kind) {
      case 'anonymous':
        return [2, node, countsAs];
      case 'authenticated':
        return [3, node, PRODUCTS.indexOf(other.product), countsAs];
      case 'conditional':
      case 'unknown':
        return [4, node];
      default: {
        const members = kind === 'group' ? [...holders.membersOf(holder)] : [];
        const parts = holders.partsOf(holder).all.map((part) => of(part.holder));
        const relation = kind === 'group' ? 'member' : kind === 'role' ? 'actor' : 'counts as';
        return [1, node, members, parts, texts.of(relation)];
      }
    }
  };
  return { of, all: () => made.flatMap((holder) => (holder === undefined ? [] : [holder])) };
}
