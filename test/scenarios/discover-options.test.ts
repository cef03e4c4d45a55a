import { describe, expect } from 'vitest';
import { AtlassianProvisioner, type DiscoveryCheckpoint, type Product } from '../../src/index.js';
import { test } from './support.js';

describe('a discovery refuses', () => {
  test.for([0, -1, 1.5, Number.NaN])('%d items at once: less would be read', async (concurrency, { connect }) => {
    const discovery = connect({}).discover({ concurrency });

    await expect(discovery).rejects.toMatchObject({ code: 'request_invalid', message: /^concurrency/u });
  });

  test('the same in a stream', async ({ fake, connect }) => {
    fake.addSite('acme', ['jira-software']);
    const stream = connect({}).discovery.jira.stream('jira.user', { concurrency: 0 });

    await expect(stream.next()).rejects.toMatchObject({ code: 'request_invalid', message: /^concurrency/u });
  });

  test('a product that there is not', async ({ connect }) => {
    const products = ['Jira' as Product];

    const discovery = connect({}).discover({ products });

    await expect(discovery).rejects.toMatchObject({ code: 'request_invalid', message: /^products has "Jira"/u });
  });

  test.for([
    ['version', { version: 2 }],
    ['startedAt', { startedAt: 'yesterday' }],
    ['asked', { asked: ['Jira'] }],
    ['found', { found: [{ type: 'jira.project', id: 7 }] }],
    ['products.jira: parts', { products: { jira: { version: 1, product: 'jira', source: 'x', parts: [] } } }],
    ['products.jira.product', { products: { jira: { version: 1, product: 'admin', source: 'x', parts: {} } } }],
    ['products.jira.source', { products: { jira: { version: 1, product: 'jira', source: 'x', parts: {} } } }],
  ] as const)('a checkpoint that is wrong in %s, and sends nothing', async ([field, wrong], { fake, connect }) => {
    fake.addSite('acme', ['jira-software']);
    const checkpoint = { version: 1, startedAt: '2026-01-01T00:00:00.000Z', asked: ['jira'], found: [], products: {} };
    const resumeFrom = { ...checkpoint, ...wrong } as unknown as DiscoveryCheckpoint;

    const discovery = connect({}).discover({ resumeFrom });

    await expect(discovery).rejects.toMatchObject({ code: 'request_invalid' });
    await expect(discovery).rejects.toThrow(field);
    expect(fake.requests.length).toBe(0);
  });

  test('the checkpoint of another organization', async ({ fake, connect }) => {
    fake.addUser({ email: 'rosa@acme.com' });
    const resumeFrom = await checkpointOf(connect({}));
    const atlassian = new AtlassianProvisioner({
      ...fake.connection(),
      organizationId: '7be7be7b-0000-4000-8000-000000000009',
    });

    const discovery = atlassian.discover({ resumeFrom });

    await expect(discovery).rejects.toMatchObject({ code: 'request_invalid' });
    await expect(discovery).rejects.toThrow('resumeFrom.products.admin.source');
  });

  test('other products than those of the checkpoint', async ({ connect }) => {
    const atlassian = connect({});
    const resumeFrom = await checkpointOf(atlassian);

    const discovery = atlassian.discover({ resumeFrom, products: ['jira'] });

    await expect(discovery).rejects.toMatchObject({ code: 'request_invalid', message: /^products/u });
  });
});

test('a discovery reads a product that is named twice once', async ({ fake, connect }) => {
  const atlassian = connect({});
  await atlassian.discover({ products: ['jira'] });
  const calls = fake.requests.length;
  fake.requests.clear();

  const { products } = await atlassian.discover({ products: ['jira', 'jira'] });

  expect(products).toEqual(['jira']);
  expect(fake.requests.length).toBe(calls);
});

/** Of a discovery of the organization that was cut short. */
async function checkpointOf(atlassian: AtlassianProvisioner): Promise<DiscoveryCheckpoint> {
  const cut = new AbortController();
  let checkpoint: DiscoveryCheckpoint | undefined;
  const discovery = atlassian.discover({
    products: ['admin'],
    signal: cut.signal,
    onProgress: () => cut.abort(),
    onInterrupted: (one) => {
      checkpoint = JSON.parse(JSON.stringify(one)) as DiscoveryCheckpoint;
    },
  });
  await expect(discovery).rejects.toMatchObject({ code: 'aborted' });
  if (checkpoint === undefined) throw new Error('No checkpoint was told');
  return checkpoint;
}
