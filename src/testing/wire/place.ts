import type { FamilyPlace } from '../routes/route.js';
import { firstSite, siteAt, siteOfCloud, type FakeSite } from '../rules/sites.js';
import type { FakeState } from '../state/fake-state.js';
import { UnknownRouteError } from './unknown-route-error.js';
import type { WireRequest } from './wire.js';

/** Where a request leads: which APIs can be at its path, and of which site. */
export interface Place {
  readonly families: readonly FamilyPlace[];
  /** The path as the API has it, encoded. */
  readonly path: string;
  readonly origin: string;
  readonly site: FakeSite | undefined;
  /** The product that the gateway was asked for. */
  readonly gateway: string | undefined;
}

const GATEWAY = /^(?<base>\/ex\/(?<product>jira|confluence)\/(?<cloudId>[^/]+))(?<path>\/.*)$/u;

/** Finds the place of a request. Throws for a site that the fake does not have. */
export function placeOf(state: FakeState, { host, path, baseUrl }: WireRequest): Place {
  const groups = host.type === 'api' || host.type === 'any' ? GATEWAY.exec(path)?.groups : undefined;
  if (groups !== undefined)
    return {
      families: ['site'],
      path: groups.path ?? '',
      origin: baseUrl + (groups.base ?? ''),
      site: siteOfCloud(state, groups.cloudId ?? ''),
      gateway: groups.product,
    };

  const place = { path, origin: baseUrl, site: undefined, gateway: undefined };
  switch (host.type) {
    case 'site': {
      const site = siteAt(state, host.url);
      if (site === undefined)
        throw new UnknownRouteError(`FakeAtlassian has no site ${host.url}: add it with addSite, or a project to it`);
      return { ...place, families: ['site'], site };
    }
    case 'any':
      return { ...place, families: ['api', 'site', 'bitbucket'], site: firstSite(state) };
    default:
      return { ...place, families: [host.type] };
  }
}
