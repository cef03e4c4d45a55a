/** A place in a list of candidates. */
export interface Place {
  /** Index of the candidate where the page starts, or before which it ends when it goes `back`. */
  readonly position: number;
  /** The candidate that was at `position`: finds the place again when others came or went before it. */
  readonly id?: string;
  readonly back?: boolean;
}

/** One page of a list, and the places around it. */
export interface CutPage<Row> {
  readonly rows: readonly Row[];
  readonly self: Place;
  readonly next?: Place;
  readonly prev?: Place;
}

/** A list to cut pages of. */
export interface Cuttable<Row> {
  /** Ids in the order of the list; more than match, as a rule. */
  readonly candidates: readonly string[];
  /** The row to show for a candidate, or `undefined` when it is not in the list. */
  readonly pick: (id: string) => Row | undefined;
  readonly limit: number;
}

/** Cuts the page at a place, looking at as few candidates as it takes. */
export function cutPage<Row>({ candidates, pick, limit }: Cuttable<Row>, place?: Place): CutPage<Row> {
  const start =
    place?.back === true ? backFrom(candidates, pick, limit, locate(candidates, place)) : locate(candidates, place);
  const rows: Row[] = [];
  let position = start;
  for (; position < candidates.length; position += 1) {
    const row = pick(candidates[position] ?? '');
    if (row === undefined) continue;
    // One more than fits: the next page starts there, and there is one.
    if (rows.length === limit) break;
    rows.push(row);
  }
  return {
    rows,
    self: placeAt(candidates, start),
    ...(position < candidates.length && { next: placeAt(candidates, position) }),
    ...(start > 0 && { prev: { ...placeAt(candidates, start), back: true } }),
  };
}

function placeAt(candidates: readonly string[], position: number): Place {
  const id = candidates[position];
  return id === undefined ? { position } : { position, id };
}

function locate(candidates: readonly string[], place: Place | undefined): number {
  if (place === undefined) return 0;
  const { position, id } = place;
  if (id === undefined || candidates[position] === id) return Math.min(position, candidates.length);
  const moved = candidates.indexOf(id);
  return moved >= 0 ? moved : Math.min(position, candidates.length);
}

function backFrom(candidates: readonly string[], pick: (id: string) => unknown, limit: number, end: number): number {
  let found = 0;
  let position = end;
  while (position > 0 && found < limit) {
    position -= 1;
    if (pick(candidates[position] ?? '') !== undefined) found += 1;
  }
  return position;
}
