import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../errors/config-error.js';
import { AdminOrgClient } from './admin-org-client.js';

const KEY = 'ATCTT-planted-key';

function fetching(seen: Request[]): (request: Request) => Promise<Response> {
  return (request) => {
    seen.push(request);
    return Promise.resolve(Response.json({ data: { id: 'b2c1-org', type: 'orgs', attributes: { name: 'Harbor' } } }));
  };
}

describe('connect', () => {
  test('makes a client that sends the key to the base URL', async () => {
    const seen: Request[] = [];
    const admin = AdminOrgClient.connect({
      organizationId: 'b2c1-org',
      apiKey: KEY,
      baseUrl: 'http://127.0.0.1:8080/gateway/',
      fetch: fetching(seen),
    });

    const organization = await admin.organizations.get();

    expect(organization).toEqual({ id: 'b2c1-org', name: 'Harbor' });
    expect(seen.map(({ url }) => url)).toEqual(['http://127.0.0.1:8080/gateway/admin/v1/orgs/b2c1-org']);
    expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${KEY}`);
    expect(inspect(admin, { depth: 10, showHidden: true })).not.toContain(KEY);
  });

  test('speaks to Atlassian unless told otherwise', async () => {
    const seen: Request[] = [];
    const admin = AdminOrgClient.connect({ organizationId: 'b2c1-org', apiKey: KEY, fetch: fetching(seen) });

    await admin.organizations.get();

    expect(seen.map(({ url }) => url)).toEqual(['https://api.atlassian.com/admin/v1/orgs/b2c1-org']);
  });

  test('tells every fault at once, by its path, and no value', () => {
    const connect = () =>
      AdminOrgClient.connect({
        organizationId: 'b2c1 org',
        apiKey: 'ATATT-planted',
        baseUrl: 'http://planted.example',
      });

    expect(connect).toThrow(ConfigError);
    expect(connect).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        faults: [
          { path: 'organizationId', message: expect.any(String) },
          { path: 'apiKey', message: expect.any(String) },
          { path: 'baseUrl', message: expect.any(String) },
        ],
      }),
    );
    expect(connect).toThrow(expect.not.objectContaining({ message: expect.stringMatching(/planted|b2c1/) }));
  });
});
