import { expect, test } from 'vitest';
import { FakeAtlassian } from '../testing/fake-atlassian.js';
import { AtlassianProvisioner } from './atlassian-provisioner.js';

test('checks every configured credential, each with its own settings', async () => {
  const fake = new FakeAtlassian({ startsAt: '2027-02-01T00:00:00Z' });
  fake.addDomain('acme.com');
  const { scim, admin, ...connection } = fake.connection();
  const asked = new Map<string, string | null>();
  const atlassian = new AtlassianProvisioner({
    ...connection,
    scim: { ...scim, expiresAt: '2027-02-11' },
    admin,
    site: { url: 'https://acme.atlassian.net', user: 'ops@acme.com', token: 'token-of-a-user' },
    bitbucket: {
      workspace: 'acme',
      user: 'ops@acme.com',
      apiToken: 'another-token',
      baseUrl: 'https://bitbucket.example',
    },
    fetch: async (request) => {
      if (new URL(request.url).origin === 'https://api.atlassian.com') return fake.fetch(request);
      asked.set(request.url, request.headers.get('authorization'));
      return Response.json({});
    },
  });

  const report = await atlassian.checkConfiguration();

  expect(report.ok).toBe(true);
  expect(new Set(report.capabilities.map(({ status }) => status))).toEqual(new Set(['works']));
  expect(report.capabilities[0]).toMatchObject({
    capability: 'scim.read',
    warnings: ['The credential ends on 2027-02-11, in 9 days: replace it before, at both ends.'],
  });
  expect(asked).toEqual(
    new Map([
      ['https://acme.atlassian.net/rest/api/3/myself', basic('ops@acme.com', 'token-of-a-user')],
      [
        'https://acme.atlassian.net/rest/api/3/mypermissions?permissions=ADMINISTER%2CUSER_PICKER',
        basic('ops@acme.com', 'token-of-a-user'),
      ],
      ['https://bitbucket.example/2.0/workspaces/acme', basic('ops@acme.com', 'another-token')],
    ]),
  );
});

test('asks the gateway about a site that is given by its id, with a bearer token where there is no user', async () => {
  const asked = new Map<string, string | null>();
  const atlassian = new AtlassianProvisioner({
    site: { url: 'https://acme.atlassian.net', token: 'token-of-a-service', cloudId: '517e' },
    fetch: async (request) => {
      asked.set(request.url, request.headers.get('authorization'));
      return request.url.includes('/ex/jira/') ? new Response('', { status: 404 }) : Response.json({});
    },
  });

  const report = await atlassian.checkConfiguration();

  expect(report.capabilities.find(({ capability }) => capability === 'site.read')?.status).toBe('works');
  expect(asked).toEqual(
    new Map([
      ['https://api.atlassian.com/ex/jira/517e/rest/api/3/myself', 'Bearer token-of-a-service'],
      ['https://api.atlassian.com/ex/confluence/517e/wiki/rest/api/user/current', 'Bearer token-of-a-service'],
    ]),
  );
});

test('asks for a token of an OAuth consumer before it reads the workspace', async () => {
  const asked: string[] = [];
  const atlassian = new AtlassianProvisioner({
    bitbucket: { workspace: 'acme', oauthKey: 'key', oauthSecret: 'consumer-secret' },
    fetch: async ({ url }) => {
      asked.push(url);
      return Response.json(
        url.includes('access_token') ? { access_token: 'short-lived', token_type: 'bearer', expires_in: 7200 } : {},
      );
    },
  });

  const report = await atlassian.checkConfiguration();

  expect(report.capabilities.find(({ capability }) => capability === 'bitbucket.read')?.status).toBe('works');
  expect(asked).toEqual([
    'https://bitbucket.org/site/oauth2/access_token',
    'https://api.bitbucket.org/2.0/workspaces/acme',
  ]);
});

function basic(user: string, token: string): string {
  return `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}
