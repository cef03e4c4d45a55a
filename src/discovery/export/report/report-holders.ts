import { PRODUCTS } from '../../entities/entity-type.js';
import type { PathNode } from '../../graph/access-path.js';
import type { Evaluation } from '../../graph/evaluation.js';
import type { Holder } from '../../graph/holder.js';
import type { ReportHolder } from './report-format.js';
import type { Shared } from './shared.js';

/** Holders that grants name, numbered as they come, each with what it is made of. */
export interface ReportHolders {
  readonly of: (holder: Holder) => number;
  readonly all: () => readonly ReportHolder[];
}

/** What a node is called, with its kind: `berth-crew (group)`. */
export function labelOf({ type, id, name }: PathNode): string {
  const kind = KINDS.get(type);
  return kind === undefined ? (name ?? id) : `${name ?? id} (${kind})`;
}

const KINDS = new Map<string, string>([
  ['group', 'group'],
  ['admin.group', 'group'],
  ['jira.group', 'group'],
  ['confluence.group', 'group'],
  ['bitbucket.group', 'group'],
  ['jira.projectRole', 'project role'],
  ['jira.permissionScheme', 'permission scheme'],
  ['jira.applicationRole', 'application'],
  ['confluence.spaceRole', 'space role'],
  ['conditional', 'condition'],
  ['unknown', 'unknown holder'],
]);

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
    const label = texts.of(labelOf(holders.node(holder)));
    const other = holders.asOther(holder);
    if (other?.kind === 'anonymous') return [2, label];
    if (other?.kind === 'authenticated') return [3, label, PRODUCTS.indexOf(other.product)];
    const members = kind === 'group' ? [...holders.membersOf(holder)] : [];
    return [1, label, members, holders.partsOf(holder).all.map((part) => of(part.holder))];
  };
  return { of, all: () => made.flatMap((holder) => (holder === undefined ? [] : [holder])) };
}
