/** Texts, each kept once and named by its number. */
export class Texts {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.all.push(text);
    this.#numbers.set(text, number);
    return number;
  }
}
