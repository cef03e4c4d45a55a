import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { isProvisionerError } from '../errors/is-provisioner-error.js';
import type { ConfigFault } from '../errors/config-error.js';
import { checkConfig } from './check-config.js';
import { configFromEnvironment, environmentVariables, mergedWithEnvironment } from './environment.js';

const COMPLETE: Readonly<Record<string, string>> = {
  ATLASSIAN_ORGANIZATION_ID: 'b2c1',
  ATLASSIAN_SCIM_URL: 'https://api.atlassian.com/scim/directory/7c1f0c52',
  ATLASSIAN_SCIM_TOKEN: 'planted-directory-key',
  ATLASSIAN_SCIM_TOKEN_EXPIRES_AT: '2027-03-01',
  ATLASSIAN_ADMIN_API_KEY: 'planted-organization-key',
  ATLASSIAN_ADMIN_API_KEY_EXPIRES_AT: '2027-03-01T12:00:00Z',
  ATLASSIAN_ADMIN_BASE_URL: 'https://gateway.example',
  ATLASSIAN_SITE_URL: 'https://acme.atlassian.net',
  ATLASSIAN_SITE_USER: 'ops@acme.com',
  ATLASSIAN_SITE_TOKEN: 'planted-user-token',
  ATLASSIAN_SITE_TOKEN_EXPIRES_AT: '2027-03-01',
  ATLASSIAN_SITE_CLOUD_ID: '517e-1',
  ATLASSIAN_SITE_GATEWAY_URL: 'https://gateway.example',
  ATLASSIAN_BITBUCKET_WORKSPACE: 'acme',
  ATLASSIAN_BITBUCKET_USER: 'ops@acme.com',
  ATLASSIAN_BITBUCKET_API_TOKEN: 'planted-bitbucket-token',
  ATLASSIAN_BITBUCKET_BASE_URL: 'https://gateway.example/bitbucket',
  ATLASSIAN_BITBUCKET_EXPIRES_AT: '2027-03-01',
};

function faultsOf(env: Readonly<Record<string, string | undefined>>): readonly ConfigFault[] {
  try {
    configFromEnvironment(env);
    return [];
  } catch (error) {
    if (isProvisionerError(error, 'config_invalid')) return error.faults;
    throw error;
  }
}

test('reads every connection', () => {
  const config = configFromEnvironment(COMPLETE);

  const { scim, admin, site, bitbucket, secrets } = checkConfig(config);
  expect(scim).toMatchObject({ directoryId: '7c1f0c52', expiresAt: '2027-03-01T00:00:00.000Z' });
  expect(admin).toMatchObject({ organizationId: 'b2c1', baseUrl: 'https://gateway.example' });
  expect(site).toMatchObject({ url: 'https://acme.atlassian.net', user: 'ops@acme.com', cloudId: '517e-1' });
  expect(bitbucket).toMatchObject({ workspace: 'acme', credential: { kind: 'api-token', user: 'ops@acme.com' } });
  expect(secrets.map((secret) => secret.reveal())).toEqual([
    'planted-directory-key',
    'planted-organization-key',
    'planted-user-token',
    'planted-bitbucket-token',
  ]);
});

test('wraps credentials, so that printing what it read shows none', () => {
  const config = configFromEnvironment(COMPLETE);

  expect(inspect(config, { depth: 10, showHidden: true }) + JSON.stringify(config)).not.toContain('planted');
});

test('lists each variable once, and reads each one listed', () => {
  const names = environmentVariables.map(({ name }) => name);

  // White space is wrong in every one of them.
  const faults = faultsOf(Object.fromEntries(names.map((name) => [name, 'a b'])));

  expect(new Set(names).size).toBe(names.length);
  const told = new Set(faults.map(({ path }) => path));
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});

test('tells every fault at once, by variable and never with a value', () => {
  const faults = faultsOf({
    ATLASSIAN_SCIM_TOKEN: 'planted\n',
    ATLASSIAN_ADMIN_API_KEY: 'ATATTplanted',
    ATLASSIAN_ADMIN_BASE_URL: 'planted',
  });

  expect(faults).toEqual([
    { path: 'ATLASSIAN_SCIM_URL', message: expect.stringContaining('is required') },
    { path: 'ATLASSIAN_SCIM_TOKEN', message: expect.stringContaining('white space') },
    { path: 'ATLASSIAN_ADMIN_API_KEY', message: expect.stringContaining("a user's API token") },
    { path: 'ATLASSIAN_ADMIN_BASE_URL', message: expect.stringContaining('absolute URL') },
    { path: 'ATLASSIAN_ORGANIZATION_ID', message: expect.stringContaining('required with ATLASSIAN_ADMIN_API_KEY') },
  ]);
  expect(JSON.stringify(faults)).not.toContain('planted');
});

test('counts an empty variable as not set', () => {
  const faults = faultsOf({ ATLASSIAN_SCIM_URL: '', ATLASSIAN_SCIM_TOKEN: '' });

  expect(faults).toEqual([{ path: '', message: expect.stringMatching(/^At least one of ATLASSIAN_SCIM_URL, /) }]);
});

test('speaks of variables where a rule spans two of them', () => {
  const faults = faultsOf({ ATLASSIAN_BITBUCKET_WORKSPACE: 'acme' });

  expect(faults).toEqual([
    {
      path: 'ATLASSIAN_BITBUCKET_WORKSPACE',
      message:
        'needs ATLASSIAN_BITBUCKET_OAUTH_KEY and ATLASSIAN_BITBUCKET_OAUTH_SECRET, or ATLASSIAN_BITBUCKET_USER and ATLASSIAN_BITBUCKET_API_TOKEN',
    },
  ]);
});

test('ignores variables of other tools', () => {
  expect(faultsOf({ ...COMPLETE, ATLASSIAN_SOMETHING_ELSE: 'x', PATH: '/bin' })).toEqual([]);
});

test('is checked together with what the caller gives, which goes before it', () => {
  const env = { ATLASSIAN_ADMIN_API_KEY: 'planted-organization-key' };

  const config = mergedWithEnvironment({ organizationId: 'b2c1' }, env);

  expect(checkConfig(config).admin).toMatchObject({ organizationId: 'b2c1' });
  expect(() => mergedWithEnvironment({ planLifetimeMs: 0 }, env)).toThrow(
    expect.objectContaining({
      faults: [
        expect.objectContaining({ path: 'planLifetimeMs' }),
        expect.objectContaining({ path: 'ATLASSIAN_ORGANIZATION_ID' }),
      ],
    }),
  );
});
