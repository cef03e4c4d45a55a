import { describe, expect } from 'vitest';
import type { AccessSnapshot } from '../../src/index.js';
import type { FakeAtlassian } from '../../src/testing/index.js';
import { test } from './support.js';

const ROSA = 'rosa@acme.com';
const SERVICE = 'reader@serviceaccount.atlassian.com';
/** Those that the guide names. */
const SITE_SCOPES = [
  'read:jira-user',
  'read:jira-work',
  'manage:jira-configuration',
  'read:confluence-user',
  'read:confluence-groups',
  'manage:confluence-configuration',
  'read:content-details:confluence',
  'read:space:confluence',
  'read:space.permission:confluence',
  'read:configuration:confluence',
];
const BITBUCKET_SCOPES = ['user', 'workspace', 'project', 'repository', 'permission'].map(
  (of) => `read:${of}:bitbucket`,
);

describe.for(['ROLES', 'PRE_ROLES'] as const)('on a site in the mode %s, the same is discovered', (mode) => {
  test.for([
    ['a service account at the gateway', undefined],
    ['a user and a token with scopes at the gateway', SERVICE],
  ] as const)('by %s as by a user of the site', async ([, user], { fake, connect }) => {
    seed(fake, mode);
    const { url, cloudId } = fake.site;
    const token = fake.addUserToken(SERVICE, { scopes: SITE_SCOPES });

    const whole = await connect({}).discover();
    const found = await connect({ site: { url, cloudId, token, ...(user !== undefined && { user }) } }).discover();

    expect(found.gaps.map(({ part }) => part)).toEqual(['hidden spaces']);
    expect(withoutService(fake, found)).toEqual(withoutService(fake, whole));
  });
});

test.for([
  [
    'the API token of a user',
    (fake: FakeAtlassian) => fake.addBitbucketToken(ROSA, [...BITBUCKET_SCOPES, 'admin:repository:bitbucket']),
  ],
  [
    'a consumer with four scopes',
    (fake: FakeAtlassian) =>
      fake.addOauthConsumer({ scopes: ['account', 'project', 'repository:admin', 'project:admin'] }),
  ],
] as const)('%s discovers all of a Bitbucket workspace', async ([, credentialOf], { fake, connect }) => {
  seed(fake, 'ROLES');

  const whole = await connect({}).discover({ products: ['bitbucket'] });
  const found = await connect({ bitbucket: { workspace: 'acme', ...credentialOf(fake) } }).discover({
    products: ['bitbucket'],
  });

  expect(found.gaps).toEqual(whole.gaps);
  expect(found.entities).toEqual(whole.entities);
});

function seed(fake: FakeAtlassian, mode: 'ROLES' | 'PRE_ROLES'): void {
  fake.addUser({ email: ROSA });
  fake.addGroup({ name: 'planners', origin: 'local', members: [ROSA] });
  fake.addSite(
    'acme',
    ['jira-software', 'confluence'].map((key) => ({ key, grantedBy: ['planners'] })),
  );
  fake.changeConfluence({ mode });
  fake.addServiceAccount('reader');
  for (const key of ['jira-software', 'confluence'])
    fake.addRole(SERVICE, fake.addProduct({ key }).ari, 'atlassian/admin');
  fake.addJiraProject({ key: 'FIN', roles: { Member: ['group:planners'] } });
  fake.addConfluenceSpace({ key: 'DOCS', creator: ROSA });
  fake.addBitbucketMember(ROSA, { role: 'owner' });
  fake.addRepository({ project: 'PAY', name: 'Ledger', grants: { [ROSA]: 'write' } });
}

/** Without the callers: each sees its own email, and is a user of Confluence, whoever it is. */
function withoutService(fake: FakeAtlassian, { entities }: AccessSnapshot): AccessSnapshot['entities'] {
  const services = [SERVICE, fake.siteCredential.user].map((email) => fake.account(email)?.accountId);
  const others = <One extends { readonly id: string }>(users: readonly One[]) =>
    users.filter(({ id }) => !services.some((service) => service === id));
  return {
    ...entities,
    'jira.user': others(entities['jira.user']),
    'confluence.user': others(entities['confluence.user']),
  };
}
