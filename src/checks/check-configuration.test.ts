import { describe, expect, test } from 'vitest';
import { AdminOrgClient } from '../clients/admin/admin-org-client.js';
import { ScimDirectoryClient } from '../clients/scim/scim-directory-client.js';
import { Secret } from '../config/secret.js';
import { createTransport, type FetchFunction } from '../http/create-transport.js';
import type { AttemptEvent } from '../http/transport.js';
import type { OrganizationId } from '../model/ids.js';
import { FakeAtlassian } from '../testing/fake-atlassian.js';
import { checkConfiguration, type CheckConfigurationInput } from './check-configuration.js';
import type { Capability, CapabilityCheck, ConfigurationReport } from './configuration-report.js';

/** An organization as it should be: a verified domain, a product, and Rosa, synced. */
function healthy(fake = new FakeAtlassian()): FakeAtlassian {
  fake.addDomain('acme.com');
  fake.addSite('acme', ['jira-software']);
  fake.addUser({ email: 'rosa@acme.com' });
  return fake;
}

interface Overrides {
  readonly organizationId?: string;
  readonly apiKey?: string;
  readonly scimUrl?: string;
  readonly scimToken?: string;
}

/** Both clients on the fake, each with a credential, an id or a URL of the test's. */
function clientsOf(
  fake: FakeAtlassian,
  overrides: Overrides = {},
): Required<Pick<CheckConfigurationInput, 'scim' | 'admin'>> {
  const { organizationId, scim, admin, fetch, clock } = fake.connection();
  const http = { fetch, clock, retry: { maxAttempts: 1 } };
  return {
    scim: ScimDirectoryClient.connect({
      ...http,
      url: overrides.scimUrl ?? scim.url,
      token: overrides.scimToken ?? scim.token,
    }),
    admin: AdminOrgClient.connect({
      ...http,
      organizationId: overrides.organizationId ?? organizationId,
      apiKey: overrides.apiKey ?? admin.apiKey,
      baseUrl: admin.baseUrl,
    }),
  };
}

function checkOf({ capabilities }: ConfigurationReport, capability: Capability): CapabilityCheck {
  const check = capabilities.find((one) => one.capability === capability);
  if (check === undefined) throw new Error(`no ${capability} in the report`);
  return check;
}

function statuses({ capabilities }: ConfigurationReport): Record<string, string> {
  return Object.fromEntries(capabilities.map(({ capability, status }) => [capability, status]));
}

describe('an organization as it should be', () => {
  test('works in every capability that is configured', async () => {
    const fake = healthy();

    const report = await checkConfiguration({ ...clientsOf(fake), now: () => fake.clock.now() });

    expect(statuses(report)).toEqual({
      'scim.read': 'works',
      'organization.read': 'works',
      'organization.write': 'works',
      'directories.read': 'works',
      'users.search': 'works',
      'groups.search': 'works',
      'user-management': 'works',
      'provisioning-links': 'works',
      'domains.read': 'works',
      'managed-accounts': 'works',
      'products.read': 'works',
      'site.read': 'not-configured',
      'bitbucket.read': 'not-configured',
    });
    expect(report.ok).toBe(true);
    expect(report.capabilities.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(Date.parse(report.checkedAt)).toBe(fake.clock.now());
  });

  test('is read only, with a handful of calls', async () => {
    const fake = healthy();

    await checkConfiguration(clientsOf(fake));

    expect(new Set(fake.requests.map(({ effect }) => effect))).toEqual(new Set(['read']));
    expect(fake.requests.length).toBeLessThanOrEqual(11);
  });

  test('shows which calls tell, and neither credentials nor people', async () => {
    const fake = healthy();

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'scim.read').evidence).toEqual([
      { operation: 'scim.users.list', status: 200, traceId: expect.any(String) },
    ]);
    const printed = JSON.stringify(report);
    expect(printed).not.toContain('rosa');
    expect(printed).not.toContain(fake.organizationKey);
    expect(printed).not.toContain(fake.directoryKey);
  });

  test('works with nobody in it', async () => {
    const fake = new FakeAtlassian();
    fake.addDomain('acme.com');

    const report = await checkConfiguration(clientsOf(fake));

    expect(report.ok).toBe(true);
    expect(checkOf(report, 'user-management').summary).toContain('none is there to try it on');
    expect(checkOf(report, 'managed-accounts').warnings).toEqual([expect.stringContaining('No managed account')]);
    expect(checkOf(report, 'products.read').warnings).toEqual([expect.stringContaining('no product')]);
  });

  test('still counts as unscoped when user management gives no answer', async () => {
    const fake = healthy();
    fake.fail('admin.managedAccounts.permissions', { status: 503 });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'organization.write').status).toBe('works');
    expect(checkOf(report, 'user-management').status).toBe('unknown');
  });

  test('still counts as unscoped when the list of organizations is empty', async () => {
    const fake = healthy(new FakeAtlassian({ switches: { organizationList: 'empty' } }));

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'organization.write').status).toBe('works');
  });
});

