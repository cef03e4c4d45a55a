import type { FakeState } from '../state/fake-state.js';
import type { Workspace } from '../state/organization-rows.js';

/** A site, with the products on it. */
export interface FakeSite {
  readonly name: string;
  readonly cloudId: string;
  /** `https://<name>.atlassian.net`. */
  readonly url: string;
  readonly products: readonly Workspace[];
}

/** The site of a URL; `undefined` when no product is on such a site. */
export function siteAt(state: FakeState, url: string): FakeSite | undefined {
  return siteOf(state.workspaces.findAll('hostUrl', url));
}

/** The site of a `cloudId`. */
export function siteOfCloud(state: FakeState, cloudId: string): FakeSite | undefined {
  return siteOf([...state.workspaces.values()].filter((workspace) => workspace.cloudId === cloudId));
}

/** The site that was added first. */
export function firstSite(state: FakeState): FakeSite | undefined {
  const first = state.workspaces.ids()[0];
  const hostUrl = first === undefined ? undefined : state.workspaces.get(first)?.hostUrl;
  return hostUrl === undefined ? undefined : siteAt(state, hostUrl);
}

function siteOf(products: readonly Workspace[]): FakeSite | undefined {
  const [first] = products;
  return first && { name: first.name, cloudId: first.cloudId, url: first.hostUrl, products };
}
