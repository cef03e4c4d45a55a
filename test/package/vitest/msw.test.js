import { AtlassianProvisioner } from 'atlassian-provisioner';
import { FakeAtlassian } from 'atlassian-provisioner/testing';
import { fakeAtlassianHandlers } from 'atlassian-provisioner/testing/msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

const fake = new FakeAtlassian();
const server = setupServer(...fakeAtlassianHandlers(fake));
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

test('answers code that was given no fetch of its own', async () => {
  fake.addDomain('acme.com');
  const { organizationId, scim, admin } = fake.connection();
  const atlassian = new AtlassianProvisioner({ organizationId, scim, admin });

  const result = await atlassian.syncIdentity({ email: 'rosa@acme.com', displayName: 'Rosa Quell' });

  expect(result.outcome).toBe('created');
  expect(fake.user('rosa@acme.com')?.displayName).toBe('Rosa Quell');
});