describe('an organization key', () => {
  test('with scopes sees no organization and writes nothing', async () => {
    const fake = healthy();
    const apiKey = fake.addKey({
      scopes: ['read:orgs:admin', 'read:directories:admin', 'read:groups:admin', 'read:workspaces:admin'],
    });

    const report = await checkConfiguration(clientsOf(fake, { apiKey }));

    expect(report.ok).toBe(false);
    expect(statuses(report)).toMatchObject({
      'scim.read': 'works',
      'organization.read': 'works',
      'organization.write': 'refused',
      'users.search': 'works',
      'groups.search': 'works',
      'user-management': 'refused',
      'domains.read': 'refused',
      'managed-accounts': 'refused',
    });
    expect(checkOf(report, 'organization.write')).toMatchObject({
      summary: expect.stringMatching(/made with scopes and sees no organization/),
      advice: expect.stringContaining('without scopes'),
    });
    expect(checkOf(report, 'domains.read').summary).toContain('read:domains:admin');
    expect(checkOf(report, 'user-management')).toMatchObject({
      summary: expect.stringContaining('only a key without scopes'),
      evidence: [
        expect.objectContaining({ status: 403, atlassianCode: 'forbidden.insufficientScope', error: 'forbidden' }),
      ],
    });
  });

  test.each([
    ['is a site token', (fake: FakeAtlassian) => fake.addKey({ kind: 'site', secret: 'token-of-a-user' })],
    ['is the key of a directory', (fake: FakeAtlassian) => fake.addKey({ kind: 'directory' })],
    ['is unknown', () => 'a-key-nobody-made'],
    [
      'was revoked',
      (fake: FakeAtlassian) => {
        fake.revokeKey(fake.organizationKey);
        return fake.organizationKey;
      },
    ],
  ])('that %s is refused everywhere, with what belongs there', async (_case, key) => {
    const fake = healthy();

    const report = await checkConfiguration(clientsOf(fake, { apiKey: key(fake) }));

    const refused = report.capabilities.filter(({ status }) => status === 'refused');
    expect(refused).toHaveLength(10);
    expect(checkOf(report, 'organization.read')).toMatchObject({
      summary: expect.stringContaining("A user's API token and a key of a SCIM directory open nothing here"),
      advice: expect.stringContaining('without scopes'),
    });
    expect(checkOf(report, 'scim.read').status).toBe('works');
  });

  test('of another organization, or beside a wrong id, does not see the configured one', async () => {
    const fake = healthy();
    const apiKey = fake.addKey({ organizationId: 'another-organization' as OrganizationId });

    const report = await checkConfiguration(clientsOf(fake, { apiKey }));

    expect(checkOf(report, 'organization.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('of another organization, or the id is wrong'),
      advice: expect.stringContaining('/o/'),
    });
  });

  test('beside the id of another organization is told which one it belongs to', async () => {
    const fake = healthy();

    const report = await checkConfiguration(clientsOf(fake, { organizationId: 'another-organization' }));

    expect(checkOf(report, 'organization.read')).toMatchObject({
      status: 'refused',
      summary: `The key belongs to the organization "Acme" (${fake.organizationId}), not to the configured one.`,
    });
  });

  test('without scopes whose reads are refused is told apart from one with scopes', async () => {
    const fake = healthy();
    fake.fail('admin.groups.search', { status: 403, body: { errors: [{ status: '403', code: 'ADMIN-UAM-403-2' }] } });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'groups.search')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('no organization admin any more'),
    });
    expect(checkOf(report, 'organization.write').status).toBe('works');
  });
});

