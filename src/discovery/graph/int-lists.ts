/** A list of 32-bit integers that grows, at four bytes each. */
export class IntList {
  #values = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** Sets bits of a value that is in it already. */
  mark(index: number, bits: number): void {
    this.#values[index] = this.at(index) | bits;
  }

  /** What is in it now, without a copy. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** Lists of integers, one a row, in two arrays. Each row is in ascending order. */
export interface Rows {
  readonly offsets: Int32Array;
  readonly values: Int32Array;
}

/** One row, without a copy. Empty for a row that there is not. */
export function rowOf({ offsets, values }: Rows, row: number): Int32Array {
  return values.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0);
}

/** Groups `values[i]` by `rows[i]`, keeping the order within a row. */
export function rowsOf(rowCount: number, rows: Int32Array, values: Int32Array): Rows {
  const offsets = new Int32Array(rowCount + 1);
  for (const row of rows) offsets[row + 1] = at(offsets, row + 1) + 1;
  for (let row = 0; row < rowCount; row += 1) offsets[row + 1] = at(offsets, row + 1) + at(offsets, row);
  const next = offsets.slice();
  const grouped = new Int32Array(values.length);
  for (let index = 0; index < rows.length; index += 1) {
    const row = at(rows, index);
    grouped[at(next, row)] = at(values, index);
    next[row] = at(next, row) + 1;
  }
  return { offsets, values: grouped };
}

/** The same relation from the other side. Its rows come out in order by construction. */
export function turned(rows: Rows, columnCount: number): Rows {
  const sources = new Int32Array(rows.values.length);
  for (let row = 0; row + 1 < rows.offsets.length; row += 1)
    sources.fill(row, at(rows.offsets, row), at(rows.offsets, row + 1));
  return rowsOf(columnCount, rows.values, sources);
}

/** Where a value is in an ascending list, or -1. */
export function indexIn(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = at(ascending, middle);
    if (found === value) return middle;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What several lists hold together, ascending, each once. */
export function unionOf(lists: Iterable<Int32Array>): Int32Array {
  const all = [...lists];
  if (all.length === 1 && all[0] !== undefined) return all[0];
  const joined = new Int32Array(all.reduce((sum, list) => sum + list.length, 0));
  let length = 0;
  for (const list of all) {
    joined.set(list, length);
    length += list.length;
  }
  joined.sort();
  let kept = 0;
  for (let index = 0; index < joined.length; index += 1) {
    const value = at(joined, index);
    if (kept > 0 && joined[kept - 1] === value) continue;
    joined[kept] = value;
    kept += 1;
  }
  return joined.slice(0, kept);
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}
