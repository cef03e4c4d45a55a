import type { ReportData, ReportEdge, ReportQuestion, ReportResource } from '../report-format.js';

/** Not one level of another: what a person has may be any of them. */
const LEVELS = ['read', 'create', 'write', 'delete', 'admin'];

const ANY = 32;

/** One way from a person to a resource, as texts from the person to the resource. */
export interface Way {
  readonly places: readonly string[];
  readonly levels: string;
  readonly names: string;
  readonly bypass: boolean;
  readonly certain: boolean;
}

/** What a person has on a resource. */
export interface Answer {
  readonly verdict: 'yes' | 'no' | 'not known';
  readonly mask: number;
  readonly blocked: string | undefined;
}

/** The names of levels, or `other` for something without a level. */
export function levelsOf(mask: number): string {
  const levels = LEVELS.filter((_, bit) => (mask & (1 << bit)) !== 0);
  if (levels.length > 0) return levels.join(', ');
  return mask === 0 ? 'not known' : 'other';
}

/** Answers from the data of a report. It says what the access graph says of the same snapshot. */
export class ReportEngine {
  readonly data: ReportData;
  /** Holders by person: the own account, and groups. */
  readonly #direct = new Map<number, number[]>();
  /** Holders that a holder is a part of. */
  readonly #wholes = new Map<number, number[]>();
  readonly #everybody: number[] = [];
  readonly #audiences: readonly ReadonlySet<number>[];

  constructor(data: ReportData) {
    this.data = data;
    this.#audiences = data.audiences.map((people) => new Set(people));
    data.holders.forEach((holder, index) => {
      if (holder[0] === 0) push(this.#direct, holder[1], index);
      else if (holder[0] === 1) {
        for (const person of holder[2]) push(this.#direct, person, index);
        for (const part of holder[3]) push(this.#wholes, part, index);
      } else this.#everybody.push(index);
    });
  }

  text(index: number): string {
    return this.data.texts[index] ?? '';
  }

  /** What is held on a resource. */
  edgesOn(resource: ReportResource): ReportEdge[] {
    return resource[4].flatMap((index) => this.data.edges.slice(index, index + 1));
  }

  labelOf(index: number): string {
    const holder = this.data.holders[index];
    if (holder === undefined) return '';
    return holder[0] === 0 ? (this.data.people[holder[1]]?.[0] ?? '') : this.text(holder[1]);
  }

  /** Every holder that a person is, with the ways of being it: holders from the person on, the last one is the holder. */
  heldBy(person: number): Map<number, number[][]> {
    const held = new Map<number, number[][]>();
    const visit = (holder: number, chain: readonly number[]): void => {
      if (chain.includes(holder)) return;
      const longer = [...chain, holder];
      push(held, holder, longer);
      for (const whole of this.#wholes.get(holder) ?? []) visit(whole, longer);
    };
    for (const holder of this.#direct.get(person) ?? []) visit(holder, []);
    for (const index of this.#everybody) {
      const holder = this.data.holders[index];
      const knownIn = this.data.people[person]?.[5] ?? 0;
      if (holder?.[0] === 2 || (holder?.[0] === 3 && (knownIn & (1 << holder[2])) !== 0)) visit(index, []);
    }
    return held;
  }

  /** What a person has on a resource, given all holders that the person is. */
  answer(person: number, resource: ReportResource, held: ReadonlyMap<number, unknown>): Answer {
    const blocked = this.blockedIn(person, resource[3]);
    let mask = 0;
    let maybe = 0;
    for (const edge of this.edgesOn(resource))
      if (held.has(edge[0]) && (blocked === undefined || this.#isAnonymous(edge[0]))) {
        mask |= edge[1];
        maybe |= edge[2];
      }
    for (const [, bits, whenBlocked, whom] of this.#questionsOn(resource))
      if ((blocked === undefined || whenBlocked === 1) && this.#concerns(whom, person)) maybe |= bits;
    const open = (maybe & ANY) === 0 ? 'no' : 'not known';
    return { verdict: (mask & ANY) === 0 ? open : 'yes', mask, blocked };
  }

  /** Why a person reaches nothing in a product. */
  blockedIn(person: number, product: number): string | undefined {
    const found = this.data.people[person]?.[6].find(([index]) => index === product);
    return found && this.text(found[1]);
  }

  /** Every way from a person to a resource. */
  ways(person: number, resource: ReportResource): Way[] {
    const held = this.heldBy(person);
    const name = this.data.people[person]?.[0] ?? '';
    return this.edgesOn(resource).flatMap((edge) =>
      (held.get(edge[0]) ?? []).map((chain) => {
        const places = chain
          .filter((holder) => this.data.holders[holder]?.[0] !== 0)
          .map((holder) => this.labelOf(holder));
        return this.#way([name, ...places], edge, resource);
      }),
    );
  }

  /** What leaves open who reaches the resource, or whether one person does. */
  openOn(resource: ReportResource, person?: number): string[] {
    const messages = this.#questionsOn(resource)
      .filter(([, , , whom]) => person === undefined || this.#concerns(whom, person))
      .map(([message]) => this.text(message));
    return [...new Set(messages)];
  }

  /** Whether a holder is everybody, or everybody who signs in. */
  isOpen(holder: number): boolean {
    return (this.data.holders[holder]?.[0] ?? 0) > 1;
  }

  /** People who are known to be a holder. Empty for everybody. */
  membersOf(index: number, seen = new Set<number>()): Set<number> {
    const holder = this.data.holders[index];
    if (holder === undefined || seen.has(index)) return new Set();
    seen.add(index);
    if (holder[0] === 0) return new Set([holder[1]]);
    if (holder[0] !== 1) return new Set();
    const members = new Set(holder[2]);
    for (const part of holder[3]) for (const person of this.membersOf(part, seen)) members.add(person);
    return members;
  }

  /** Everybody who reaches a resource in person or as a member, with the levels. */
  peopleOn(resource: ReportResource): Map<number, number> {
    const found = new Map<number, number>();
    for (const [holder, mask] of this.edgesOn(resource))
      if (mask !== 0)
        for (const person of this.membersOf(holder))
          if (this.blockedIn(person, resource[3]) === undefined) found.set(person, (found.get(person) ?? 0) | mask);
    return found;
  }

  #questionsOn(resource: ReportResource): ReportQuestion[] {
    return resource[5].flatMap((index) => this.data.questions.slice(index, index + 1));
  }

  #concerns(audience: number, person: number): boolean {
    return this.#audiences[audience]?.has(person) ?? true;
  }

  #isAnonymous(holder: number): boolean {
    return this.data.holders[holder]?.[0] === 2;
  }

  #way(places: readonly string[], edge: ReportEdge, resource: ReportResource): Way {
    const via = this.text(edge[4]);
    return {
      places: [...places, ...(via === '' ? [] : via.split('\n')), resource[1]],
      levels: levelsOf(edge[1]),
      names: this.text(edge[3]),
      bypass: edge[5] === 1,
      certain: edge[1] !== 0,
    };
  }
}

/** Longer lists are cut, for nobody reads them and a page with them is slow. */
const SHOWN = 100;

/** The first of a list, and how many more there are where it is cut. */
export function withRest(messages: readonly string[]): readonly string[] {
  const more = messages.length - SHOWN;
  return more > 0 ? [...messages.slice(0, SHOWN), `… and ${more.toLocaleString('en')} more`] : messages;
}

function push<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
