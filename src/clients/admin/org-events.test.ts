import { describe, expect, test } from 'vitest';
import { all, organization } from './org-test-server.js';

const event = (id: string) => ({
  id,
  type: 'events',
  attributes: {
    time: '2026-08-21T10:02:03.123Z',
    processedAt: '2026-08-21T10:02:05.001Z',
    action: 'user_added_to_group',
    actor: {
      id: '712020:dana',
      name: 'Dana Ortiz',
      auth: { authType: 'api-token', tokenId: 't-1', tokenLabel: 'ci' },
      app: { id: 'app-1', attributes: {} },
      onBehalfOf: { id: '712020:rosa', name: 'Rosa Quell' },
    },
    context: [{ id: 'g-1', type: 'groups', attributes: { name: 'berth-crew' }, links: { alt: 'x' } }],
    container: [{ id: 'b2c1-org', type: 'orgs' }],
    location: { ip: '203.0.113.7', countryName: 'United States', geo: 'old' },
  },
  message: { content: '…', format: 'adf' },
  links: { self: 'x' },
});

test('an event is read with its actor, its objects and its place', async () => {
  const { admin, calls } = organization({ data: event('e/1') });

  const found = await admin.events.get('e/1');

  expect(found).toEqual({
    id: 'e/1',
    time: '2026-08-21T10:02:03.123Z',
    processedAt: '2026-08-21T10:02:05.001Z',
    action: 'user_added_to_group',
    actor: {
      id: '712020:dana',
      name: 'Dana Ortiz',
      authType: 'api-token',
      tokenId: 't-1',
      tokenLabel: 'ci',
      appId: 'app-1',
      onBehalfOf: { id: '712020:rosa', name: 'Rosa Quell' },
    },
    context: [{ id: 'g-1', type: 'groups', attributes: { name: 'berth-crew' } }],
    container: [{ id: 'b2c1-org', type: 'orgs', attributes: {} }],
    location: { ip: '203.0.113.7', countryName: 'United States' },
    message: { content: '…', format: 'adf' },
  });
  expect(calls[0]?.path).toBe('/admin/v1/orgs/b2c1-org/events/e%2F1');
});

test('the filters of the list are joined with commas, and times are milliseconds', async () => {
  const { admin, calls } = organization({ data: [] });

  await admin.events.listPage({
    searchTerm: 'rosa',
    from: new Date('2026-08-01T00:00:00.000Z'),
    to: new Date('2026-08-02T00:00:00.000Z'),
    actors: ['712020:a', '712020:b'],
    ips: ['203.0.113.7', '203.0.113.8'],
    products: ['jira', 'loom'],
    locations: [{ city: 'Austin', countryName: 'United States' }],
  });

  expect(calls[0]?.query).toEqual({
    q: 'rosa',
    from: '1785542400000',
    to: '1785628800000',
    actor: '712020:a,712020:b',
    ip: '203.0.113.7,203.0.113.8',
    product: 'jira,loom',
    location: '[{"city":"Austin","countryName":"United States"}]',
  });
});

test('the kinds of events are listed', async () => {
  const { admin } = organization({
    data: [{ id: 'user_added_to_group', type: 'x', attributes: { displayName: 'Added', groupDisplayName: 'Groups' } }],
  });

  const actions = await admin.events.listActions();

  expect(actions).toEqual([{ id: 'user_added_to_group', displayName: 'Added', groupDisplayName: 'Groups' }]);
});

describe('poll', () => {
  test('goes on to a page without events, and gives its cursor for the next poll', async () => {
    const { admin, calls } = organization(
      { data: [event('e1'), event('e2')], meta: { next: 'c1' } },
      { data: [event('e3')], meta: { next: 'c2' } },
      { data: [], meta: { next: 'c3' } },
    );

    const batches = await all(admin.events.poll({ cursor: 'c0', limit: 2, sortOrder: 'asc' }));

    expect(batches.map(({ items, cursor }) => [items.map(({ id }) => id), cursor])).toEqual([
      [['e1', 'e2'], 'c1'],
      [['e3'], 'c2'],
      [[], 'c3'],
    ]);
    expect(calls.map(({ query }) => query)).toEqual(
      ['c0', 'c1', 'c2'].map((cursor) => ({ limit: 2, sortOrder: 'asc', cursor })),
    );
  });

  test('keeps the cursor it was given when an answer brings none', async () => {
    const { admin } = organization({ data: [], meta: {} });

    const batches = await all(admin.events.poll({ cursor: 'c0' }));

    expect(batches).toEqual([{ items: [], cursor: 'c0' }]);
  });

  test('may get its own cursor back when nothing has happened', async () => {
    const { admin, calls } = organization({ data: [], meta: { next: 'c0' } });

    const batches = await all(admin.events.poll({ cursor: 'c0' }));

    expect(batches).toEqual([{ items: [], cursor: 'c0' }]);
    expect(calls).toHaveLength(1);
  });

  test('is an error, not an endless poll, when a page with events points back', async () => {
    const { admin, calls } = organization(
      { data: [event('e1')], meta: { next: 'c1' } },
      { data: [event('e2')], meta: { next: 'c0' } },
    );

    const poll = all(admin.events.poll({ cursor: 'c0' }));

    await expect(poll).rejects.toMatchObject({ code: 'response_invalid', operation: 'admin.events.poll' });
    expect(calls).toHaveLength(2);
  });

  test('starts at a time when there is no cursor yet', async () => {
    const { admin, calls } = organization({ data: [] });

    const batches = await all(admin.events.poll({ from: new Date(1000), to: new Date(2000) }));

    expect(batches).toEqual([{ items: [], cursor: undefined }]);
    expect(calls[0]?.query).toEqual({ from: '1000', to: '2000' });
  });
});
