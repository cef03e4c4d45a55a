const sdk = require('atlassian-provisioner');
const testing = require('atlassian-provisioner/testing');
const { scenario } = require('./scenario.cjs');

test('onboards a person against the fake', async () => {
  await expect(scenario(sdk, testing)).resolves.toBeUndefined();
});

test('takes the place of the global fetch for code that makes its own provisioner', async () => {
  const fake = new testing.FakeAtlassian();
  fake.addUser({ email: 'rosa@acme.com' });
  const { organizationId, scim, admin } = fake.connection();
  const realFetch = globalThis.fetch;
  globalThis.fetch = fake.fetch;

  const { outcome } = await new sdk.AtlassianProvisioner({ organizationId, scim, admin })
    .syncIdentity({ email: 'rosa@acme.com', jobTitle: 'Planner' })
    .finally(() => {
      globalThis.fetch = realFetch;
    });

  expect(outcome).toBe('updated');
});
