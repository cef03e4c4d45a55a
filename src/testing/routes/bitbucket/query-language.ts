import { refuseBitbucket } from './answers.js';

/** What an attribute of an element is compared by. */
type QueryValue = string | number | boolean | null;

/** The attributes that a list can be filtered and sorted by. */
export type QueryFields<Item> = Readonly<Record<string, (item: Item) => QueryValue>>;

const TOKEN = /\s*(?:(?<text>"(?:[^"\\]|\\.)*")|(?<sign>!=|!~|>=|<=|[=~<>(),])|(?<word>[^\s=!~<>(),"]+))/uy;
/** Levels are ordered by what they allow, and not by their letters. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['read', 1],
  ['write', 2],
  ['create-repo', 3],
  ['admin', 4],
]);

/** Makes a test of a `q` parameter. Throws a 400 for what it does not understand. */
export function parseQuery<Item>(query: string, fields: QueryFields<Item>): (item: Item) => boolean {
  return new QueryParser(tokensOf(query), fields).parse();
}

/** Makes an order of a `sort` parameter. */
export function parseSort<Item>(sort: string, fields: QueryFields<Item>): (a: Item, b: Item) => number {
  const descends = sort.startsWith('-');
  const read = fieldOf(fields, descends ? sort.slice(1) : sort);
  return (a, b) => compare(read(a), read(b)) * (descends ? -1 : 1);
}

function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.trimEnd().length) {
    const match = TOKEN.exec(query);
    if (match === null) return refuseBitbucket(400, 'Invalid query');
    tokens.push(match[0].trim());
  }
  return tokens;
}

function fieldOf<Item>(fields: QueryFields<Item>, name: string): (item: Item) => QueryValue {
  const read = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return read ?? refuseBitbucket(400, `Field ".${name}" does not support filtering`);
}

function compare(a: QueryValue, b: QueryValue): number {
  const [left, right] = [a, b].map((value) => (typeof value === 'string' ? (RANKS.get(value) ?? value) : value));
  if (left === right) return 0;
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

class QueryParser<Item> {
  readonly #tokens: string[];
  readonly #fields: QueryFields<Item>;

  constructor(tokens: string[], fields: QueryFields<Item>) {
    this.#tokens = tokens;
    this.#fields = fields;
  }

  parse(): (item: Item) => boolean {
    const test = this.#either();
    return this.#tokens.length === 0 ? test : refuseBitbucket(400, 'Invalid query');
  }

  #either(): (item: Item) => boolean {
    let test = this.#both();
    while (this.#takes('or')) {
      const [left, right] = [test, this.#both()];
      test = (item) => left(item) || right(item);
    }
    return test;
  }

  #both(): (item: Item) => boolean {
    let test = this.#one();
    while (this.#takes('and')) {
      const [left, right] = [test, this.#one()];
      test = (item) => left(item) && right(item);
    }
    return test;
  }

  #one(): (item: Item) => boolean {
    if (this.#takes('(')) {
      const test = this.#either();
      return this.#takes(')') ? test : refuseBitbucket(400, 'Invalid query');
    }
    const read = fieldOf(this.#fields, this.#next());
    const not = this.#takes('not');
    if (this.#takes('in')) {
      const values = this.#list();
      return (item) => values.some((value) => compare(read(item), value) === 0) !== not;
    }
    const operator = this.#next();
    const value = valueOf(this.#next());
    return (item) => holds(read(item), operator, value);
  }

  #list(): QueryValue[] {
    if (!this.#takes('(')) return refuseBitbucket(400, 'Invalid query');
    const values = [valueOf(this.#next())];
    while (this.#takes(',')) values.push(valueOf(this.#next()));
    return this.#takes(')') ? values : refuseBitbucket(400, 'Invalid query');
  }

  #takes(token: string): boolean {
    if (this.#tokens[0]?.toLowerCase() !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #next(): string {
    return this.#tokens.shift() ?? refuseBitbucket(400, 'Invalid query');
  }
}

function valueOf(token: string): QueryValue {
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/gu, '$1');
  if (token === 'null') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  return /^-?\d+(\.\d+)?$/u.test(token) ? Number(token) : token;
}

function holds(found: QueryValue, operator: string, value: QueryValue): boolean {
  const order = compare(found, value);
  const contains = String(found).toLowerCase().includes(String(value).toLowerCase());
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '~':
      return contains;
    case '!~':
      return !contains;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    default:
      return refuseBitbucket(400, 'Invalid query');
  }
}
