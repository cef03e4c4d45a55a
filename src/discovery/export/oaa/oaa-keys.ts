/**
 * Ids that stay apart where case does not count, as in Veza's lookups.
 *
 * The first id keeps its form; one that differs only in case gets `~2` behind it, and an empty one is `(empty)`.
 */
export class OaaKeys {
  readonly #keys = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The key of an id: the same each time. */
  of(id: string): string {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;

    const wanted = id === '' ? '(empty)' : id;
    let key = wanted;
    for (let number = 2; this.#taken.has(key.toLowerCase()); number += 1) key = `${wanted}~${String(number)}`;
    this.#taken.add(key.toLowerCase());
    this.#keys.set(id, key);
    return key;
  }
}
