import { Shared } from './shared.js';

type Concerns = (person: number) => boolean;

/** Some of the people, as the numbers at which being among them begins and ends. */
export class ReportAudiences {
  readonly #size: number;
  readonly #shared = new Shared<readonly number[]>();
  readonly #numbers = new Map<Concerns, number>();

  constructor(size: number) {
    this.#size = size;
  }

  get all(): readonly (readonly number[])[] {
    return this.#shared.all;
  }

  /** Number of the audience that something concerns, -1 for everybody. */
  of(concerns: Concerns | undefined): number {
    if (concerns === undefined) return -1;
    const known = this.#numbers.get(concerns);
    if (known !== undefined) return known;
    const bounds: number[] = [];
    for (let person = 0; person < this.#size; person += 1)
      if (concerns(person) !== (bounds.length % 2 === 1)) bounds.push(person);
    const number = bounds.length === 1 && bounds[0] === 0 ? -1 : this.#shared.of(bounds);
    this.#numbers.set(concerns, number);
    return number;
  }
}
