import { addGrant, addQuestion, type Standing, type Tally, verdictOn } from '../../../graph/weighing.js';
import type { ReportData, ReportEdge, ReportQuestion, ReportResource } from '../report-format.js';

/** Not one level of another: what a person has may be any of them. */
const LEVELS = ['read', 'create', 'write', 'delete', 'admin'];

const ANY = 32;

/** Each holder that a person is, with the ways of being it: numbers of holders, the last one is the holder. */
export type Held = ReadonlyMap<number, readonly (readonly number[])[]>;

/** A place on a way, with how the one before it leads there. */
export interface Place {
  readonly relation: string;
  readonly kind: string;
  readonly name: string;
}

/** One way from a person to a resource. */
export interface Way {
  /** Without the person. */
  readonly places: readonly Place[];
  readonly levels: readonly string[];
  readonly names: readonly string[];
  readonly bypass: boolean;
  readonly certain: boolean;
  readonly blocked: string | undefined;
}

/** What a person has on a resource. Texts are named by number in `open`. */
export interface Answer extends Tally<number> {
  readonly verdict: string;
  readonly blocked: string | undefined;
}

/** What a holder has on a resource. */
export interface HolderOn {
  readonly holder: number;
  readonly bypass: boolean;
  mask: number;
  maybe: number;
  readonly names: Set<number>;
  /** Numbers of the ways from there. */
  readonly steps: Set<number>;
}

/** What somebody has on a resource who holds something on it, and whether it is of use: a verdict, or why it is not. */
export interface PersonOn {
  readonly person: number;
  readonly mask: number;
  readonly inForce: string;
}

/** What may be said of a question. */
export const VERDICTS: readonly string[] = ['yes', 'no', 'not known'];

/** The names of levels. */
export function levelsOf(mask: number): string[] {
  return LEVELS.filter((_, bit) => (mask & (1 << bit)) !== 0);
}

/** Answers from the data of a report. It says what the access graph says of the same snapshot. */
export class ReportEngine {
  readonly data: ReportData;
  /** The kinds of resources that there are. */
  readonly kinds: readonly string[];
  /** Holders by person: the own account, and groups. */
  readonly #direct = new Map<number, number[]>();
  /** Holders that a holder is a part of. */
  readonly #wholes = new Map<number, number[]>();
  readonly #everybody: number[] = [];

