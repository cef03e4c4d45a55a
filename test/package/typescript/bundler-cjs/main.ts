import sdk = require('atlassian-provisioner');
import testing = require('atlassian-provisioner/testing');

async function main(): Promise<void> {
  const options: testing.FakeAtlassianOptions = { organizationName: 'Acme' };
  const fake = new testing.FakeAtlassian(options);
  fake.addDomain('acme.com');

  const connection: sdk.AtlassianProvisionerOptions = fake.connection();
  const atlassian = new sdk.AtlassianProvisioner(connection);
  const result: sdk.ActionResult<sdk.SyncOutcome> = await atlassian.syncIdentity({ email: 'rosa@acme.com' });
  if (result.outcome !== 'created') throw new Error(`Not as expected: ${result.outcome}`);

  const error: unknown = new sdk.ProvisionerError('not_found', 'scim.users.get failed with 404');
  if (!sdk.isProvisionerError(error, 'not_found')) throw new Error('isProvisionerError does not tell the code');
  const code: sdk.ErrorCode = error.code;
  // @ts-expect-error -- a plain string is no id
  const wrong: sdk.ScimUserId = 'user-1';
  console.log(code, wrong);
}

void main();
