const sdk = require('atlassian-provisioner');
const testing = require('atlassian-provisioner/testing');
const { scenario } = require('./scenario.cjs');

test('onboards a person against the fake', async () => {
  await expect(scenario(sdk, testing)).resolves.toBeUndefined();
});
