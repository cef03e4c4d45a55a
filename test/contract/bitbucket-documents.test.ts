import { describe, expect, test } from 'vitest';
import { BitbucketClient } from '../../src/clients/bitbucket/bitbucket-client.js';
import type { AtlassianAccountId } from '../../src/model/ids.js';
import { bitbucketCalls, type BitbucketNames } from './bitbucket-calls.js';
import { bitbucketSession } from './bitbucket-session.js';
import { assertValidRequest, assertValidResponse } from './openapi/contract.js';
import { missing } from './openapi/load.js';
import { samplesOf } from './openapi/samples.js';
import { recordedFetch } from './recorded-fetch.js';

const calls = Object.entries(bitbucketCalls);
const because = missing === undefined ? '' : ` (${missing})`;
const NAMES: BitbucketNames = {
  accountId: '712020:4f0a7d1c-6f0b-4a7e-8c49-0b6c6f3f9a21' as AtlassianAccountId,
  group: 'berth-crew',
  project: 'PAY',
  repository: 'api',
};

/** The ids in made-up answers are the names of their members; a page of another list is of no use here. */
const MADE_UP: BitbucketNames = { ...NAMES, accountId: 'user.uuid' as AtlassianAccountId, group: 'group.slug' };

const CONNECTION = {
  workspace: 'acme',
  user: 'olga@acme.com',
  apiToken: 'ATATT-contract',
  retry: { maxAttempts: 1 },
} as const;

interface ToldAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Sends every call to the fake, each answer whole: without the projection that the client asks for. */
async function tour(options: Parameters<typeof bitbucketSession>[0] = {}): Promise<ToldAnswer[]> {
  const { fake } = bitbucketSession(options);
  fake.addBitbucketProject({
    key: 'PAY',
    description: 'Cards',
    grants: { 'noor@acme.com': 'create-repo' },
    branchRestrictions: [{ kind: 'push', pattern: 'main' }],
  });
  fake.addRepository({
    project: 'PAY',
    name: 'Docs',
    mainBranch: null,
    branchRestrictions: [{ kind: 'require_approvals_to_merge', pattern: 'main', value: 2 }],
    grants: { 'noor@acme.com': 'read', 'berth-crew': 'write' },
  });
  const told: ToldAnswer[] = [];
  const names: BitbucketNames = {
    accountId: fake.account('noor@acme.com')?.accountId ?? NAMES.accountId,
    group: fake.addBitbucketGroup({ name: 'berth-crew' }).slug,
    project: 'PAY',
    repository: 'api',
  };
  const speak = async (email: string, scopes: readonly string[] | undefined, change: Partial<BitbucketNames>) => {
    const bitbucket = BitbucketClient.connect({
      ...CONNECTION,
      ...fake.addBitbucketToken(email, scopes),
      clock: fake.clock,
      fetch: async (request) => {
        const url = new URL(request.url);
        url.searchParams.delete('fields');
        const response = await fake.fetch(new Request(url, request));
        const text = await response.clone().text();
        const body: unknown = text === '' ? undefined : JSON.parse(text);
        told.push({ method: request.method, path: url.pathname, status: response.status, body });
        return response;
      },
    });
    for (const [, send] of calls) await send(bitbucket, { ...names, ...change }).catch(() => undefined);
  };
  await speak('olga@acme.com', undefined, {});
  await speak('olga@acme.com', undefined, { repository: 'docs' });
  await speak('olga@acme.com', undefined, {
    repository: 'nope',
    project: 'NOPE',
    group: 'nope',
    accountId: '712020:nobody' as AtlassianAccountId,
  });
  await speak('noor@acme.com', undefined, {});
  await speak('olga@acme.com', ['read:email:bitbucket'], {});
  return told;
}

function verdictOn({ method, path, status, body }: ToldAnswer): { operation?: string; problem?: string } {
  try {
    return { operation: assertValidResponse(method, path, status, body) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

test('the client sends 31 documented operations of Bitbucket', () => {
  expect(calls).toHaveLength(31);
});

describe.skipIf(missing !== undefined)(`the OpenAPI document of Bitbucket${because}`, () => {
  test.each(calls)('holds for the request of %s', async (key, send) => {
    const { fetch, sent } = recordedFetch(() => ({ status: 403 }));

    await send(BitbucketClient.connect({ ...CONNECTION, fetch }), NAMES).catch(() => undefined);

    expect(sent.map(assertValidRequest)).toEqual([key]);
  });

  test.each(calls)('makes answers that the client reads, of %s', async (key, send) => {
    const samples = samplesOf(key);

    for (const sample of samples) {
      const { fetch } = recordedFetch(() => sample);
      const bitbucket = BitbucketClient.connect({ ...CONNECTION, fetch });

      await expect(send(bitbucket, MADE_UP)).resolves.not.toThrow();
    }
  });

  test.each([
    ['as it is', {}],
    ['with its other habits', { bitbucketManaged: false, bitbucketPages: 'hashed', bitbucketProjectRules: 'shown' }],
  ] as const)('holds for every answer of the fake %s', async (_, switches) => {
    const answers = await tour({ switches });

    const problems = answers.map((answer) => verdictOn(answer).problem).filter((problem) => problem !== undefined);

    expect([...new Set(problems)]).toEqual([]);
  });

  test('has no operation among those of the client that the fake does not answer well, and refuse', async () => {
    const answers = await tour();

    const told = (fits: (status: number) => boolean) =>
      [
        ...new Set(answers.filter(({ status }) => fits(status)).map((answer) => verdictOn(answer).operation)),
      ].toSorted();

    expect(told((status) => status < 300)).toEqual(Object.keys(bitbucketCalls).toSorted());
    expect(told((status) => status === 403)).toEqual(Object.keys(bitbucketCalls).toSorted());
    expect([...new Set(answers.map(({ status }) => status))].toSorted()).toEqual([200, 204, 403, 404]);
  });
});
