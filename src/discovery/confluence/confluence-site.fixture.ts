import { ConfluenceClient } from '../../clients/confluence/confluence-client.js';
import { FakeAtlassian } from '../../testing/fake-atlassian.js';
import type { ConfluenceEntity } from '../entities/confluence-entities.js';
import type { Gap } from '../entities/gap.js';
import type { ReadOptions } from '../reading/discovery-reader.js';
import { ConfluenceReader } from './confluence-reader.js';

export const ROSA = 'rosa@acme.com';
export const BEN = 'ben@acme.com';

export type Found = ConfluenceEntity | Gap;

/** A site with Confluence for the members of `planners`, a guest, and a group that gives nothing. */
export function site(options: ConstructorParameters<typeof FakeAtlassian>[0] = {}): FakeAtlassian {
  const fake = new FakeAtlassian(options);
  fake.addUser({ email: ROSA, displayName: 'Rosa Quell' });
  fake.addUser({ email: BEN, displayName: 'Ben Ito' });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addGroup({ name: 'berth-crew', members: [ROSA, BEN] });
  const [confluence] = fake.addSite('acme', [{ key: 'confluence', grantedBy: ['planners'] }]);
  fake.addAccount({ email: 'guest@partner.example' });
  fake.addRole('guest@partner.example', confluence!.ari, 'atlassian/guest');
  return fake;
}

/** A client that tries each call once. */
export function connect(
  fake: FakeAtlassian,
  fetch = fake.fetch,
  credential: { readonly user: string; readonly token: string } = fake.siteCredential,
): ConfluenceClient {
  return ConfluenceClient.connect({
    url: fake.site.url,
    ...credential,
    fetch,
    clock: fake.clock,
    retry: { maxAttempts: 1 },
  });
}

/** The way to a fake whose pages are short: `before` comes before each page of a list, told its path and which page it is. */
export function inPages(
  fake: FakeAtlassian,
  size: number,
  before: (path: string, page: number) => Promise<unknown> | undefined = () => undefined,
): FakeAtlassian['fetch'] {
  const pages = new Map<string, number>();
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (!url.searchParams.has('limit')) return fake.fetch(request);
    const page = (pages.get(url.pathname) ?? 0) + 1;
    pages.set(url.pathname, page);
    await before(url.pathname, page);
    url.searchParams.set('limit', String(size));
    return fake.fetch(new Request(url, request));
  };
}

/** What a reading finds; the requests before it are forgotten. */
export async function read(
  fake: FakeAtlassian,
  options: ReadOptions = {},
  client: ConfluenceClient = connect(fake),
): Promise<Found[]> {
  fake.requests.clear();
  const found: Found[] = [];
  for await (const one of new ConfluenceReader(client).read(options)) found.push(one);
  return found;
}

/** Those of one type. */
export function of<Type extends Found['type']>(found: readonly Found[], type: Type): Extract<Found, { type: Type }>[] {
  return found.filter((one): one is Extract<Found, { type: Type }> => one.type === type);
}