test('whether a key has scopes is unknown when nothing shows it', async () => {
  const fake = healthy(new FakeAtlassian({ switches: { organizationList: 'empty' } }));
  fake.fail('admin.managedAccounts.permissions', { status: 503 });

  const report = await checkConfiguration(clientsOf(fake));

  expect(checkOf(report, 'organization.write').status).toBe('unknown');
});

describe('domains', () => {
  test('none of which is verified leave no account managed', async () => {
    const fake = new FakeAtlassian();
    fake.addDomain('acme.com', { status: 'unverified' });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'domains.read').status).toBe('works');
    expect(checkOf(report, 'managed-accounts')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('no verified domain'),
      warnings: [expect.stringContaining('acme.com is unverified')],
    });
  });

  test('that are not verified are named beside one that is', async () => {
    const fake = healthy();
    fake.addDomain('acme.dev', { status: 'missing_token' });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'managed-accounts')).toMatchObject({
      status: 'works',
      warnings: [expect.stringContaining('acme.dev is missing_token')],
    });
  });
});

describe('the SCIM directory', () => {
  test('with the key of another directory: the links tell that the URL is right', async () => {
    const fake = healthy();
    const other = fake.addScimDirectory();

    const report = await checkConfiguration(clientsOf(fake, { scimToken: other.key }));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('The directory exists, and this key does not open it'),
      advice: expect.stringContaining('Regenerate'),
    });
  });

  test('with a wrong id in its URL: the links tell where people are synced from', async () => {
    const fake = healthy();
    const scimUrl = 'https://api.atlassian.com/scim/directory/00000000-0000-4000-8000-00000000beef';

    const report = await checkConfiguration(clientsOf(fake, { scimUrl }));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining(`synced from another: ${fake.directoryId}`),
      advice: expect.stringContaining('Check `scim.url` first'),
      evidence: [
        expect.objectContaining({ operation: 'scim.users.list', status: 403 }),
        expect.objectContaining({ operation: 'admin.provisioningLinks.forEmail', status: 200 }),
      ],
    });
  });

  test('without an organization to ask: all three causes are named', async () => {
    const fake = healthy();
    const other = fake.addScimDirectory();

    const report = await checkConfiguration({ scim: clientsOf(fake, { scimToken: other.key }).scim });

    expect(checkOf(report, 'scim.read').summary).toMatch(
      /another directory.*id in `scim.url` is wrong.*no Atlassian Guard/,
    );
    expect(checkOf(report, 'organization.read').status).toBe('not-configured');
  });

  test.each([403, 404] as const)('of an organization without Guard, answered by %i', async (withoutGuard) => {
    const fake = new FakeAtlassian({ guard: false, switches: { withoutGuard } });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('Atlassian Guard'),
    });
  });

  test('with a key that Atlassian does not know', async () => {
    const fake = healthy();

    const report = await checkConfiguration(clientsOf(fake, { scimToken: 'a-key-nobody-made' }));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('does not know this key'),
      evidence: [expect.objectContaining({ status: 401, error: 'unauthenticated' })],
    });
  });

  test('of another organization works, and is warned of', async () => {
    const fake = healthy();
    fake.failNext('admin.provisioningLinks.forEmail', { status: 200, body: { scimLinks: [] } });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'works',
      warnings: [expect.stringContaining('another organization')],
    });
  });

  test('behind a URL that something else answers', async () => {
    const fake = healthy();
    fake.fail('scim.users.list', { status: 200, body: '<html>Log in</html>' });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: 'What answers there is not this API.',
      advice: expect.stringContaining('`scim.url`'),
    });
  });

  test('of another RFC 7644 server is not explained in terms of Atlassian', async () => {
    const fetch: FetchFunction = async () => Response.json({ status: '401' }, { status: 401 });
    const scim = ScimDirectoryClient.connect({ url: 'https://idp.example/scim/v2', token: 'some-token', fetch });

    const report = await checkConfiguration({ scim });

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'refused',
      summary: expect.not.stringContaining('Guard'),
    });
  });
});

