import { expect } from 'vitest';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';

test('an owner stays one where the rows of people do not name the workspace: it is asked for', async ({
  fake,
  connect,
}) => {
  seed(fake);
  const fetch = answering(fake, (body) => ({
    ...body,
    values: body.values.map(({ workspace: _left, ...row }) => row),
  }));

  const { entities, gaps } = await connect({ fetch }).discover({ products: ['bitbucket'] });

  const [workspace] = entities['bitbucket.workspace'];
  expect(workspace?.slug).toBe('acme');
  expect(entities['bitbucket.grant']).toContainEqual(
    expect.objectContaining({ on: 'workspace', resourceId: workspace?.id }),
  );
  expect(gaps.map(({ product }) => product)).toEqual(['admin']);
});

test('a workspace without anybody is a gap, since it has an owner always', async ({ fake, connect }) => {
  seed(fake);
  const fetch = answering(fake, (body) => ({ ...body, size: 0, values: [] }));

  const { entities, gaps } = await connect({ fetch }).discover({ products: ['bitbucket'] });

  expect(entities['bitbucket.workspace']).toHaveLength(1);
  expect(gaps).toContainEqual(expect.objectContaining({ product: 'bitbucket', part: 'users', reason: 'failed' }));
});

interface Rows {
  readonly values: readonly Readonly<Record<string, unknown>>[];
}

/** The fake, but for the people of the workspace. */
function answering(fake: FakeAtlassian, change: (body: Rows) => object): (request: Request) => Promise<Response> {
  const { fetch } = fake.connection();
  return async (request) => {
    const response = await fetch(request);
    if (!/\/workspaces\/[^/]+\/permissions$/u.test(new URL(request.url).pathname)) return response;
    return Response.json(change((await response.json()) as Rows));
  };
}

function seed(fake: FakeAtlassian): void {
  fake.addUser({ email: ROSA });
  fake.addBitbucketMember(ROSA, { role: 'owner' });
  fake.addBitbucketProject({ key: 'PAY', name: 'Payments' });
  fake.addRepository({ project: 'PAY', name: 'Ledger' });
}
