import { describe, expect, test } from 'vitest';
import type { AtlassianAccountId } from '../../model/ids.js';
import { all, organization, ORG_ID } from './org-test-server.js';

const ROSA = '712020:rosa' as AtlassianAccountId;
const linkTo = (path: string) => `https://api.atlassian.com/admin/v1/${path}`;
const domain = (name: string) => ({ id: name, attributes: { name } });
const event = (id: string) => ({
  id,
  attributes: { time: '2026-08-21T10:02:03.123Z', action: 'user_added', actor: { id: ROSA }, context: [] },
});

describe('a list with URLs as links', () => {
  test('takes the cursor out of the link, decoded, and ends without one', async () => {
    const { admin, calls } = organization(
      { data: [domain('a.example')], links: { next: linkTo(`orgs/${ORG_ID}/domains?cursor=a%2Fb%3D`) } },
      { data: [domain('b.example')], links: { self: linkTo('orgs') } },
    );

    const domains = await all(admin.domains.list());

    expect(domains.map(({ name }) => name)).toEqual(['a.example', 'b.example']);
    expect(calls.map(({ query }) => query)).toEqual([{}, { cursor: 'a/b=' }]);
  });

  test('is refused when a link leads to another origin', async () => {
    const { admin, calls } = organization({ data: [], links: { next: 'https://evil.example/?cursor=c' } });

    const walk = all(admin.domains.list());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid', operation: 'admin.domains.list' });
    expect(calls).toHaveLength(1);
  });

  test('is refused when a link has no cursor, for its pages would be lost', async () => {
    const { admin } = organization({ data: [], links: { next: linkTo('orgs?page=2') } });

    const walk = all(admin.organizations.list());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid' });
  });

  test('ends at a null link, and takes an empty first page for no organization', async () => {
    const { admin } = organization({ data: [], links: { self: linkTo('orgs'), next: null }, meta: null });

    const organizations = await all(admin.organizations.list());

    expect(organizations).toEqual([]);
  });

  test('is an error when a page has no data: it would pass for an empty one', async () => {
    const { admin } = organization({ links: {} });

    const walk = all(admin.users.listManaged());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid' });
  });
});

describe('a list with a cursor in its meta', () => {
  test('prefers that cursor to the link', async () => {
    const { admin, calls } = organization(
      { data: [event('e1')], meta: { next: 'bare' }, links: { next: linkTo('orgs?cursor=other') } },
      { data: [event('e2')], meta: {} },
    );

    const events = await all(admin.events.list({ action: 'user_added', limit: 500 }));

    expect(events.map(({ id }) => id)).toEqual(['e1', 'e2']);
    expect(calls.map(({ query }) => query)).toEqual([
      { action: 'user_added', limit: 500 },
      { action: 'user_added', limit: 500, cursor: 'bare' },
    ]);
  });

  test('ends at a null cursor, whatever the links say', async () => {
    const { admin, calls } = organization({
      data: [event('e1')],
      meta: { next: null },
      links: { next: linkTo('orgs?cursor=c') },
    });

    await all(admin.events.list());

    expect(calls).toHaveLength(1);
  });

  test('follows the links when there is no meta', async () => {
    const { admin, calls } = organization(
      { data: [], links: { next: linkTo(`orgs/${ORG_ID}/policies?cursor=two`) } },
      { data: [] },
    );

    await all(admin.policies.list({ type: 'ip-allowlist' }));

    expect(calls.map(({ query }) => query)).toEqual([
      { type: 'ip-allowlist' },
      { type: 'ip-allowlist', cursor: 'two' },
    ]);
  });
});

