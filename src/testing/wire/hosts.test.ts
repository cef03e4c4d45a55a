import { describe, expect, test } from 'vitest';
import { FakeAtlassian } from '../fake-atlassian.js';

const TENANT_INFO = '/_edge/tenant_info';

describe('a site', () => {
  test('tells its cloudId to anybody, at its own address', async () => {
    const fake = new FakeAtlassian();
    const [harbor] = fake.addSite('harbor', ['confluence']);
    fake.addSite('acme', ['jira-software']);

    const response = await fake.fetch(`https://harbor.atlassian.net${TENANT_INFO}`);

    expect([response.status, await response.json()]).toEqual([200, { cloudId: harbor?.cloudId }]);
    expect(fake.requests.operations()).toEqual(['site.tenantInfo']);
  });

  test('that the fake does not have is thrown', async () => {
    const fake = new FakeAtlassian();
    fake.addSite('acme', ['jira-software']);

    await expect(fake.fetch(`https://acmee.atlassian.net${TENANT_INFO}`)).rejects.toThrow(
      'FakeAtlassian has no site https://acmee.atlassian.net',
    );
  });

  test('does not serve the admin APIs, and they do not serve what is the site’s', async () => {
    const fake = new FakeAtlassian();
    fake.addSite('acme', ['jira-software']);

    await expect(fake.fetch('https://acme.atlassian.net/admin/v1/orgs')).rejects.toThrow('the path is unknown');
    await expect(fake.fetch(`https://api.atlassian.com${TENANT_INFO}`)).rejects.toThrow('the path is unknown');
  });

  test('is the first one, on the port of a server', async () => {
    const fake = new FakeAtlassian();
    fake.addSite('harbor', ['confluence']);
    fake.addSite('acme', ['jira-software']);
    const server = await fake.listen();

    const response = await fetch(server.url + TENANT_INFO);
    await server.close();

    expect(await response.json()).toEqual({ cloudId: fake.site.cloudId });
    expect(fake.site.name).toBe('harbor');
  });
});

describe('the connection', () => {
  test('has a site once there is one, with the token of its administrator', async () => {
    const fake = new FakeAtlassian();
    const before = fake.connection();
    fake.addSite('acme', ['jira-software']);
    const server = await fake.listen();
    await server.close();

    expect(before.site).toBeUndefined();
    expect(fake.connection().site).toEqual({ url: 'https://acme.atlassian.net', ...fake.siteCredential });
    expect(server.connection().site).toEqual({ url: server.url, ...fake.siteCredential });
  });
});