describe('the end of a credential', () => {
  const now = Date.parse('2027-02-01T00:00:00Z');

  test.each([
    ['2027-02-20T00:00:00.000Z', ['The credential ends on 2027-02-20, in 19 days: replace it before, at both ends.']],
    ['2027-02-02T12:00:00.000Z', ['The credential ends on 2027-02-02, in a day: replace it before, at both ends.']],
    ['2027-02-01T12:00:00.000Z', ['The credential ends on 2027-02-01, within a day: replace it before, at both ends.']],
    ['2027-06-01T00:00:00.000Z', []],
  ])('at %s is warned of in time', async (expiresAt, warnings) => {
    const clients = clientsOf(healthy());

    const report = await checkConfiguration({
      ...clients,
      expiresAt: { scim: expiresAt, admin: expiresAt },
      now: () => now,
    });

    expect(checkOf(report, 'scim.read').warnings).toEqual(warnings);
    expect(checkOf(report, 'organization.read').warnings).toEqual(warnings);
    expect(report.ok).toBe(true);
  });

  test('is warned of as early as the caller wants', async () => {
    const input = { ...clientsOf(healthy()), expiresAt: { admin: '2027-06-01T00:00:00.000Z' }, now: () => now };

    const report = await checkConfiguration(input, { warnWithinMs: 180 * 86_400_000 });

    expect(checkOf(report, 'organization.read').warnings).toEqual([expect.stringContaining('in 120 days')]);
  });

  test('explains a refusal when it has passed', async () => {
    const fake = healthy();
    const apiKey = fake.addKey({ expiresAt: '2026-01-01T00:00:00Z' });
    const input = { ...clientsOf(fake, { apiKey }), expiresAt: { admin: '2026-01-01T00:00:00.000Z' }, now: () => now };

    const report = await checkConfiguration(input);

    expect(checkOf(report, 'organization.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringMatching(/^The credential ended on 2026-01-01, as `admin.expiresAt` says/),
      advice: 'Make a new one and configure it.',
    });
  });

  test('is doubted when it has passed and the credential works', async () => {
    const input = { ...clientsOf(healthy()), expiresAt: { scim: '2026-01-01T00:00:00.000Z' }, now: () => now };

    const report = await checkConfiguration(input);

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'works',
      warnings: [expect.stringContaining('`scim.expiresAt` says that the credential ended on 2026-01-01')],
    });
  });
});

