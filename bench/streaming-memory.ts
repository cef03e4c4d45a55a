import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AtlassianProvisioner, Discovery } from 'atlassian-provisioner';
import { loadBuild } from './load-build.js';
import type { Ratio } from './ratio.js';

const FEW = 10_000;
const MANY = 100_000;
/** Entities between two looks at the memory. */
const EVERY = 2_500;

/** That Confluence may not tell of everybody, and that there is no SCIM directory, is no failure of a reading. */
const EXPECTED: ReadonlySet<string> = new Set(['truncated', 'not-configured']);

interface Streamed {
  readonly of: string;
  readonly stream: (discovery: Discovery) => AsyncIterable<{ readonly type: string; readonly reason?: string }>;
  readonly withOrganization?: boolean;
  readonly target?: number;
}

const STREAMS: readonly Streamed[] = [
  {
    of: 'admin.user',
    stream: (discovery) => discovery.admin.stream('admin.user'),
    withOrganization: true,
    target: 1.5,
  },
  { of: 'jira.user', stream: (discovery) => discovery.jira.stream('jira.user'), target: 1.5 },
  { of: 'confluence.user', stream: (discovery) => discovery.confluence.stream('confluence.user'), target: 1.5 },
  { of: 'bitbucket.user', stream: (discovery) => discovery.bitbucket.stream('bitbucket.user'), target: 1.5 },
  // No target: the dates of everybody are there before the first user is.
  {
    of: 'jira.user with the dates of the organization',
    stream: (discovery) => discovery.jira.stream('jira.user'),
    withOrganization: true,
  },
];

/**
 * The most memory in use while the people of an organization are streamed: of 100,000, by that of 10,000.
 *
 * Two streams must know something of each person until the end, and grow by some 60 bytes a person for it: Confluence's,
 * who has been given (people come with each of their groups), and Cloud Admin's, who takes a paid seat (a list of its own,
 * in an order of its own). Users of Jira and Bitbucket that are joined with the organization need all of its people before
 * the first of them can be given: that is not flat, and without a call for every few people cannot be.
 */
export async function streamingMemory(): Promise<Ratio[]> {
  const { AtlassianProvisioner: Provisioner } = await loadBuild();
  const ratios: Ratio[] = [];
  for (const { of, stream, withOrganization = false, target } of STREAMS) {
    const peak = async (people: number): Promise<number> => {
      const options = {
        fetch: serve(people),
        site: { url: 'https://acme.atlassian.net', user: 'rosa@acme.com', token: 'token' },
        bitbucket: { workspace: 'acme', user: 'rosa@acme.com', apiToken: 'another-token' },
      };
      const admin = { organizationId: 'b2c1e7a0-3b8a-11e9-8b6d-3c22fb1a9e04', admin: { apiKey: 'key' } };
      const atlassian = new Provisioner(withOrganization ? { ...options, ...admin } : options);
      return peakOf(atlassian, stream, people);
    };
    await peak(EVERY);
    const baseline = await peak(FEW);
    const measured = await peak(MANY);
    ratios.push({
      name: `stream of ${of}: most memory, ${String(MANY)} people by ${String(FEW)}`,
      measured,
      baseline,
      unit: 'MB',
      ...(target !== undefined && { target }),
    });
  }
  return ratios;
}

async function peakOf(
  { discovery }: AtlassianProvisioner,
  stream: Streamed['stream'],
  people: number,
): Promise<number> {
  let seen = 0;
  let most = 0;
  for await (const one of stream(discovery)) {
    if (one.type === 'gap' && !EXPECTED.has(one.reason ?? ''))
      throw new Error(`The stream has a gap: ${JSON.stringify(one)}`);
    seen += 1;
    if (seen % EVERY === 0) most = Math.max(most, bytesInUse());
  }
  if (seen < people) throw new Error(`Only ${String(seen)} of ${String(people)} people came`);
  return most / 1024 ** 2;
}

/** A server that makes each page when it is asked for, and keeps nothing. */
function serve(people: number): (request: Request) => Promise<Response> {
  const page = <Item>(from: number, size: number, make: (n: number) => Item): Item[] =>
    Array.from({ length: Math.max(0, Math.min(size, people - from)) }, (_, index) => make(from + index));
  const next = (from: number, size: number): number | undefined => (from + size < people ? from + size : undefined);

  const answer = async (request: Request): Promise<unknown> => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const start = Number(query.get('startAt') ?? query.get('start') ?? query.get('cursor') ?? 0);
    if (path.endsWith('/myself') || path.endsWith('/user/current')) return { accountId: 'account-0', type: 'known' };
    if (path.endsWith('/mypermissions')) return { permissions: {} };
    if (path.endsWith('/rest/api/3/users/search')) return page(start, 1000, account);
    if (path.endsWith('/search/user')) return { results: [], size: 0, _links: {} };
    if (path.endsWith('/membersByGroupId')) {
      const following = next(start, 200);
      const _links = following === undefined ? {} : { next: `/rest/api/group?start=${String(following)}` };
      return { results: page(start, 200, account), size: 200, _links };
    }
    if (path.endsWith('/rest/api/group'))
      return {
        results: query.has('accessType') ? [] : [{ id: 'group-1', name: 'everybody', type: 'group' }],
        _links: {},
      };
    if (path.endsWith('/workspaces/acme/permissions')) {
      const from = Number(query.get('page') ?? 0);
      const following = next(from, 100);
      const values = page(from, 100, (n) => ({ permission: 'member', user: member(n), workspace: WORKSPACE }));
      const link = `https://api.bitbucket.org/2.0/workspaces/acme/permissions?page=${String(following)}`;
      return { values, ...(following !== undefined && { next: link }) };
    }
    if (path.endsWith('/users/search')) {
      const { cursor = '0' } = (await request.json()) as { cursor?: string };
      const data = page(Number(cursor), 100, account);
      return { data, links: { next: next(Number(cursor), 100)?.toString() ?? null } };
    }
    const following = next(start, 100);
    const link = following === undefined ? null : `${request.url.split('?')[0] ?? ''}?cursor=${String(following)}`;
    if (path.endsWith('/users')) return { data: page(start, 100, managed), links: { next: link } };
    throw new Error(`The server has no ${path}`);
  };
  return async (request) => {
    // As over a network, in a turn of its own: until the turn ends, V8 keeps whatever a `WeakRef` of it points to.
    await nextTurn();
    return Response.json(await answer(request));
  };
}

const WORKSPACE = { type: 'workspace', uuid: '{w}', slug: 'acme', name: 'Acme' };

function account(n: number) {
  const email = `person-${String(n)}@acme.com`;
  return { accountId: id(n), accountType: 'atlassian', displayName: `Person ${String(n)}`, active: true, email };
}

function managed(n: number) {
  const status = { account_type: 'atlassian', account_status: 'active', access_billable: true };
  return { account_id: id(n), name: `Person ${String(n)}`, picture: '', product_access: [], ...status };
}

function member(n: number) {
  return { type: 'user', account_id: id(n), uuid: `{${String(n)}}`, display_name: `Person ${String(n)}` };
}

function id(n: number): string {
  return `712020:acc0acc0-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
