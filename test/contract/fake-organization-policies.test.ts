import { beforeEach, describe, expect, test } from 'vitest';
import { errorWith, pageOf, pick } from './admin-session.js';
import { organizationWorld, type OrganizationWorld } from './organization-world.js';

let session: OrganizationWorld;

beforeEach(() => {
  session = organizationWorld();
});

describe('policies', () => {
  const attributes = {
    type: 'data-residency',
    name: 'EU only',
    status: 'disabled',
    rule: { in: ['eu'] },
    resources: [{ id: 'ari:cloud:jira::site/1' }],
  };
  const create = async (changes: object = {}) =>
    session.send('POST', session.v1('/policies'), {
      data: { type: 'policy', attributes: { ...attributes, ...changes } },
    });
  const idOf = ({ body }: Awaited<ReturnType<typeof create>>) => (body as { data: { id: string } }).data.id;

  test('are accepted with 202, and in force after a while', async () => {
    session.fake.switches.policyLagMs = 60_000;

    const created = await create();
    const read = async () => session.send('GET', session.v1(`/policies/${idOf(created)}`));

    expect(created).toMatchObject({
      status: 202,
      body: { data: { type: 'policy', attributes: { resources: [{ applicationStatus: 'applying' }] } } },
    });
    expect((await read()).body).toMatchObject({
      data: { attributes: { resources: [{ applicationStatus: 'applying' }] } },
    });
    session.fake.clock.advance(60_000);
    expect((await read()).body).toMatchObject({
      data: { attributes: { resources: [{ applicationStatus: 'applied' }] } },
    });
  });

  test.each(['type', 'name', 'status', 'rule', 'resources'])(
    'creating without %s is a 400 that names no field',
    async (field) => {
      const answer = await create({ [field]: undefined });

      expect(answer).toMatchObject(errorWith('ADMIN-400-4'));
      expect(JSON.stringify(answer.body)).not.toContain('detail');
    },
  );

  test('are changed, covered resources too, and deleted', async () => {
    const policy = session.v1(`/policies/${idOf(await create())}`);
    const resource = encodeURIComponent('ari:cloud:jira::site/1');

    const replaced = await session.send('PUT', policy, {
      data: { type: 'policy', attributes: { type: 'data-residency', name: 'EU' } },
    });
    const added = await session.send('POST', `${policy}/resources`, { id: 'ari:cloud:confluence::site/1' });
    const changed = await session.send('PUT', `${policy}/resources/${resource}`, { meta: { scheduledDate: 'later' } });
    const dropped = await session.send('DELETE', `${policy}/resources/${resource}`);
    const left = await session.send('GET', policy);
    const deleted = await session.send('DELETE', policy);

    expect(replaced).toMatchObject({
      status: 202,
      body: { data: { attributes: { name: 'EU', rule: { in: ['eu'] } } } },
    });
    expect([added.status, changed.status, dropped.status, deleted.status]).toEqual([202, 202, 204, 202]);
    expect(deleted.body).toBeUndefined();
    expect(left.body).toMatchObject({ data: { attributes: { resources: [{ id: 'ari:cloud:confluence::site/1' }] } } });
    expect(await session.send('GET', policy)).toMatchObject(errorWith('ADMIN-404-5'));
    expect(await session.send('DELETE', policy)).toMatchObject(errorWith('ADMIN-404-5'));
  });

  test('a resource that is not covered is ADMIN-404-6', async () => {
    const policy = session.v1(`/policies/${idOf(await create())}`);

    expect(await session.send('DELETE', `${policy}/resources/nothing`)).toMatchObject(errorWith('ADMIN-404-6'));
  });

  test('are listed by type, with a cursor that is null at the end, and validated with 202', async () => {
    const created = await create();
    await create({ type: 'ip-allowlist', name: 'Office' });

    const list = await session.send('GET', session.v1('/policies?type=ip-allowlist'));

    expect(list.body).toMatchObject({ data: [{ attributes: { name: 'Office' } }], meta: { next: null } });
    expect(await session.send('GET', session.v1(`/policies/${idOf(created)}/validate`))).toMatchObject({
      status: 202,
      body: undefined,
    });
  });
});

describe('workspaces', () => {
  const search = async (body?: object) => session.send('POST', session.v2('/workspaces'), body);

  beforeEach(() => {
    session.fake.addSite('acme', [{ key: 'jira-software', capacity: 100 }, 'confluence']);
    session.fake.addSite('harbor', ['confluence']);
  });

  test('have an ARI, a machine key and the address of their site', async () => {
    const answer = await search();

    expect(answer.body).toMatchObject({
      data: [
        {
          id: expect.stringMatching(/^ari:cloud:jira-software::site\//),
          type: 'workspaces',
          attributes: { typeKey: 'jira-software', type: 'Jira', capacity: 100, hostUrl: 'https://acme.atlassian.net' },
        },
        { attributes: { typeKey: 'confluence', hostUrl: 'https://acme.atlassian.net' } },
        { attributes: { hostUrl: 'https://harbor.atlassian.net' } },
      ],
      meta: { pageSize: 20, startIndex: 0, endIndex: 3, total: 3 },
    });
  });

  test('are found by a tree of conditions', async () => {
    const confluence = { field: { name: 'attributes.typeKey', values: ['confluence'] } };
    const hosts = async (query: object) =>
      pageOf<{ attributes: { hostUrl: string } }>(await search({ query })).data.map(
        ({ attributes }) => attributes.hostUrl,
      );

    expect(await hosts({ and: [confluence, { searchWorkspaces: 'ACM' }] })).toEqual(['https://acme.atlassian.net']);
    expect(await hosts({ nor: [confluence] })).toEqual(['https://acme.atlassian.net']);
    expect(await hosts({ field: { name: 'attributes.type', values: [] } })).toHaveLength(3);
    expect(await hosts({ features: ['nothing'] })).toEqual([]);
  });

  test('come in pages, and beside a cursor nothing may be given', async () => {
    const sort = [{ field: 'attributes.name', order: 'desc' }];
    const first = await search({ limit: 2, sort });
    const cursor = pageOf(first).links.next;

    const second = await search({ cursor: cursor! });
    const both = await search({ cursor: cursor!, limit: 2 });

    expect(pick(first, 'attributes')).toMatchObject([{ name: 'harbor' }, { name: 'acme' }]);
    expect(second.body).toMatchObject({ meta: { startIndex: 2, endIndex: 3 }, links: { next: null } });
    expect(both.status).toBe(400);
  });

  test('errors are one error without the envelope', async () => {
    const answer = await search({ query: { or: [] } });

    expect(answer).toMatchObject({ status: 400, body: { code: 'ADMIN-400-4', status: '400' } });
    expect(answer.body).not.toHaveProperty('errors');
  });

  test('`next` is the documented URL with the switch', async () => {
    session.fake.switches.workspaceNext = 'url';

    const answer = await search({ limit: 1 });

    expect(pageOf(answer).links.next).toMatch(/^https:\/\/api\.atlassian\.com\/admin\/v2\/orgs\/[^?]+\?cursor=/);
  });
});