describe('site and workspace', () => {
  const USER = 'ops@acme.com';

  function site(fetch: FetchFunction): CheckConfigurationInput {
    const credential = { kind: 'site-token', user: USER, token: new Secret('user-token') } as const;
    const baseUrl = 'https://acme.atlassian.net';
    const transport = createTransport({ api: 'site', baseUrl, credential, fetch, retry: { maxAttempts: 1 } });
    return { site: { jira: transport, confluence: transport } };
  }

  function bitbucket(fetch: FetchFunction): CheckConfigurationInput {
    const credential = { kind: 'bitbucket', user: USER, token: new Secret('user-token') } as const;
    const baseUrl = 'https://api.bitbucket.org';
    const transport = createTransport({ api: 'bitbucket', baseUrl, credential, fetch, retry: { maxAttempts: 1 } });
    return { bitbucket: { transport, workspace: 'acme' } };
  }

  test('work when they take the credential', async () => {
    const asked: string[] = [];
    const fetch: FetchFunction = async ({ url }) => {
      asked.push(url);
      return Response.json({ ok: true });
    };

    const report = await checkConfiguration({ ...site(fetch), ...bitbucket(fetch) });

    expect(checkOf(report, 'site.read').status).toBe('works');
    expect(checkOf(report, 'bitbucket.read').status).toBe('works');
    expect(asked.sort()).toEqual([
      'https://acme.atlassian.net/rest/api/3/mypermissions?permissions=ADMINISTER%2CUSER_PICKER',
      'https://acme.atlassian.net/rest/api/3/myself',
      'https://api.bitbucket.org/2.0/workspaces/acme',
    ]);
  });

  test.each([
    [{ ADMINISTER: true, USER_PICKER: true }, []],
    [{ ADMINISTER: false, USER_PICKER: true }, [/does not have Administer Jira: discovery will have gaps/]],
    [
      { ADMINISTER: false, USER_PICKER: false },
      [/does not have Administer Jira/, /does not have Browse users and groups/],
    ],
    [undefined, [/Whether `site.user` has Administer Jira is not known: /]],
  ])('a site user with the permissions %j is warned of what discovery will lack', async (held, warnings) => {
    const fetch: FetchFunction = async ({ url }) => {
      if (!url.includes('/mypermissions')) return Response.json({ accountId: 'a' });
      if (held === undefined) return new Response('Forbidden', { status: 403 });
      const permissions = Object.entries(held).map(([key, havePermission]) => [key, { havePermission }]);
      return Response.json({ permissions: Object.fromEntries(permissions) as unknown });
    };

    const report = await checkConfiguration(site(fetch));

    expect(report.ok).toBe(true);
    expect(checkOf(report, 'site.read')).toMatchObject({
      status: 'works',
      warnings: warnings.map((text) => expect.stringMatching(text) as string),
    });
  });

  test('a site with Confluence alone is asked through Confluence', async () => {
    const fetch: FetchFunction = async ({ url }) =>
      url.includes('/wiki/') ? Response.json({ accountId: 'a' }) : new Response('Not found', { status: 404 });

    const report = await checkConfiguration(site(fetch));

    expect(checkOf(report, 'site.read')).toMatchObject({
      status: 'works',
      evidence: [
        { operation: 'jira.users.myself', status: 404 },
        { operation: 'confluence.users.current', status: 200 },
      ],
    });
  });

  test.each([
    [401, 'does not take this token'],
    [403, 'see nothing'],
    [404, 'Neither Jira nor Confluence'],
  ])('a site that answers %i is explained', async (status, summary) => {
    const report = await checkConfiguration(site(async () => new Response('no', { status })));

    expect(checkOf(report, 'site.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining(summary),
    });
  });

  test.each([
    [401, 'does not take this credential'],
    [403, 'may not read the workspace'],
    [404, 'no such workspace'],
  ])('a workspace that answers %i is explained', async (status, summary) => {
    const report = await checkConfiguration(bitbucket(async () => new Response('no', { status })));

    expect(checkOf(report, 'bitbucket.read')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining(summary),
    });
  });
});

describe('a check', () => {
  test('does not take a missing answer for a refusal', async () => {
    const fetch: FetchFunction = () => Promise.reject(new TypeError('fetch failed'));
    const http = { fetch, retry: { maxAttempts: 1 } };
    const scim = ScimDirectoryClient.connect({
      ...http,
      url: 'https://api.atlassian.com/scim/directory/7c1f',
      token: 'key',
    });

    const report = await checkConfiguration({ scim });

    expect(checkOf(report, 'scim.read')).toMatchObject({
      status: 'unknown',
      advice: expect.stringContaining('`scim.url`'),
    });
    expect(report.ok).toBe(false);
  });

  test.each([429, 503])('does not take an answer %i for a refusal', async (status) => {
    const fake = healthy();
    fake.fail('scim.users.list', { status });

    const report = await checkConfiguration(clientsOf(fake));

    expect(checkOf(report, 'scim.read').status).toBe('unknown');
  });

  test('ends when its caller cancels it', async () => {
    const fake = healthy();
    const controller = new AbortController();
    const onAttempt = (): void => controller.abort();

    const checking = checkConfiguration(clientsOf(fake), { signal: controller.signal, onAttempt });

    await expect(checking).rejects.toMatchObject({ code: 'aborted' });
  });

  test('tells its caller of each attempt', async () => {
    const attempts: AttemptEvent[] = [];

    await checkConfiguration(clientsOf(healthy()), { onAttempt: (event) => attempts.push(event) });

    expect(attempts.map(({ operation }) => operation)).toContain('scim.users.list');
  });

  test('of nothing reports that nothing is configured', async () => {
    const report = await checkConfiguration({});

    expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['not-configured']));
  });
});
