import type { ApiFamily, Route } from './route.js';

/** A route, its API, and the values of its path. */
export interface RouteMatch {
  readonly family: ApiFamily;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  /** Patterns name one segment differently by route: the names are kept with the route. */
  wildcard: Node | undefined;
  readonly endings: Map<string, { family: ApiFamily; route: Route; names: readonly string[] }>;
}

/** Finds the route of a request. A literal segment wins over a `:name`. */
export class Router {
  readonly #root = node();

  constructor(families: readonly ApiFamily[]) {
    for (const family of families) {
      for (const route of family.routes) this.#add(family, route);
    }
  }

  /** `path` is as sent: encoded, without the query. */
  match(method: string, path: string): RouteMatch | undefined {
    const values: string[] = [];
    const found = find(this.#root, segmentsOf(path), 0, values);
    const ending = found?.endings.get(method);
    if (ending === undefined) return undefined;
    const params: Record<string, string> = {};
    for (const [index, name] of ending.names.entries()) params[name] = decode(values[index] ?? '');
    return { family: ending.family, route: ending.route, params };
  }

  /** The methods that the path has, for the message about a method it does not have. */
  methodsOf(path: string): string[] {
    return [...(find(this.#root, segmentsOf(path), 0, [])?.endings.keys() ?? [])];
  }

  #add(family: ApiFamily, route: Route): void {
    let at = this.#root;
    const names: string[] = [];
    for (const segment of segmentsOf(route.path)) {
      if (segment.startsWith(':')) {
        names.push(segment.slice(1));
        at.wildcard ??= node();
        at = at.wildcard;
        continue;
      }
      let next = at.literals.get(segment);
      if (next === undefined) {
        next = node();
        at.literals.set(segment, next);
      }
      at = next;
    }
    if (at.endings.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}`);
    at.endings.set(route.method, { family, route, names });
  }
}

function node(): Node {
  return { literals: new Map(), wildcard: undefined, endings: new Map() };
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function find(at: Node, segments: readonly string[], position: number, values: string[]): Node | undefined {
  const segment = segments[position];
  if (segment === undefined) return at.endings.size > 0 ? at : undefined;
  const literal = at.literals.get(decode(segment));
  if (literal !== undefined) {
    const found = find(literal, segments, position + 1, values);
    if (found !== undefined) return found;
  }
  if (at.wildcard === undefined || segment === '') return undefined;
  values.push(segment);
  const found = find(at.wildcard, segments, position + 1, values);
  if (found === undefined) values.pop();
  return found;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
