import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ConfigError, ConfigFault } from '../errors/config-error.js';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import { checkConfig } from './check-config.js';
import type { ProvisionerConfig } from './provisioner-config.js';
import { Secret } from './secret.js';

const DIRECTORY_KEY = 'planted-directory-key-1f0c';
const ORGANIZATION_KEY = 'ATCTT3planted-organization-key-9b5e';
const USER_TOKEN = 'ATATT3planted-user-token-77aa';
const SCIM_URL = 'https://api.atlassian.com/scim/directory/7c1f0c52';

function config(more: object = {}): ProvisionerConfig {
  return {
    organizationId: 'b2c1',
    scim: { url: SCIM_URL, token: DIRECTORY_KEY },
    admin: { apiKey: ORGANIZATION_KEY },
    ...more,
  };
}

function faultsOf(given: unknown): readonly ConfigFault[] {
  try {
    checkConfig(given as ProvisionerConfig);
    return [];
  } catch (error) {
    if (isProvisionerError(error, 'config_invalid')) return error.faults;
    throw error;
  }
}

describe('a configuration without faults', () => {
  test('is taken apart: base URLs, directory id, credentials, expiry', () => {
    const checked = checkConfig({
      organizationId: 'b2c1',
      scim: { url: `${SCIM_URL}/`, token: DIRECTORY_KEY, expiresAt: '2027-03-01' },
      admin: { apiKey: new Secret(ORGANIZATION_KEY), baseUrl: 'http://127.0.0.1:4010/', expiresAt: new Date(0) },
      site: {
        url: 'https://acme.atlassian.net/',
        user: 'ops@acme.com',
        token: USER_TOKEN,
        cloudId: '517e-1',
        gatewayUrl: 'https://gateway.acme.com/',
      },
      bitbucket: {
        workspace: 'acme',
        oauthKey: 'key',
        oauthSecret: 'consumer-secret',
        tokenUrl: 'https://proxy.acme.com/token',
      },
    });

    expect(checked.scim).toMatchObject({
      url: SCIM_URL,
      directoryId: '7c1f0c52',
      expiresAt: '2027-03-01T00:00:00.000Z',
    });
    expect(checked.admin).toMatchObject({ baseUrl: 'http://127.0.0.1:4010', expiresAt: '1970-01-01T00:00:00.000Z' });
    expect(checked.site).toMatchObject({
      url: 'https://acme.atlassian.net',
      user: 'ops@acme.com',
      cloudId: '517e-1',
      gatewayUrl: 'https://gateway.acme.com',
    });
    expect(checked.bitbucket).toMatchObject({
      workspace: 'acme',
      credential: { kind: 'oauth', key: 'key', tokenUrl: 'https://proxy.acme.com/token' },
    });
    expect(checked.secrets.map((secret) => secret.reveal())).toEqual([
      DIRECTORY_KEY,
      ORGANIZATION_KEY,
      USER_TOKEN,
      'consumer-secret',
    ]);
  });

  test('protects organization admins and limits no removals, unless told otherwise', () => {
    const { guard } = checkConfig(config());

    expect(guard).toEqual({
      maxRemovals: { count: undefined, share: undefined, minimumMembers: 10, windowMs: 3_600_000 },
      maxDeprovisions: { count: undefined, windowMs: 3_600_000 },
      protect: { organizationAdmins: true, identities: [], groups: [] },
    });
  });

  test('takes protected people by email or by any id', () => {
    const { guard } = checkConfig(
      config({ guard: { protect: { identities: ['ceo@acme.com', { externalId: 'e-1' }], groups: ['admins'] } } }),
    );

    expect(guard.protect).toEqual({
      organizationAdmins: true,
      identities: [{ email: 'ceo@acme.com' }, { externalId: 'e-1' }],
      groups: ['admins'],
    });
  });

  test('hands functions and objects of the caller on as they are', () => {
    const sink = { write: () => undefined };
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const fetch = (): Promise<Response> => Promise.reject(new Error('not called'));

    const { given } = checkConfig({ ...config(), audit: { sink }, clock, fetch });

    expect(given.audit.sink).toBe(sink);
    expect(given.clock).toBe(clock);
    expect(given.fetch).toBe(fetch);
  });

  test('shows no credential when it is printed or serialised', () => {
    const checked = checkConfig(
      config({
        site: { url: 'https://acme.atlassian.net', user: 'ops@acme.com', token: USER_TOKEN },
        bitbucket: { workspace: 'acme', user: 'ops@acme.com', apiToken: 'planted-bitbucket-token' },
      }),
    );

    const printed =
      inspect(checked, { depth: 20, showHidden: true }) + JSON.stringify(checked) + String(checked.scim?.token);

    expect(printed).not.toMatch(/planted/);
  });

  test('accepts a secret of another installed copy of the package', () => {
    const foreign = { reveal: () => DIRECTORY_KEY };

    const checked = checkConfig({ scim: { url: SCIM_URL, token: foreign as never } });

    expect(checked.scim?.token).toBeInstanceOf(Secret);
    expect(checked.scim?.token.reveal()).toBe(DIRECTORY_KEY);
  });

  test('needs no organization for SCIM alone, and takes another RFC 7644 server', () => {
    const checked = checkConfig({ scim: { url: 'https://idp.example/scim/v2', token: DIRECTORY_KEY } });

    expect(checked.scim).toMatchObject({ url: 'https://idp.example/scim/v2', directoryId: undefined });
  });
});