  constructor(data: ReportData) {
    this.data = data;
    this.kinds = [...new Set(data.resources.map(([kind]) => kind))];
    data.holders.forEach((holder, index) => {
      if (holder[0] === 0) push(this.#direct, holder[1], index);
      else if (holder[0] === 1) {
        for (const person of holder[2]) push(this.#direct, person, index);
        for (const part of holder[3]) push(this.#wholes, part, index);
      } else if (holder[0] !== 4) this.#everybody.push(index);
    });
  }

  text(index: number): string {
    return this.data.texts[index] ?? '';
  }

  texts(indexes: Iterable<number>): string[] {
    return [...indexes].map((index) => this.text(index));
  }

  /** The kind and the name of a holder. */
  nodeOf(index: number): readonly [kind: string, name: string] {
    const holder = this.data.holders[index] ?? [0, -1];
    if (holder[0] !== 0) return this.#node(holder[1]);
    const [name = '', , , kind] = this.data.people[holder[1]] ?? [];
    return [kind === 'app' ? 'app' : 'person', name];
  }

  heldBy(person: number): Held {
    const held = new Map<number, number[][]>();
    const visit = (holder: number, chain: readonly number[]): void => {
      if (chain.includes(holder)) return;
      const longer = [...chain, holder];
      push(held, holder, longer);
      for (const whole of this.#wholes.get(holder) ?? []) visit(whole, longer);
    };
    const knownIn = this.data.people[person]?.[5] ?? 0;
    for (const holder of this.#direct.get(person) ?? []) visit(holder, []);
    for (const index of this.#everybody) {
      const holder = this.data.holders[index];
      if (holder?.[0] === 2 || (holder?.[0] === 3 && (knownIn & (1 << holder[2])) !== 0)) visit(index, []);
    }
    return held;
  }

  /** What a person has on a resource, given all holders that the person is. */
  answer(person: number, resource: ReportResource, held: Held): Answer {
    const tally: Tally<number> = { certain: 0, possible: 0, open: [] };
    const standing = this.#standing(person, resource[3]);
    for (const edge of this.#edgesOn(resource)) {
      const [holder, mask, maybe, , , , doubts, useless] = edge;
      if (useless < 0 && held.has(holder))
        addGrant(tally, { mask, maybe }, this.#standingAs(holder, standing), () => doubts, this.data.standingDoubt);
    }
    for (const [message, mask, whenBlocked, whom] of this.#questionsOn(resource))
      if ((standing !== 'blocked' || whenBlocked === 1) && this.#isAmong(whom, person))
        addQuestion(tally, mask, message);
    return { ...tally, verdict: said(verdictOn(tally, ANY)), blocked: this.blockedIn(person, resource[3]) };
  }

  /** Whether a person has a licence of the product of a resource. Nothing where it has no licences. */
  licence(person: number, [, , , product]: ReportResource, held: Held): string | undefined {
    const licence = this.data.licences[product];
    if (!licence) return undefined;
    const [holder, whom] = licence;
    if (this.blockedIn(person, product) !== undefined) return 'no';
    if (held.has(holder)) return 'yes';
    return this.#isAmong(whom, person) ? 'not known' : 'no';
  }

  /** Why a person reaches nothing in a product. */
  blockedIn(person: number, product: number): string | undefined {
    const found = this.data.people[person]?.[6].find(([index]) => index === product);
    return found && this.text(found[1]);
  }

  /** Every way from a person to a resource, with those that are of no use. */
  ways(person: number, resource: ReportResource, held: Held): Way[] {
    const standing = this.#standing(person, resource[3]);
    return this.#edgesOn(resource).flatMap((edge) => {
      const [holder, mask, , names, steps, bypass, , useless] = edge;
      const here = this.#standingAs(holder, standing);
      const because = here === 'blocked' ? this.blockedIn(person, resource[3]) : undefined;
      return (held.get(holder) ?? []).map((chain) => ({
        places: [...chain.flatMap((one) => this.#placeOf(one)), ...this.#placesAlong(steps, resource)],
        levels: levelsOf(mask),
        names: this.texts(names),
        bypass: bypass === 1,
        certain: here !== 'doubtful' && (mask & ANY) !== 0,
        blocked: because ?? (useless < 0 ? undefined : this.text(useless)),
      }));
    });
  }

  /** What leaves open who reaches the resource. */
  openOn([, , , , , , open]: ReportResource): string[] {
    return this.texts(this.data.open[open] ?? []);
  }

  /** Whether a holder is everybody, or everybody who signs in. */
  isOpen(holder: number): boolean {
    const kind = this.data.holders[holder]?.[0];
    return kind === 2 || kind === 3;
  }

  /** How many people are known to be a holder. Nothing for everybody, and where nobody can tell who it is. */
  memberCount(holder: number): number | undefined {
    return (this.data.holders[holder]?.[0] ?? 4) > 1 ? undefined : this.#membersOf(holder).size;
  }

  /** All who hold something on a resource, each once; administrators apart. */
  holdersOn(resource: ReportResource): HolderOn[] {
    const found = new Map<string, HolderOn>();
    for (const [holder, mask, maybe, names, steps, bypass, , useless] of this.#edgesOn(resource)) {
      if (useless >= 0) continue;
      const key = `${String(holder)} ${String(bypass)}`;
      const on = found.get(key) ?? {
        holder,
        bypass: bypass === 1,
        mask: 0,
        maybe: 0,
        names: new Set(),
        steps: new Set(),
      };
      on.mask |= mask;
      on.maybe |= maybe;
      for (const name of names) on.names.add(name);
      on.steps.add(steps);
      found.set(key, on);
    }
    return [...found.values()];
  }

  /** The places between a holder and the resource. */
  through({ steps }: HolderOn): (readonly [kind: string, name: string])[] {
    const nodes = [...steps].flatMap((index) => (this.data.steps[index] ?? []).filter((_, at) => at % 2 === 1));
    return [...new Set(nodes)].map((node) => this.#node(node));
  }

  /** Everybody who holds something on a resource in person or as a member, with what it is or would be. */
  peopleOn(resource: ReportResource): PersonOn[] {
    const masks = new Map<number, number>();
    for (const { holder, mask } of this.holdersOn(resource))
      if (mask !== 0) for (const person of this.#membersOf(holder)) masks.set(person, (masks.get(person) ?? 0) | mask);
    return [...masks].map(([person, mask]) => {
      const standing = this.#standing(person, resource[3]);
      const inForce = { active: 'yes', doubtful: 'not known', blocked: 'no' }[standing];
      return { person, mask, inForce };
    });
  }

  #edgesOn(resource: ReportResource): ReportEdge[] {
    return pick(this.data.edges, resource[4]);
  }

  #questionsOn(resource: ReportResource): ReportQuestion[] {
    return pick(this.data.questions, resource[5]);
  }

  #standing(person: number, product: number): Standing {
    if (this.blockedIn(person, product) !== undefined) return 'blocked';
    return ((this.data.people[person]?.[7] ?? 0) & (1 << product)) === 0 ? 'active' : 'doubtful';
  }

  /** What is given to everybody is given to the deactivated too. */
  #standingAs(holder: number, standing: Standing): Standing {
    return this.data.holders[holder]?.[0] === 2 ? 'active' : standing;
  }

  /** Whether a person is among an audience: as many bounds as there are up to the person turn it. */
  #isAmong(audience: number, person: number): boolean {
    const bounds = this.data.audiences[audience];
    if (bounds === undefined) return true;
    let [low, high] = [0, bounds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) <= person) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 1;
  }

  #membersOf(index: number, seen = new Set<number>()): Set<number> {
    const holder = this.data.holders[index];
    if (holder === undefined || seen.has(index)) return new Set();
    seen.add(index);
    if (holder[0] === 0) return new Set([holder[1]]);
    if (holder[0] !== 1) return new Set();
    const members = new Set(holder[2]);
    for (const part of holder[3]) for (const person of this.#membersOf(part, seen)) members.add(person);
    return members;
  }

  #node(index: number): readonly [kind: string, name: string] {
    const text = this.text(index);
    const end = text.indexOf('\n');
    return [text.slice(0, end), text.slice(end + 1)];
  }

  #placeOf(index: number): Place[] {
    const holder = this.data.holders[index];
    if (holder === undefined || holder[0] === 0 || holder[0] === 4) return [];
    const [kind, name] = this.#node(holder[1]);
    return [{ relation: this.text(holder.at(-1) as number), kind, name }];
  }

  #placesAlong(steps: number, resource: ReportResource): Place[] {
    const along = this.data.steps[steps] ?? [];
    const places: Place[] = [];
    for (let at = 0; at < along.length; at += 2) {
      const relation = this.text(along[at] ?? -1);
      const to = along[at + 1];
      const [kind, name] = to === undefined ? resource : this.#node(to);
      places.push({ relation, kind, name });
    }
    return places;
  }
}

function pick<Value>(all: readonly Value[], indexes: readonly number[]): Value[] {
  return indexes.flatMap((index) => all.slice(index, index + 1));
}

function said(verdict: ReturnType<typeof verdictOn>): string {
  return verdict === 'unknown' ? 'not known' : verdict;
}

function push<Value>(map: Map<number, Value[]>, key: number, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
