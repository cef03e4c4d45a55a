// Nothing but types may be imported here: the script of the report has this module in it, so that it weighs as the graph does.

/** What is held and what may be held, as bits of levels, and what leaves it open. */
export interface Tally<Open> {
  certain: number;
  possible: number;
  readonly open: Open[];
}

/** Whether somebody's grants are of use in a product. `doubtful`: that is not known. */
export type Standing = 'active' | 'doubtful' | 'blocked';

/** Something that is held: bits that are sure, and bits that it may be. */
export interface Weighed {
  readonly mask: number;
  readonly maybe: number;
}

/** Adds a grant that somebody holds. `doubts` tell why it is not sure, `standingDoubt` why the standing is not. */
export function addGrant<Open>(
  tally: Tally<Open>,
  { mask, maybe }: Weighed,
  standing: Standing,
  doubts: () => readonly Open[],
  standingDoubt: Open,
): void {
  if (standing === 'blocked') return;
  if (standing === 'doubtful') {
    tally.possible |= mask | maybe;
    tell(tally, standingDoubt);
    return;
  }
  tally.certain |= mask;
  tally.possible |= maybe;
  if (maybe !== 0) for (const doubt of doubts()) tell(tally, doubt);
}

/** Adds an open question on which these levels hang. */
export function addQuestion<Open>(tally: Tally<Open>, mask: number, open: Open): void {
  tally.possible |= mask;
  tell(tally, open);
}

/** Whether a level is held, is not, or may be. */
export function verdictOn(
  { certain, possible }: Readonly<Pick<Tally<unknown>, 'certain' | 'possible'>>,
  bit: number,
): 'yes' | 'no' | 'unknown' {
  if ((certain & bit) !== 0) return 'yes';
  return (possible & bit) === 0 ? 'no' : 'unknown';
}

function tell<Open>({ open }: Tally<Open>, question: Open): void {
  if (!open.includes(question)) open.push(question);
}