describe('faults', () => {
  test('are all told at once, by path', () => {
    const faults = faultsOf({
      scim: { url: 'https://admin.atlassian.com/o/b2c1' },
      admin: { apiKey: 7, baseUrl: 'http://gateway.example', expiresAt: '03/01/2027' },
      bitbucket: { workspace: 'acme', oauthKey: 'key' },
      guard: { maxRemovals: { share: 20 }, protect: { identities: ['ceo@acme.com', 'nobody'] } },
      http: { rateLimit: { scim: { budgets: [{ name: 'writes', operations: [], requests: 0, intervalMs: 1 }] } } },
      audit: { sink: {} },
      clock: {},
      planLifetimeMs: 1.5,
    });

    expect(faults.map(({ path }) => path).sort()).toEqual([
      'admin.apiKey',
      'admin.baseUrl',
      'admin.expiresAt',
      'audit.sink',
      'bitbucket.oauthSecret',
      'clock',
      'guard.maxRemovals.share',
      'guard.protect.identities[1]',
      'http.rateLimit.scim.budgets[0].requests',
      'organizationId',
      'planLifetimeMs',
      'scim.token',
      'scim.url',
    ]);
  });

  test.each([
    [
      'a user token as directory key',
      { scim: { url: SCIM_URL, token: USER_TOKEN } },
      'scim.token',
      "a user's API token",
    ],
    [
      'an organization key as directory key',
      { scim: { url: SCIM_URL, token: `${ORGANIZATION_KEY}x` } },
      'scim.token',
      'an organization API key',
    ],
    ['a user token as organization key', { admin: { apiKey: USER_TOKEN } }, 'admin.apiKey', "a user's API token"],
    [
      'an organization key as site token',
      { site: { url: 'https://acme.atlassian.net', user: 'ops@acme.com', token: `${ORGANIZATION_KEY}x` } },
      'site.token',
      'an organization API key',
    ],
    [
      'the path of a site as its id',
      { site: { url: 'https://acme.atlassian.net', token: USER_TOKEN, cloudId: 'ex/jira/517e' } },
      'site.cloudId',
      'must be the id of the site',
    ],
    [
      'a gateway without a site that it could know',
      { site: { url: 'https://acme.atlassian.net', token: USER_TOKEN, gatewayUrl: 'https://api.atlassian.com' } },
      'site.gatewayUrl',
      'has no effect without site.cloudId',
    ],
    [
      'a gateway with the path of a product',
      {
        site: {
          url: 'https://acme.atlassian.net',
          token: USER_TOKEN,
          cloudId: '517e',
          gatewayUrl: 'https://api.atlassian.com/ex/jira',
        },
      },
      'site.gatewayUrl',
      'must end before /ex',
    ],
    ['the word Bearer before a key', { admin: { apiKey: 'Bearer planted' } }, 'admin.apiKey', 'without "Bearer"'],
    ['a line feed after a key', { admin: { apiKey: 'planted\n' } }, 'admin.apiKey', 'white space'],
    [
      'one key in two places',
      { scim: { url: SCIM_URL, token: 'planted' }, admin: { apiKey: 'planted' } },
      'scim.token',
      'the same value as admin.apiKey',
    ],
    [
      'the URL of the organization as its id',
      { organizationId: 'https://admin.atlassian.com/o/b2c1' },
      'organizationId',
      'after /o/',
    ],
    [
      'the path of the API in its base URL',
      { admin: { apiKey: 'planted', baseUrl: 'https://api.atlassian.com/admin/v1' } },
      'admin.baseUrl',
      'before /admin',
    ],
    [
      'the administration page as API',
      { admin: { apiKey: 'planted', baseUrl: 'https://admin.atlassian.com' } },
      'admin.baseUrl',
      'https://api.atlassian.com',
    ],
    [
      'plain http for a directory',
      { scim: { url: 'http://gateway.example/scim/directory/7c1f', token: 'planted' } },
      'scim.url',
      'https',
    ],
    [
      'two ways into Bitbucket',
      { bitbucket: { workspace: 'acme', oauthKey: 'k', oauthSecret: 's', user: 'a@b.c', apiToken: 't' } },
      'bitbucket',
      'not both',
    ],
    ['no way into Bitbucket', { bitbucket: { workspace: 'acme' } }, 'bitbucket', 'oauthKey'],
    [
      'a cache that is kept elsewhere and bounded here',
      { cache: { maxEntries: 5, store: new Map() } },
      'cache.maxEntries',
      'cache.store',
    ],
    [
      'an instant without its zone',
      { admin: { apiKey: 'planted', expiresAt: '2027-03-01T10:00' } },
      'admin.expiresAt',
      'zone',
    ],
    ['a day that does not exist', { admin: { apiKey: 'planted', expiresAt: '2027-13-01' } }, 'admin.expiresAt', 'date'],
    ['an email as domain', { domains: { claimed: ['ops@acme.com'] } }, 'domains.claimed[0]', 'domain'],
    ['a setting that is null', { scim: null }, 'scim', 'object'],
  ])('name %s and say what belongs there', (_case, more, path, message) => {
    const faults = faultsOf(config(more));

    expect(faults).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  test.each([
    ['organisationId', 'did you mean organizationId?'],
    ['apiKey', 'did you mean admin.apiKey?'],
    ['url', 'did you mean scim.url or site.url?'],
    ['colour', 'is not a setting'],
  ])('name the unknown setting %s', (key, message) => {
    const faults = faultsOf(config({ [key]: 'x' }));

    expect(faults).toEqual([{ path: key, message: expect.stringContaining(message) }]);
  });

  test('name an unknown setting inside another, and in a list', () => {
    const faults = faultsOf(
      config({
        guard: { maxRemoval: { count: 1 } },
        http: {
          rateLimit: {
            admin: { budgets: [{ name: 'n', operations: ['a'], requests: 1, intervalMs: 1, perMinute: 1 }] },
          },
        },
      }),
    );

    expect(faults.map(({ path }) => path)).toEqual(
      ['http.rateLimit.admin.budgets[0].perMinute', 'guard.maxRemoval'].sort(),
    );
  });

  test.each([undefined, null, 'https://api.atlassian.com', []])('name a configuration that is %j', (given) => {
    expect(faultsOf(given)).not.toEqual([]);
  });

  test('say that an empty configuration opens nothing', () => {
    expect(faultsOf({})).toEqual([{ path: '', message: expect.stringContaining('At least one of scim.url') }]);
  });

  test('never repeat a value, whatever is wrong with it', () => {
    const planted = fc
      .string({ minLength: 4, maxLength: 12, unit: fc.constantFrom('Q', 'Z', '9') })
      .map((text) => `~${text}~`);
    fc.assert(
      fc.property(planted, fc.integer({ min: 0, max: 7 }), (value, place) => {
        const places = [
          { organizationId: `${value} ${value}` },
          { scim: { url: value, token: `${value} ` } },
          { scim: { url: `https://api.atlassian.com/scim/directory/x/${value}`, token: `ATATT${value}` } },
          { admin: { apiKey: `Bearer ${value}`, baseUrl: value, expiresAt: value } },
          { site: { url: `https://u:${value}@acme.atlassian.net`, user: value, token: [value] } },
          { audit: { sink: value, onFailure: value, actor: { type: value } } },
          { guard: { protect: { identities: [{ nick: value }, value], groups: value } }, approve: value },
          { http: { onInvalidResponse: value, maxResponseBytes: value }, domains: { claimed: [value] } },
        ];

        const error = thrownBy(() => checkConfig(places[place] as never));

        expect(error.faults.length).toBeGreaterThan(0);
        expect(inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error)).not.toContain(value);
      }),
    );
  });
});

function thrownBy(run: () => unknown): ConfigError {
  try {
    run();
  } catch (error) {
    if (isProvisionerError(error, 'config_invalid')) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
