/** Values, each kept once and named by its number. Two values are the same when their JSON is. */
export class Shared<Value> {
  readonly all: Value[] = [];
  readonly #numbers = new Map<string, number>();

  of(value: Value): number {
    const key = typeof value === 'string' ? value : JSON.stringify(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.all.push(value);
    this.#numbers.set(key, number);
    return number;
  }
}
