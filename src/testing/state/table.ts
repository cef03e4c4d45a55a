import { History, type HistoryWindow } from './history.js';
import { SetMap, type SetMapSnapshot } from './set-map.js';

/** Values of a row to find it by; `undefined` leaves the row out of that index. */
export type IndexKeys<Row, Index extends string> = Readonly<Record<Index, (row: Row) => string | undefined>>;

/** A copy of a {@link Table} that later writes do not reach. */
export interface TableSnapshot<Row> {
  readonly rows: ReadonlyMap<string, Row>;
  /** By name; those that nobody has used are not in it. */
  readonly indexes: ReadonlyMap<string, SetMapSnapshot>;
}

/**
 * Rows by id, in the order of creation, with indexes.
 *
 * Rows are immutable: a change is `put({ ...row, … })`. So a snapshot shares them, and a row that was handed out never
 * changes under its reader. An index is made when it is first used.
 */
export class Table<Row extends object, Index extends string = never> {
  readonly #idOf: (row: Row) => string;
  readonly #keys: ReadonlyMap<Index, (row: Row) => string | undefined>;
  readonly #indexes = new Map<Index, SetMap>();
  readonly #history: History<Row | undefined>;
  #rows = new Map<string, Row>();
  #orders = new Map<string, readonly string[]>();
  #version = 0;

  constructor(idOf: (row: Row) => string, keys: IndexKeys<Row, Index>, window: HistoryWindow) {
    this.#idOf = idOf;
    const names = Object.keys(keys) as Index[];
    this.#keys = new Map(names.map((name) => [name, keys[name]]));
    this.#history = new History(window);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Goes up with every change: what was computed from the rows holds while it stays the same. */
  get version(): number {
    return this.#version;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** All rows, the oldest first. */
  values(): IterableIterator<Row> {
    return this.#rows.values();
  }

  /** All ids, the oldest first. The array is kept until a row comes or goes: good for paging. */
  ids(): readonly string[] {
    return this.#order('', () => [...this.#rows.keys()]);
  }

  /** The oldest row with this value in the index. */
  find(index: Index, value: string): Row | undefined {
    const id = this.#index(index).first(value);
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** All rows with this value in the index. */
  findAll(index: Index, value: string): Row[] {
    const rows: Row[] = [];
    for (const id of this.#index(index).get(value)) {
      const row = this.#rows.get(id);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Number of rows with this value in the index. */
  count(index: Index, value: string): number {
    return this.#index(index).count(value);
  }

  /** Ids of the rows with this value in the index. The array is kept until a row comes or goes: good for paging. */
  idsBy(index: Index, value: string): readonly string[] {
    return this.#order(`${index}\n${value}`, () => [...this.#index(index).get(value)]);
  }

  /** Adds a row, or replaces the one with its id, which keeps its place in the order. */
  put(row: Row): void {
    this.#version += 1;
    const id = this.#idOf(row);
    const before = this.#rows.get(id);
    this.#history.record(id, before);
    this.#rows.set(id, row);
    let moved = before === undefined;
    for (const [name, index] of this.#indexes) {
      const keyOf = this.#keyOf(name);
      const oldKey = before === undefined ? undefined : keyOf(before);
      const newKey = keyOf(row);
      if (oldKey === newKey) continue;
      moved = true;
      if (oldKey !== undefined) index.delete(oldKey, id);
      if (newKey !== undefined) index.add(newKey, id);
    }
    if (moved && this.#orders.size > 0) this.#orders.clear();
  }

  /** Takes a row out and returns it. */
  delete(id: string): Row | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    this.#version += 1;
    this.#history.record(id, row);
    this.#rows.delete(id);
    for (const [name, index] of this.#indexes) {
      const key = this.#keyOf(name)(row);
      if (key !== undefined) index.delete(key, id);
    }
    this.#orders.clear();
    return row;
  }

  /** The rows that were other at `instant`, each as it was then; `undefined` for a row that was not there. */
  changedSince(instant: number): Map<string, Row | undefined> {
    return this.#history.since(instant);
  }

  snapshot(): TableSnapshot<Row> {
    const indexes = new Map<string, SetMapSnapshot>();
    for (const [name, index] of this.#indexes) indexes.set(name, index.snapshot());
    return { rows: new Map(this.#rows), indexes };
  }

  restore(snapshot: TableSnapshot<Row>): void {
    this.#version += 1;
    this.#rows = new Map(snapshot.rows);
    for (const [name, index] of [...this.#indexes]) {
      const copy = snapshot.indexes.get(name);
      if (copy === undefined) this.#indexes.delete(name);
      else index.restore(copy);
    }
    this.#orders.clear();
    this.#history.clear();
  }

  #index(name: Index): SetMap {
    const made = this.#indexes.get(name);
    if (made !== undefined) return made;
    const index = new SetMap();
    const keyOf = this.#keyOf(name);
    for (const [id, row] of this.#rows) {
      const key = keyOf(row);
      if (key !== undefined) index.add(key, id);
    }
    this.#indexes.set(name, index);
    return index;
  }

  #keyOf(name: Index): (row: Row) => string | undefined {
    const keyOf = this.#keys.get(name);
    if (keyOf === undefined) throw new Error(`The fake has no index "${name}" on this table`);
    return keyOf;
  }

  #order(key: string, make: () => readonly string[]): readonly string[] {
    let order = this.#orders.get(key);
    if (order === undefined) {
      order = make();
      this.#orders.set(key, order);
    }
    return order;
  }
}