describe('a list with bare cursors', () => {
  test('sends the cursor as it came, and ends at null', async () => {
    const { admin, calls } = organization(
      { data: [{ directoryId: 'd1' }], links: { self: 's', prev: null, next: 'ab/c=.d' } },
      { data: [{ directoryId: 'd2' }], links: { self: 's', prev: 'p', next: null } },
    );

    const directories = await all(admin.directories.list({ searchTerm: 'main' }));

    expect(directories.map(({ id }) => id)).toEqual(['d1', 'd2']);
    expect(calls.map(({ query }) => query)).toEqual([
      { searchTerm: 'main' },
      { searchTerm: 'main', cursor: 'ab/c=.d' },
    ]);
  });

  test('is an error, not an endless walk, when a cursor comes twice', async () => {
    const page = { data: [{ directoryId: 'd1' }], links: { next: 'again' } };
    const { admin, calls } = organization(page, page, page, page);

    const walk = all(admin.directories.list());

    await expect(walk).rejects.toMatchObject({ code: 'response_invalid', operation: 'admin.directories.list' });
    expect(calls).toHaveLength(2);
  });
});

describe('a search by POST', () => {
  test('sends its filters again with each cursor, and may be repeated', async () => {
    const { admin, calls } = organization(
      { data: [{ accountId: ROSA }], links: { next: 'two' } },
      { data: [{ accountId: '712020:mia' }], links: {} },
    );

    const users = await all(admin.users.search({ emails: ['rosa@harbor.example'], limit: 100 }));

    expect(users.map(({ accountId }) => accountId)).toEqual([ROSA, '712020:mia']);
    expect(calls.map(({ body }) => body)).toEqual([
      { emails: ['rosa@harbor.example'], limit: 100 },
      { emails: ['rosa@harbor.example'], limit: 100, cursor: 'two' },
    ]);
    expect(calls.every(({ repeat }) => repeat === 'safe')).toBe(true);
  });

  test('asks one directory when one is named, and all of them otherwise', async () => {
    const { admin, calls } = organization({ data: [] }, { data: [] });

    await admin.groups.searchPage();
    await admin.groups.searchPage({ directoryId: 'd-1' as never });

    expect(calls.map(({ path }) => path)).toEqual([
      `/admin/v2/orgs/${ORG_ID}/directories/-/groups/search`,
      `/admin/v2/orgs/${ORG_ID}/directories/d-1/groups/search`,
    ]);
  });
});

describe('the search of workspaces', () => {
  const workspace = { id: 'ari:cloud:jira-software::site/1', attributes: { typeKey: 'jira-software' } };

  test('sends a cursor alone, for nothing may stand beside it', async () => {
    const { admin, calls } = organization(
      { data: [workspace], links: { next: 'two' } },
      { data: [workspace], links: { next: null } },
    );

    await all(admin.workspaces.search({ query: { searchWorkspaces: 'acme' }, limit: 1000 }));

    expect(calls.map(({ body }) => body)).toEqual([
      { query: { searchWorkspaces: 'acme' }, limit: 1000 },
      { cursor: 'two' },
    ]);
  });

  test('reads a cursor out of a link as well', async () => {
    const { admin } = organization({ data: [], links: { next: `https://api.atlassian.com/admin/v2?cursor=two` } });

    const page = await admin.workspaces.searchPage();

    expect(page.next).toBe('two');
  });
});

describe('a resource in parts', () => {
  test('is put together, and the first part says when the person joined', async () => {
    const product = (key: string) => ({ id: `ari:cloud:${key}::site/1`, key, last_active: '2026-08-19' });
    const { admin, calls } = organization(
      { data: { product_access: [product('confluence')], added_to_org: '2026-02-03' }, links: { next: 'two' } },
      { data: { product_access: [product('trello')], added_to_org: null }, links: { next: null } },
    );

    const dates = await admin.users.lastActiveDates(ROSA);

    expect(dates).toEqual({
      addedToOrgOn: '2026-02-03',
      products: [
        { resourceId: 'ari:cloud:confluence::site/1', key: 'confluence', lastActiveOn: '2026-08-19' },
        { resourceId: 'ari:cloud:trello::site/1', key: 'trello', lastActiveOn: '2026-08-19' },
      ],
    });
    expect(calls.map(({ query }) => query)).toEqual([{}, { cursor: 'two' }]);
  });
});
