import sdk = require('atlassian-provisioner');
import testing = require('atlassian-provisioner/testing');

const id: sdk.ScimUserId = sdk.scimUserId('user-1');
const error: unknown = new sdk.ProvisionerError('not_found', `scim.users.get failed with 404 for ${id}`);
if (!sdk.isProvisionerError(error, 'not_found')) throw new Error('isProvisionerError does not narrow');
const code: sdk.ErrorCode = error.code;
console.log(code, new testing.FakeAtlassian());
