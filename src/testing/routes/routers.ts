import type { ApiFamily, FamilyPlace } from './route.js';
import { Router, type RouteMatch } from './router.js';

/** Where to look for a route. */
interface Lookup {
  readonly families: readonly FamilyPlace[];
  readonly path: string;
  /** The product that the gateway was asked for: only its own API is there. */
  readonly gateway: string | undefined;
}

const PLACES: readonly FamilyPlace[] = ['api', 'site', 'bitbucket'];

/** The routes of each host: one path may be served on several. */
export class Routers {
  readonly #routers: ReadonlyMap<FamilyPlace, Router>;

  constructor(families: readonly ApiFamily[]) {
    this.#routers = new Map(
      PLACES.map((place) => [place, new Router(families.filter(({ at = 'api' }) => at === place))]),
    );
  }

  match(method: string, { families, path, gateway }: Lookup): RouteMatch | undefined {
    for (const place of families) {
      const match = this.#routers.get(place)?.match(method, path);
      if (match !== undefined && (gateway === undefined || match.family.gateway === gateway)) return match;
    }
    return undefined;
  }

  /** The methods that the path has, for the message about a method it does not have. */
  methodsOf({ families, path }: Lookup): string[] {
    return families.flatMap((place) => this.#routers.get(place)?.methodsOf(path) ?? []);
  }
}
