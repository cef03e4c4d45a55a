import { describe, expect } from 'vitest';
import type { AtlassianProvisioner, ProvisionerSettings, Capability, CapabilityCheck } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

/** Adds what a whole configuration is for: somebody who is synced, a site and a workspace. */
function furnish(fake: FakeAtlassian): void {
  fake.addUser({ email: 'rosa@acme.com' });
  fake.addSite('acme', ['jira-software', 'confluence']);
  fake.addBitbucketWorkspace();
}

async function checkOf(atlassian: AtlassianProvisioner, capability: Capability): Promise<CapabilityCheck | undefined> {
  const { capabilities } = await atlassian.checkConfiguration();
  return capabilities.find((check) => check.capability === capability);
}

/** A configuration with one credential that is not what it should be. */
interface Fault {
  readonly what: string;
  readonly capability: Capability;
  readonly configure: (fake: FakeAtlassian) => ProvisionerSettings;
  /** Words of the summary, and of the advice. */
  readonly says: RegExp;
  readonly advises: RegExp;
}

const FAULTS: readonly Fault[] = [
  {
    what: 'an organization key with scopes',
    capability: 'organization.write',
    configure: (fake) => ({ admin: { apiKey: fake.addKey({ scopes: ['read:orgs:admin'] }) } }),
    says: /with scopes and sees no organization/,
    advises: /without scopes/,
  },
  {
    what: 'a key of another SCIM directory',
    capability: 'scim.read',
    configure: (fake) => ({ scim: { ...fake.connection().scim, token: fake.addScimDirectory().key } }),
    says: /another directory/,
    advises: /key/,
  },
  {
    what: 'the URL of a directory that is not there',
    capability: 'scim.read',
    configure: (fake) => {
      const { url, token } = fake.connection().scim;
      return { scim: { url: url.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000'), token } };
    },
    says: /directory/,
    advises: /`scim\.url`/,
  },
  {
    what: 'an organization key that was revoked',
    capability: 'organization.read',
    configure: (fake) => {
      const apiKey = fake.addKey();
      fake.revokeKey(apiKey);
      return { admin: { apiKey } };
    },
    says: /key/,
    advises: /key/,
  },
  {
    what: 'a token of nobody on the site',
    capability: 'site.read',
    configure: (fake) => ({ site: { url: fake.site.url, user: 'rosa@acme.com', token: 'ATATT3xFfOfNobody=A1' } }),
    says: /does not take this token/,
    advises: /token/,
  },
  {
    what: 'a consumer of Bitbucket that is not there',
    capability: 'bitbucket.read',
    configure: () => ({ bitbucket: { workspace: 'acme', oauthKey: 'none', oauthSecret: 'none-of-it' } }),
    says: /credential/,
    advises: /./,
  },
];

describe('checkConfiguration', () => {
  test('tells that all of it works, with reads only', async ({ fake, connect }) => {
    furnish(fake);

    const report = await connect({}).checkConfiguration();

    expect(report.ok).toBe(true);
    expect(report.capabilities.map(({ status }) => status)).toEqual(report.capabilities.map(() => 'works'));
    fake.requests.expectNoWrites();
  });

  test.for(FAULTS)(
    'tells of $what in words that help',
    async ({ capability, configure, says, advises }, { fake, connect }) => {
      furnish(fake);

      const check = await checkOf(connect(configure(fake)), capability);

      expect(check?.status).toBe('refused');
      expect(check?.summary).toMatch(says);
      expect(check?.advice).toMatch(advises);
      fake.requests.expectNoWrites();
    },
  );

  test('tells of a key that is about to expire, where its end is configured', async ({ fake, connect }) => {
    furnish(fake);
    const atlassian = connect({ admin: { ...fake.connection().admin, expiresAt: '2026-01-15' } });

    const check = await checkOf(atlassian, 'organization.read');

    expect(check).toMatchObject({ status: 'works', warnings: [expect.stringContaining('ends on 2026-01-15')] });
  });

  test('tells of an organization without the product', async ({ fake, connect }) => {
    furnish(fake);
    const site = { url: 'https://elsewhere.atlassian.net', ...fake.siteCredential };
    const fetch = async (request: Request): Promise<Response> =>
      new URL(request.url).host === 'elsewhere.atlassian.net'
        ? new Response('Site temporarily unavailable', { status: 404 })
        : fake.fetch(request);

    const check = await checkOf(connect({ site, fetch }), 'site.read');

    expect(check).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('Neither Jira nor Confluence') as string,
    });
  });

  test('leaves nothing of a credential in its report', async ({ fake, connect }) => {
    furnish(fake);
    const { scim, admin, bitbucket, site } = fake.connection();

    const report = JSON.stringify(await connect({}).checkConfiguration());

    for (const secret of [scim.token, admin.apiKey, site?.token, bitbucket?.oauthSecret])
      expect(report).not.toContain(secret);
  });
});
