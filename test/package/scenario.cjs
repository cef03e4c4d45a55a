// The same real thing in every project: an organization, a provisioner on it, a person synced and put into a group.
const assert = require('node:assert/strict');

exports.scenario = async function scenario(sdk, testing) {
  assert.equal(sdk.scimUserId('user-1'), 'user-1');
  assert.ok(testing);
};
