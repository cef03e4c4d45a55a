import { describe, expectTypeOf, test } from 'vitest';
import type { BitbucketConfig } from '../config/provisioner-config.js';
import type { ApplyOptions } from './apply-plan.js';
import type { AtlassianProvisionerOptions } from './provisioner-options.js';

const admin = { apiKey: 'k' };
const scim = { url: 'https://api.atlassian.com/scim/directory/d', token: 't' };

describe('the organization key', () => {
  test('comes with the id of the organization', () => {
    expectTypeOf({ organizationId: 'o', admin }).toExtend<AtlassianProvisionerOptions>();
    expectTypeOf({ admin }).not.toExtend<AtlassianProvisionerOptions>();
    expectTypeOf({ admin, organizationId: undefined }).not.toExtend<AtlassianProvisionerOptions>();
  });

  test('may be left out, with the id or without it', () => {
    expectTypeOf({ scim }).toExtend<AtlassianProvisionerOptions>();
    expectTypeOf({ scim, organizationId: 'o' }).toExtend<AtlassianProvisionerOptions>();
    expectTypeOf({ scim, organizationId: undefined, admin: undefined }).toExtend<AtlassianProvisionerOptions>();
  });
});

describe('Bitbucket', () => {
  test('takes a consumer or a token of a user', () => {
    expectTypeOf({ workspace: 'w', oauthKey: 'k', oauthSecret: 's' }).toExtend<BitbucketConfig>();
    expectTypeOf({ workspace: 'w', user: 'rosa@acme.com', apiToken: 't' }).toExtend<BitbucketConfig>();
  });

  test('takes not none, not half of one, and not both', () => {
    expectTypeOf({ workspace: 'w' }).not.toExtend<BitbucketConfig>();
    expectTypeOf({ workspace: 'w', oauthKey: 'k' }).not.toExtend<BitbucketConfig>();
    expectTypeOf({
      workspace: 'w',
      oauthKey: 'k',
      oauthSecret: 's',
      user: 'rosa@acme.com',
      apiToken: 't',
    }).not.toExtend<BitbucketConfig>();
  });
});

test('an approval from elsewhere comes with the digest that was approved', () => {
  expectTypeOf({ digest: 'd', approval: { approvedBy: 'ops' } }).toExtend<ApplyOptions>();
  expectTypeOf({ digest: 'd' }).toExtend<ApplyOptions>();
  expectTypeOf({ approval: { approvedBy: 'ops' } }).not.toExtend<ApplyOptions>();
});
